"""The rules that read data, before pages are made of it."""

from __future__ import annotations

from collections.abc import Sequence

from generator.check.registry import load_category, rule_names
from generator.data_rows import Rows, Rulebook
from generator.errors import Finding

_CATEGORY = "source_data"
"""Where the rules of rows stand, and no others: to load all rules only to find these would take longer."""


def rulebook() -> Rulebook:
    """The rules, as far as loading a site needs them."""
    return Rulebook(rule_names, _read)


def _read(rows: Rows) -> Sequence[Finding]:
    return [finding for rule in load_category(_CATEGORY) for finding in rule.findings(rows)]
