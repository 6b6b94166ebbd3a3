"""Judgement of made pages before they are written, and what follows from findings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from generator.check.judging import Judge
from generator.errors import Finding
from generator.ledger.records import PUBLISHED, PageHistory, bytes_digest
from generator.load.fact_sources import rows_by_key
from generator.load.rows import Row
from generator.model import Region
from generator.plan.routes import Plan, Route
from generator.render.made_page import MadePage
from generator.render.made_pages import MadePages
from generator.render.renderer import Failure, Unexplained, failure_findings
from generator.render.robots_tag import asks_to_be_left_out
from generator.tracing.expressions import Expressions

_TOLD = 3
"""Findings of one rule that are told where it stops the build; the texts of pages differ, and their fault seldom."""

_INSTEAD = (
    "Nothing was written, since {0} stops the build. To publish the other pages meanwhile, make it an error under"
    " checks in content/site.yaml: then only such pages stay as they were."
)

_EVERYWHERE = (
    "Other pages have it, too: mend the article, the template or the rows from which it comes. Nothing was written."
)


def judged(page: MadePage, judge: Judge, published: Mapping[str, PageHistory]) -> Failure | None:
    """Why ``page`` cannot be published, if it cannot; one that is ``published`` as it is passes."""
    (route,) = page.routes
    return None if _is_as_published(route, page.whole, published) else _judged(route, page.whole, judge)


def judged_variant(
    made: MadePages, expressions: Expressions, judge: Judge, published: Mapping[str, PageHistory]
) -> Iterator[Failure]:
    """Why pages of one variant cannot be published, for each that cannot."""
    wanted, first = judge.doubtful(made, expressions)
    failing = {
        number: failure for number in wanted if (failure := _judged(made.routes[number], made.body(number), judge))
    }
    is_sound = failing.keys().isdisjoint(first)
    judge.learn(made, is_sound=is_sound)
    if not is_sound:
        # Each of the others may have the fault, too.
        rest = [number for number in range(len(made.rows)) if number not in wanted]
        failing |= {n: failure for n in rest if (failure := _judged(made.routes[n], made.body(n), judge))}
    for number, failure in failing.items():
        if not _is_as_published(made.routes[number], made.body(number), published):
            yield failure
    if made.page.asks is not False:
        for number, route in enumerate(made.routes):
            if route.is_indexable and (made.page.asks or asks_to_be_left_out(made.body(number))):
                yield Failure(route.kind, route.path, Unexplained(f"{route.kind}.html").finding)


def _judged(route: Route, body: bytes, judge: Judge) -> Failure | None:
    faults = judge.faults(route.path, route.topic.id if route.topic else "", body)
    if not faults:
        return None
    return Failure(route.kind, route.path, _joined(faults))


def _is_as_published(route: Route, body: bytes, published: Mapping[str, PageHistory]) -> bool:
    before = published.get(route.path)
    return before is not None and before.state in PUBLISHED and before.bytes_digest == bytes_digest(body)


def _joined(faults: list[Finding]) -> Finding:
    """The worst fault, with the names of the others."""
    worst = faults[0]
    others = sorted({fault.rule for fault in faults} - {worst.rule})
    more = f", besides {', '.join(others)}" if others else ""
    return replace(worst, where=f"{worst.rule}{more}")


def with_cells(failures: Iterable[Failure], plan: Plan) -> dict[Failure, Failure]:
    """Each of ``failures`` as it is to be told: with the cell that its finding quotes, where there is one."""
    wanted = {failure.path: failure for failure in failures if failure.finding.rule}
    told = {failure: failure for failure in failures}
    tables: dict[str, Mapping[str, Row]] = {}
    for batch in plan.batches if wanted else ():
        for route in plan.routes(batch):
            failure = wanted.get(route.path)
            cell = _cell(failure.finding, route, plan, tables) if failure else ""
            if failure and cell:
                finding = replace(failure.finding, what=f"{failure.finding.what}, from {cell}")
                told[failure] = replace(failure, finding=finding)
    return told


_QUOTED = re.compile("“([^“”]+)”")


def _cell(finding: Finding, route: Route, plan: Plan, tables: dict[str, Mapping[str, Row]]) -> str:
    """The cell that ``finding`` quotes; ``tables`` are the rows of files that were read for others."""
    quoted = _QUOTED.findall(finding.what)
    for table in plan.site.config.tables.values():
        owner = route.owner(table)
        for name in table.columns if owner else ():
            value = owner.facts.get(name) if owner else None
            if owner and isinstance(value, str) and any(words.rstrip("…") in value for words in quoted):
                key = owner.code if isinstance(owner, Region) else str(owner.id)
                if table.file not in tables:
                    tables[table.file] = rows_by_key(plan.site.root / "content", table)
                row = tables[table.file].get(key)
                return row.where(name) if row else ""
    return ""


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
    return failure_findings(found, "stop")
