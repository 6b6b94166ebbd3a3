"""Rounds of a build: stale pages are judged, then written, and those that fail stay or leave the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import attrgetter
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from generator.build.batch import BatchBuilder, Task
from generator.build.judge import is_of_article, shared, stopping
from generator.build.page_judge import PageJudge, merged
from generator.build.site_judge import SiteFaults, SiteJudge
from generator.build.sources import with_sources
from generator.check.judging import Judge, RuleIds
from generator.check.planned import Planned, planned_files
from generator.errors import Finding, SiteError
from generator.executors.executor import Workers
from generator.ledger.records import Dating, History
from generator.ledger.store import Ledger
from generator.model import Status
from generator.plan.gate import settle
from generator.plan.routes import Plan
from generator.progress import show_progress
from generator.render.files.site_files import site_files
from generator.render.renderer import Failure, Rendering, failure_findings
from generator.write.tree import Tree


class Tally(Struct):
    """Results of the batches so far."""

    written: int = 0
    failures: set[Failure] = field(default_factory=set)
    """Pages that could not be made."""
    told: tuple[Finding, ...] = ()
    """Faults of the site as a whole that keep nothing from being published."""


def raise_stopping(failures: Iterable[Failure]) -> None:
    """Raise SiteError where one of ``failures`` lets nothing be published at all."""
    if findings := stopping(failures):
        raise SiteError(findings)


def still_failing(
    rendering: Rendering, suspects: Mapping[str, Collection[str]], dating: Dating, rules: RuleIds, folder: Path
) -> list[Failure]:
    """Faults of those of ``suspects``, pages by their batch, that cannot be made now either."""
    if not suspects:
        return []
    plan = rendering.plan
    files = planned_files(plan, site_files(plan, rendering.appearance))
    published = Planned(rendering, folder, files, dating)
    judge = Judge(plan.site.config, published, rules)
    failing: list[Failure] = []
    for batch in plan.batches:
        for route in plan.routes(batch) if batch.name in suspects else ():
            if route.path in suspects[batch.name] and route.status.state != "frozen":
                looked = PageJudge(judge, published, rendering, batch.name, History(), dating)
                looked.add(rendering.renderer.by_itself(route, History(), dating))
                failing += looked.judged().failures
    return list(with_sources(failing, rendering).values())


def judge_tasks(
    tasks: Sequence[Task], workers: Workers[BatchBuilder], rendering: Rendering, tally: Tally, site_judge: SiteJudge
) -> list[Task]:
    """``tasks``, largest first, each with its pages that fail.

    Raises SiteError as ``raise_stopping`` does, where all pages of a topic and language fail, and where the site as a
    whole may not be published.
    """
    ordered, plan = _ordered(tasks), rendering.plan
    found = dict(workers.map(BatchBuilder.judge, ordered, attrgetter("place")))
    faults = site_judge.faults(found, ordered, workers)
    failures = _with_faults(
        {failure: name for name, judged in found.items() for failure in judged.failures}, faults, plan
    )
    told = with_sources(failures, rendering)
    stops = [fault for fault in faults.site if fault.severity == "stop" or is_of_article(fault)]
    if stops := [*stops, *shared(told.values(), plan), *stopping(told.values())]:
        raise SiteError(stops)
    tally.told = faults.site
    tally.failures.update(told.values())
    by_batch: dict[str, list[Failure]] = {}
    for failure, name in failures.items():
        by_batch.setdefault(name, []).append(told[failure])
    return [
        replace(task, failures=tuple(by_batch.get(task.name, ())), unlisted=found[task.name].unlisted)
        for task in ordered
    ]


def _with_faults(failures: dict[Failure, str], faults: SiteFaults, plan: Plan) -> dict[Failure, str]:
    """``failures``, by batch, with those of pages of which ``faults`` tells."""
    known = {failure.path: failure for failure in failures}
    found = dict(failures)
    for batch in plan.batches if faults.pages else ():
        for route in plan.routes(batch):
            if more := faults.pages.get(route.path):
                before = known.get(route.path)
                if before:
                    del found[before]
                found[merged(route, before, more)] = batch.name
    return found


def _ordered(tasks: Sequence[Task]) -> list[Task]:
    """``tasks``, those of the largest places first, so that no process is left alone with one at the end."""
    sizes: Counter[tuple[str, str]] = Counter()
    for task in tasks:
        sizes[task.place] += task.size
    return sorted(tasks, key=lambda task: (-sizes[task.place], task.place, -task.size, task.name))


def run_tasks(
    tasks: Sequence[Task],
    workers: Workers[BatchBuilder],
    ledger: Ledger,
    tally: Tally,
    staying: Collection[str],
) -> None:
    """Build the batches of ``tasks`` and record each as it comes; the pages ``staying`` are left as they are."""
    total = sum(task.size for task in tasks)
    with show_progress("Building", total) as advance:
        for result in workers.map(BatchBuilder.build, tasks, attrgetter("place")):
            ledger.record(
                result.batch,
                result.pages,
                result.printed,
                result.variants,
                result.others,
                staying,
                result.sitemap,
                result.traces,
            )
            tally.written += result.written
            tally.failures.update(result.failures)
            advance(len(result.pages))


def never_made(failures: Iterable[Failure], tree: Tree, plan: Plan) -> list[Failure]:
    """Pages that failed and have no earlier form; raises SiteError when it is one that others hang on."""
    missing = [failure for failure in failures if not tree.has(failure.path) and failure.path not in plan.exceptions]
    if any(failure.kind not in ("place", "region") for failure in missing):
        raise SiteError(failure_findings(missing, "stop"))
    return missing


def without(plan: Plan, missing: Iterable[Failure]) -> Plan:
    """``plan`` without these pages; what would lead to the page of a region leads to its topic's."""
    absent = {failure.path: Status("absent", str(failure.finding)) for failure in missing}
    return settle(replace(plan, exceptions={**plan.exceptions, **absent}))
