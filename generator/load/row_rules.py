"""Judgement of the rows of a file by the rules, under the site's rule settings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field

from generator.config import CheckConfig
from generator.errors import Finding
from generator.ledger.cache import Cache, packing
from generator.load.rows import Rows, Rulebook
from generator.load.rule_settings import STOPPING, apply_settings

_LINE = re.compile(r":([0-9]+)(?:, column |$)")


class Judged(Struct, frozen=True):
    """All findings on a file, before rule settings apply.

    ``faulty`` are the lines of rows of which no page may be made, once they apply.
    """

    findings: tuple[Finding, ...]
    faulty: frozenset[int]


class RowRules(Struct, frozen=True):
    """Findings of the ``rulebook`` on rows, cached from build to build, under ``settings``.

    Without a rulebook rows need only be readable.
    """

    rulebook: Rulebook | None = None
    settings: Sequence[CheckConfig] = ()
    cache: Cache = field(default_factory=Cache)

    def judged(self, rows: Rows) -> Judged:
        """Findings of the rules on ``rows``, and the faults of the loader that no rule covers."""
        pack, unpack = packing(list[Finding])
        found = self.cache.recall(f"rows {rows.shown}", rows.digest(), lambda: self._found(rows), pack, unpack)
        lines = (_LINE.search(finding.where) for finding in found if self.keeps_back(finding))
        others = [fault for fault in rows.faults if not fault.rule]
        return Judged((*others, *found), frozenset(int(line[1]) for line in lines if line))

    def _found(self, rows: Rows) -> list[Finding]:
        return [*self.rulebook.read(rows)] if self.rulebook else [fault for fault in rows.faults if fault.rule]

    def keeps_back(self, finding: Finding) -> bool:
        """Whether no page may be made of a row with this fault under the site's settings."""
        applied, _ = apply_settings(finding, self.settings)
        return applied is not None and applied.severity in STOPPING
