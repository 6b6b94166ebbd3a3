"""Consequences of findings on made pages: whether they stop the build, or leave single pages as they were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec.structs import replace

from generator.errors import Finding
from generator.plan.routes import Plan
from generator.render.renderer import Failure, failure_findings

_TOLD = 3
"""Findings of one rule that are told where it stops the build; the texts of pages differ, and their fault seldom."""

_INSTEAD = (
    "Nothing was written, since {0} stops the build. To publish the other pages meanwhile, make it an error under"
    " checks in content/site.yaml: then only such pages stay as they were."
)

_EVERYWHERE = (
    "Other pages have it, too: mend the article, the template or the rows from which it comes. Nothing was written."
)


def is_of_article(finding: Finding) -> bool:
    """Whether a fault is one of an article, which all of its pages share."""
    return finding.where.startswith("content/topics/")


def stopping(failures: Iterable[Failure]) -> list[Finding]:
    """The findings of those rules, failed by these pages, with which nothing may be published; of each rule some."""
    rules: dict[str, list[Failure]] = {}
    for failure in failures:
        if failure.finding.rule and failure.finding.severity == "stop":
            rules.setdefault(failure.finding.rule, []).append(failure)
    found: list[Finding] = []
    for rule, failing in sorted(rules.items()):
        *told, last = failure_findings(failing, "stop")[:_TOLD]
        found += [*told, replace(last, fix=f"{last.fix} {_INSTEAD.format(rule)}")]
    return found


def shared(failures: Iterable[Failure], plan: Plan) -> list[Finding]:
    """The findings of what is wrong with all pages of one kind, topic and language, or with one that holds others.

    Those are faults of an article, a template or a language; what is wrong with some only is a fault of their data.
    """
    by_path = {failure.path: failure for failure in failures}
    counts: Counter[tuple[str, str, str, bool]] = Counter()
    failing: dict[tuple[str, str, str, bool], list[Failure]] = {}
    for batch in plan.batches if by_path else ():
        for route in plan.routes(batch):
            key = (route.kind, route.locale, route.topic.id if route.topic else "", route.is_indexable)
            counts[key] += 1
            if route.path in by_path:
                failing.setdefault(key, []).append(by_path[route.path])
    found = [
        replace(failure, finding=replace(failure.finding, fix=f"{failure.finding.fix} {_EVERYWHERE}".lstrip()))
        if failure.finding.rule
        else failure
        for key, several in failing.items()
        if len(several) == counts[key]
        for failure in several
    ]
    return _some(failure_findings(found, "stop"))


def _some(findings: Iterable[Finding]) -> list[Finding]:
    """Some of ``findings`` of each rule, and all of no rule."""
    told: list[Finding] = []
    counts: Counter[str] = Counter()
    for finding in findings:
        counts[finding.rule] += 1
        if not finding.rule or counts[finding.rule] <= _TOLD:
            told.append(finding)
    return told
