"""JSON output of a check, for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from msgspec.structs import asdict

from generator.check.registry import all_rules
from generator.check.results import Outcome


def json_report(outcomes: Sequence[Outcome]) -> str:
    """One object: for each of the ``trees`` its findings and their number by rule, and what the ``rules`` are."""
    named = {rule for outcome in outcomes for rule, _ in outcome.counts}
    rules = {
        name: {
            "category": rule.category,
            "severity": rule.severity,
            "summary": rule.summary,
            "evidence": asdict(rule.evidence),
        }
        for name, rule in all_rules().items()
        if name in named
    }
    report = {"trees": [_tree(outcome) for outcome in outcomes], "rules": rules}
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _tree(outcome: Outcome) -> dict[str, Any]:
    return {
        "tree": outcome.tree,
        "pages": outcome.pages,
        "read": outcome.read,
        "is_outdated": outcome.is_outdated,
        "counts": [
            {"rule": rule, "severity": severity, "count": count} for (rule, severity), count in outcome.counts.items()
        ],
        "findings": [asdict(finding) for finding in outcome.findings],
        "decided": [asdict(setting) for setting in outcome.applied],
    }
