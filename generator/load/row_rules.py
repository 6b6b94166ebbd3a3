"""Holds the rows of a file against the rules, as far as the site's people have not decided otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from msgspec import Struct

from generator.config import CheckConfig
from generator.data_rows import Rows
from generator.decisions import STOPPING, decide
from generator.errors import Finding
from generator.ledger.cache import Cache, packing

_LINE = re.compile(r":([0-9]+)(?:, column |$)")


class Judged(Struct, frozen=True):
    """All that is wrong in a file, none of it decided yet.

    ``faulty`` are the lines of rows of which no page may be made, as it is decided.
    """

    findings: tuple[Finding, ...]
    faulty: frozenset[int]


def _as_loaded(rows: Rows) -> Sequence[Finding]:
    return [fault for fault in rows.faults if fault.rule]


class RowRules:
    """What ``read`` says of rows, which are kept from build to build, under ``decisions``."""

    def __init__(
        self,
        read: Callable[[Rows], Sequence[Finding]] | None = None,
        decisions: Sequence[CheckConfig] = (),
        cache: Cache | None = None,
    ) -> None:
        self._read = read or _as_loaded
        self._decisions = decisions
        self._cache = cache or Cache()

    def judged(self, rows: Rows) -> Judged:
        """What the rules find in ``rows``, and the faults of the loader that no rule is about."""
        pack, unpack = packing(list[Finding])
        found = self._cache.recall(f"rows {rows.shown}", rows.digest(), lambda: [*self._read(rows)], pack, unpack)
        lines = (_LINE.search(finding.where) for finding in found if self.keeps_back(finding))
        others = [fault for fault in rows.faults if not fault.rule]
        return Judged((*others, *found), frozenset(int(line[1]) for line in lines if line))

    def keeps_back(self, finding: Finding) -> bool:
        """Whether no page may be made of a row with this fault, as it is decided."""
        decided, _ = decide(finding, self._decisions, lambda _: "")
        return decided is not None and decided.severity in STOPPING
