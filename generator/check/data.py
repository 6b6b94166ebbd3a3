"""The rules that read data, before pages are made of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from generator.check.registry import load_rules, rule_names
from generator.errors import Finding
from generator.load.rows import Rows, Rulebook

_CATEGORY = "source_data"
"""The category of all rules of rows, and no others: to load all rules only to find these would take longer."""

_OF_KEYS = "cell_secret"


def rulebook() -> Rulebook:
    """The rules, as far as loading a site needs them."""
    return Rulebook(rule_names, partial(rule_names, _CATEGORY), _read)


def _read(rows: Rows) -> Sequence[Finding]:
    found = [finding for rule in load_rules(rule_names(_CATEGORY)) for finding in rule.findings(rows)]
    # A cell with a secret key must not be quoted in a message about another fault.
    secret = {finding.where for finding in found if finding.rule == _OF_KEYS}
    return [finding for finding in found if finding.rule == _OF_KEYS or finding.where not in secret]
