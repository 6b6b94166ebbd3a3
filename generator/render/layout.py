"""What the pages of a variant are made of, in the form in which the ledger keeps it: constant text and columns."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from markupsafe import escape
from msgspec import Struct

from generator.ledger.printed import Lettered, Parts, PrintedPages, json_letters, pack_parts
from generator.ledger.records import DIGEST_SIZE
from generator.tracing.columns import Columns
from generator.tracing.expressions import PASSAGE, Expressions, Part


class Layout(Struct, frozen=True):
    """Where texts and values stand on the pages of one variant; ``values`` are the expressions of the columns.

    ``body`` is what whole pages are made of, packed, and ``variant`` its digest.
    """

    values: tuple[int, ...]
    title: Parts
    description: Parts
    h1: Parts
    canonical: Parts
    links: tuple[Parts, ...]
    body: bytes
    variant: bytes

    def printed(
        self, columns: Columns, rows: Sequence[int], paths: Sequence[str], clusters: Sequence[str]
    ) -> PrintedPages:
        """The pages at ``paths``, which are made from ``rows``."""
        is_whole = len(rows) == len(columns.rows)
        values = [columns.texts(value) for value in self.values]
        # Values that are HTML already are texts like any other here.
        return PrintedPages(
            list(paths),
            list(clusters),
            values if is_whole else [[column[row] for row in rows] for column in values],
            self.title,
            self.description,
            self.h1,
            self.canonical,
            list(self.links),
            self.variant,
        )


def make_layout(
    expressions: Expressions,
    texts: tuple[int, int, int, int],
    links: Sequence[int],
    body: Sequence[Part],
) -> Layout:
    """The layout of pages with these expressions of title, description, h1 and canonical, of links, and this body."""
    columns: dict[int, int] = {}
    title, description, h1, canonical = ((*_parts(expressions, number, columns),) for number in texts)
    linked = tuple((*_parts(expressions, number, columns),) for number in links)
    whole: list[str | int | Lettered] = []
    for part in body:
        whole += [part] if isinstance(part, str) else _parts(expressions, part, columns)
    packed = pack_parts(tuple(whole))
    digest = blake2b(packed, digest_size=DIGEST_SIZE).digest()
    return Layout(tuple(columns), title, description, h1, canonical, linked, packed, digest)


def _parts(expressions: Expressions, number: int, columns: dict[int, int]) -> list[str | int | Lettered]:
    """What an expression prints; values that are not known yet join ``columns``."""
    operation, *given = expressions.rows[number]
    if operation == PASSAGE:
        return []
    if operation == "plain":
        return _parts(expressions, given[0], columns)
    if operation == "fill":
        found: list[str | int | Lettered] = []
        for part in given[1:]:
            found += [part] if isinstance(part, str) else _parts(expressions, part, columns)
        return found
    if operation == "letters":
        function = expressions.constants[given[0]]
        how = "html" if function is escape else "json" if function is json_letters else ""
        if how:
            return [Lettered(how, tuple(_parts(expressions, given[1], columns)))]
    return [columns.setdefault(number, len(columns))]
