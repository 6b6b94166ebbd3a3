"""SARIF 2.1.0 output of a check, which code hosts show beside a change.

Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from generator.check.registry import all_rules
from generator.check.results import Outcome
from generator.check.rule import Rule
from generator.errors import Finding, Severity
from generator.write.paths import page_file

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: dict[Severity, str] = {"stop": "error", "error": "error", "warning": "warning", "info": "note"}
_IN_A_FILE = re.compile(r"(?P<file>[^:]+):(?P<line>[1-9][0-9]*)")


def sarif_report(outcomes: Sequence[Outcome]) -> str:
    """A log with a run for each tree; files of a tree are named relative to its folder."""
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(outcome) for outcome in outcomes]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _run(outcome: Outcome) -> dict[str, Any]:
    names = list(dict.fromkeys(finding.rule for finding in outcome.findings))
    rules = [_descriptor(all_rules()[name]) for name in names]
    return {
        "tool": {"driver": {"name": "landing-page-generator", "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"TREE": {"description": {"text": f"The folder that was checked: {outcome.tree}"}}},
        "results": [_result(finding, names.index(finding.rule)) for finding in outcome.findings],
        "properties": {"pages": outcome.pages, "read": outcome.read, "left out": list(_left_out(outcome))},
    }


def _descriptor(rule: Rule[Any]) -> dict[str, Any]:
    descriptor: dict[str, Any] = {
        "id": rule.id,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.documentation.strip()},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"category": rule.category, "evidence": rule.evidence.kind},
    }
    if rule.evidence.address:
        descriptor["helpUri"] = rule.evidence.address
    return descriptor


def _result(finding: Finding, index: int) -> dict[str, Any]:
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.what}. {finding.fix}".strip()},
        "locations": [{"physicalLocation": _location(finding.where)}],
    }


def _location(where: str) -> dict[str, Any]:
    if where.startswith("/"):
        return {"artifactLocation": {"uri": quote(page_file(where)[1:]), "uriBaseId": "TREE"}}
    match = _IN_A_FILE.fullmatch(where)
    if match:
        return {"artifactLocation": {"uri": quote(match["file"])}, "region": {"startLine": int(match["line"])}}
    return {"artifactLocation": {"uri": quote(where)}}


def _left_out(outcome: Outcome) -> Iterator[dict[str, Any]]:
    """Rules with more findings than are listed."""
    listed: dict[tuple[str, Severity], int] = {}
    for finding in outcome.findings:
        key = (finding.rule, finding.severity)
        listed[key] = listed.get(key, 0) + 1
    for key, count in outcome.counts.items():
        if count > listed[key]:
            yield {"rule": key[0], "severity": key[1], "count": count - listed[key]}
