"""Settling of a plan: its stale pages are judged, and those that cannot be made leave it, until none drops out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial

from msgspec import Struct

from generator.build.batch import BatchBuilder, Task
from generator.build.drift import Begun
from generator.build.rounds import Tally, judge_tasks, never_made, raise_stopping, still_failing, without
from generator.build.site_judge import SiteJudge
from generator.build.stale import count_published, find_removed, stale_tasks
from generator.check.judging import RuleIds
from generator.check.planned import Planned, planned_files
from generator.errors import SiteError
from generator.executors.executor import Executor, Workers
from generator.ledger.records import Dating
from generator.options import Options
from generator.plan.routes import Plan
from generator.render.files.site_files import site_files
from generator.render.fingerprint import Fingerprints
from generator.render.renderer import Rendering
from generator.write.removal import guard_removal


class Settled(Struct, frozen=True):
    """A plan whose stale pages were judged, and of which nothing is written yet.

    ``tasks`` know which of their pages stay as they were last built; ``workers`` have made what they judged. ``files``
    are those of the site that are no pages, ``doomed`` those that are to be removed.
    """

    plan: Plan
    tasks: Sequence[Task]
    workers: Workers[BatchBuilder]
    files: Mapping[str, bytes]
    doomed: Sequence[str]


@contextmanager
def settled(
    rendering: Rendering,
    options: Options,
    executor: Executor,
    begun: Begun,
    dating: Dating,
    rules: RuleIds,
    tally: Tally,
) -> Iterator[Settled]:
    """The plan of ``rendering`` without pages that fail and never were published, to which others must not link.

    Raises SiteError where a fault lets nothing be published, or more would be removed than the guard allows.
    """
    plan, appearance, tree, ledger = rendering.plan, rendering.appearance, begun.tree, begun.ledger
    missing = still_failing(rendering, ledger.failing(), dating, rules, tree.folder)
    raise_stopping(missing)
    tally.failures.update(missing)
    stale: set[str] = set()
    while True:
        plan = without(plan, missing) if missing else plan
        rendering = Rendering(plan, appearance, options.printing)
        tasks = stale_tasks(plan, Fingerprints(plan, appearance, begun.code), ledger, begun.find_altered)
        stale.update(task.name for task in tasks)
        found, files = begun.find_altered(), site_files(plan, appearance)
        doomed = find_removed(plan, files, stale, ledger, found)
        published = partial(count_published, ledger, found)
        guard_removal(doomed, published, plan.site.config.build, options.allow_removal)
        made = planned_files(plan, files)
        shown = Planned(rendering, tree.folder, made, dating)
        judge = SiteJudge(plan, shown, rules, ledger, begun.file, options.now)
        setup = partial(BatchBuilder, rendering, tree, begun.file, dating, rules, made)
        with executor.workers(setup) as workers:
            try:
                tasks = judge_tasks(tasks, workers, rendering, tally, judge)
            except SiteError as error:
                # Faults of rows may be why.
                rows = [finding for finding in plan.site.findings if finding.severity == "error"]
                raise SiteError([*error.findings, *rows]) from error
            missing = never_made(tally.failures, tree, plan)
            if not missing:
                yield Settled(plan, tasks, workers, files, doomed)
                return
