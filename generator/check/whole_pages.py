"""Choice of the pages of a built site that are read whole, from what the ledger keeps of all of them."""

from __future__ import annotations

from collections.abc import Sequence

from generator.check.facts import Facts
from generator.check.hints import rows_with_hints
from generator.check.published import Published
from generator.ledger.reprint import printed_pages
from generator.ledger.store import Ledger
from generator.write.tree import Tree

_CLUSTER = "SELECT path FROM standing WHERE cluster != '' AND cluster = (SELECT cluster FROM pages WHERE path = ?)"


def whole_pages(ledger: Ledger, facts: Facts, published: Published, hints: Sequence[str]) -> list[str]:
    """The addresses of the pages that suffice to find every fault, as far as rules have ``hints``.

    Pages of one variant differ in their values only: one of each is read, with its translations, which must agree with
    it, and besides it those in whose values one of ``hints`` stands. Read are, too, all pages whose parts are
    not known: those made one by one, altered since, or made by another program.
    """
    altered = (path for path, is_altered, _ in Tree(published.folder).altered(ledger.stamps("", "")) if is_altered)
    unknown = (path for (path,) in facts.query("SELECT path FROM standing WHERE variant = x''"))
    first, unusual = _of_variants(ledger, hints)
    translated = (path for one in first for (path,) in facts.query(_CLUSTER, one))
    known = {path for (path,) in facts.query("SELECT path FROM standing")}
    others = (path for path in published.pages() if path not in known)
    return sorted({*first, *unusual, *translated, *unknown, *altered, *others})


def _of_variants(ledger: Ledger, hints: Sequence[str]) -> tuple[list[str], list[str]]:
    """The first page of each variant and wording, and all those in whose values one of ``hints`` stands."""
    first: dict[tuple[bytes, tuple[str, ...]], str] = {}
    unusual: list[str] = []
    for some in printed_pages(ledger.query):
        for path, chosen in zip(some.paths, some.chosen(), strict=True):
            first.setdefault((some.variant, chosen), path)
        rows = {row for column in some.columns for row in rows_with_hints(column, hints)}
        unusual += (some.paths[row] for row in rows)
    return list(first.values()), unusual
