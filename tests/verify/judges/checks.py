"""The rules of ``make check`` over every page, as over a stranger's site; their report, by the schema of SARIF."""

from __future__ import annotations

import json
from collections.abc import Iterator

from jsonschema import Draft7Validator

from generator.check.formatters.sarif import sarif_report
from generator.check.registry import all_rules
from generator.check.results import Collected, Outcome
from generator.commands.check import check_tree
from generator.errors import Finding
from generator.executors.processes import ProcessesExecutor
from tests.verify.case import Case, Verdict

SCHEMA = "schemastore/schemas/json/sarif-2.1.0.json"
PROCESSES = 2


def judge(case: Case) -> Verdict:
    outcome = check_tree(case.tree, (), ProcessesExecutor(PROCESSES))
    validator = Draft7Validator(json.loads((case.packages / SCHEMA).read_text("utf-8")))
    report = json.loads(sarif_report([outcome, _with_every_rule()]))
    faults = [
        Finding("/".join(map(str, error.path)), f"the report is no SARIF: {error.message}", severity="error")
        for error in validator.iter_errors(report)
    ]
    found = [finding for finding in outcome.findings if finding.severity != "info"]
    looked_at = f"{outcome.pages} pages by {len(all_rules())} rules, their report as SARIF"
    return Verdict(looked_at, (*found, *faults))


def _with_every_rule() -> Outcome:
    """An outcome in which every rule has found something, in a page and in a file."""
    collected = Collected((), lambda _: "")
    collected.add(_found())
    return collected.outcome("tree", 1, 1)


def _found() -> Iterator[Finding]:
    for name, rule in all_rules().items():
        yield Finding("/a b/ü/", "something is wrong", "Mend it.", rule.severity, name)
        yield Finding("content/topics/a b/en-US.md:3", "something is wrong", "", rule.severity, name)
