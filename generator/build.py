"""The build, from files to pages: the only module that knows the order of the stages."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial

from msgspec.structs import replace

from generator.batch_building import BatchBuilder, held_because
from generator.check.data import rulebook
from generator.check.vetting import Vet
from generator.decisions import STOPPING, decide
from generator.errors import ConfigurationError, Finding, SiteError
from generator.executors.executor import Executor
from generator.freshness import count_published, find_removed, stale_tasks
from generator.inputs import digest_inputs
from generator.inspection import Begun
from generator.ledger.facts import BatchFacts, Dating, FileStamp
from generator.ledger.kept import Kept
from generator.ledger.store import LastBuild, Ledger, parent
from generator.load.site import read_site
from generator.making import Tally, never_made, raise_stopping, run_tasks, still_failing, vet_tasks, without
from generator.memory import settle_memory
from generator.model import Site
from generator.order import Order, Printing
from generator.outcome import GateOutcome, Summary, remember
from generator.plan.gate import pass_gate
from generator.plan.kept_surroundings import find_neighbours
from generator.plan.site_plan import plan_site
from generator.render.appearance import make_appearance
from generator.render.environment import check_templates
from generator.render.fingerprint import Fingerprints
from generator.render.printing import explanations
from generator.render.rehearsal import rehearse
from generator.render.renderer import Rendering, failure_findings
from generator.render.site_files import site_files
from generator.render.sitemaps import sitemap_paths
from generator.routing import Plan
from generator.tree_paths import page_address
from generator.verdicts import NOT_MEASURED, Measured
from generator.vetting import vetted
from generator.write.removal import guard_removal
from generator.write.tree import Tree


def build_site(order: Order, executor: Executor, begun: Begun) -> Summary:
    """Build what is stale of the site, and remember it in the ledger.

    Raises SiteError, with nothing written, when content, templates or addresses are wrong, or when more
    would be removed than the guard allows.
    """
    tree, ledger, code = begun.tree, begun.ledger, begun.code
    kept = begun.kept  # what took long to find in an earlier build, if it is the same
    site = load_site(order, kept)  # files -> Site, or every error at once
    appearance = make_appearance(site, kept)
    plan = make_plan(site, tree.has, kept)  # Site -> every address, no HTML
    surveys, measured = look_ahead(Rendering(plan, appearance, order.printing), ledger, order, code, executor)
    plan = pass_gate(plan, order.now, ledger, measured)  # the verdict on every page, and what follows
    dating = Dating(order.now, ledger.knows_all or order.is_first, order.touch)
    rendering = Rendering(plan, appearance, order.printing)
    vet = Vet(site.config, tree.folder)
    judge = partial(vetted, vet=vet, published={})
    tally = Tally(failures=still_failing(rendering, ledger.failing(), dating, vet))
    if tally.failures:
        raise_stopping(tally.failures)
        plan = without(plan, tally.failures)
        rendering = Rendering(plan, appearance, order.printing)
    tasks = stale_tasks(plan, Fingerprints(plan, appearance, code), ledger, begun.find_altered)
    found = begun.find_altered()  # what somebody changed in the tree
    unproven = [task.batch for task in tasks if not task.is_proven]
    with told_with_rows(site):
        rehearse(rendering, unproven, dating, judge)  # errors, before anything is written
    is_new, stale = not ledger.was_completed, set[str]()
    settle_memory()
    while True:
        stale.update(task.batch.name for task in tasks)
        files = site_files(plan, appearance)
        doomed = find_removed(plan, files, stale, ledger, found)
        if not tally.is_begun:
            guard_removal(doomed, partial(count_published, ledger, found), site.config.build, order.allow_removal)
        setup = partial(BatchBuilder, rendering, tree, begun.file, dating, vet)
        with executor.workers(setup) as workers:
            with told_with_rows(site):
                tasks = vet_tasks(tasks, workers, rendering, vet, tally)  # before anything is written, too
            missing = never_made(tally.failures, tree, plan)
            if not missing:
                ledger.begin(order.is_first, doomed)
                kept.store()
                ledger.keep_surveys(surveys, [batch.name for batch in plan.batches])
                run_tasks(tasks, workers, setup, ledger, tally)  # batch -> pages, written and recorded
                missing = never_made(tally.failures, tree, plan)
        if not missing:
            break
        # Others must not link to them. That happens only after an error.
        plan = without(plan, missing)
        rendering = Rendering(plan, appearance, order.printing)
        tasks = stale_tasks(plan, Fingerprints(plan, appearance, code), ledger, begun.find_altered)
    ledger.hold({path: held_because(plan, path) for path in plan.kept})
    write_site_files(tree, files)
    tree.remove(doomed)
    ledger.mark_removed(map(page_address, doomed), {redirect.source for redirect in plan.redirects})
    seconds = time.perf_counter() - begun.started
    summary = summarize(tree, plan, ledger, tally, len(doomed), is_new, dating.is_known, seconds)
    # Files that changed while they were read must be read again.
    is_settled = not tally.failures and begun.inputs == digest_inputs(order.root, order.settings, code)
    close_ledger(order, ledger, plan, tree, files, tally, summary, begun.inputs if is_settled else "")
    return summary


@contextmanager
def told_with_rows(site: Site) -> Iterator[None]:
    """What is wrong with rows is told with what stops the build, since it may be why."""
    try:
        yield
    except SiteError as error:
        rows = [finding for finding in site.findings if finding.severity == "error"]
        raise SiteError([*error.findings, *rows]) from error


def load_site(order: Order, kept: Kept) -> Site:
    """The site, or every error of content and templates in one SiteError."""
    loaded = read_site(order.root, order.settings, order.now, kept, rulebook())
    stops = [*loaded.findings, *check_templates(order.root / "templates", loaded.columns, kept)]
    if stops or loaded.site is None:
        raise ConfigurationError(stops) if loaded.is_misconfigured else SiteError(stops)
    return loaded.site


def make_plan(site: Site, is_published: Callable[[str], bool], kept: Kept) -> Plan:
    """The plan of ``site``, as ``plan_site`` makes it; raises SiteError with all of its faults."""
    plan = plan_site(site, is_published, find_neighbours(site.places, site.all_places, kept))
    if plan.faults:
        raise SiteError(plan.faults)
    return plan


def rendering_of(site: Site, is_published: Callable[[str], bool], kept: Kept, printing: Printing) -> Rendering:
    """How the pages of ``site`` are rendered as long as the gate has not spoken; ``is_published`` as in plan_site."""
    plan = make_plan(site, is_published, kept)
    return Rendering(plan, make_appearance(site, kept), printing)


def look_ahead(
    rendering: Rendering, ledger: Ledger, order: Order, code: str, executor: Executor
) -> tuple[Mapping[str, tuple[bytes, bytes]], Measured]:
    """What the gate asks to know of the pages before they are made; and the surveys that were made for it, to keep."""
    if not rendering.plan.site.config.gate.asks_of_texts:
        return {}, NOT_MEASURED
    # Imported here: a site whose gate does not ask need not wait for the libraries.
    from generator.surveying import measure_pages, survey_pages

    surveys = survey_pages(rendering, code, ledger, executor)
    return surveys.fresh, measure_pages(rendering.plan, surveys, order.now)


def explain_templates(order: Order) -> Iterator[str]:
    """What the templates share among pages, and what of them is left to Jinja, one line each; writes nothing."""
    kept = Kept()
    site = load_site(order, kept)
    rendering = rendering_of(site, lambda _: False, kept, order.printing)
    for explained in rendering.renderer.explain():
        yield from explanations(explained)


def write_site_files(tree: Tree, files: Mapping[str, bytes]) -> None:
    """After pages and sitemaps, so that nothing ever leads to a file that is not there."""
    for path, body in files.items():
        tree.write(path, body)


def summarize(
    tree: Tree, plan: Plan, ledger: Ledger, tally: Tally, removed: int, is_new: bool, is_dated: bool, seconds: float
) -> Summary:
    known = ledger.batches()
    batches = [known[batch.name] for batch in plan.batches if batch.name in known]
    pages: dict[str, int] = {}
    for batch in batches:
        for key, count in batch.pages.items():
            pages[key] = pages.get(key, 0) + count
    total = sum(pages.values())
    kept_back: dict[str, int] = {}
    for batch in batches:
        for verdict, count in batch.verdicts.items():
            kept_back[verdict] = kept_back.get(verdict, 0) + count
    verdicts = plan.verdicts
    unbuilt = sum(count for verdict, count in kept_back.items() if not verdict.startswith("noindex"))
    return Summary(
        site=tree.folder,
        pages=pages,
        # After a failure a page may be written in two rounds; it is one page all the same.
        written=min(tally.written, total),
        unchanged=max(total - tally.written, 0),
        removed=removed,
        kept=len(plan.kept | {failure.path for failure in tally.failures} - plan.absent),
        size=sum(batch.size for batch in batches),
        seconds=seconds,
        is_dated=is_dated,
        is_new=is_new,
        findings=(
            *plan.site.findings,
            *plan.findings,
            *failure_findings(tally.failures, "error"),
            *_of_batches(plan, known),
        ),
        gate=GateOutcome(
            verdicts.is_enforced, verdicts.everywhere.reason, kept_back, unbuilt if verdicts.is_enforced else 0
        ),
    )


def _of_batches(plan: Plan, known: Mapping[str, BatchFacts]) -> Iterator[Finding]:
    """What is wrong with the pages of batches together, also of those that were built before."""
    checks = plan.site.config.checks
    for batch in plan.batches:
        topic = batch.topic.id if batch.topic else ""
        for found in known[batch.name].findings if batch.name in known else ():
            decided, _ = decide(found, checks, {found.where: topic}.__getitem__)
            if decided:
                # The pages are written by now, so nothing can be stopped any more.
                yield replace(decided, severity="error") if decided.severity in STOPPING else decided


def close_ledger(
    order: Order,
    ledger: Ledger,
    plan: Plan,
    tree: Tree,
    files: Iterable[str],
    tally: Tally,
    summary: Summary,
    inputs: str,
) -> None:
    """Note how the tree now stands, so that the next build sees what is altered, and what this one read."""
    stamps = {path: tree.stamp(path) for path in (*files, *sitemap_paths(plan))}
    folders = _ancestors((*ledger.folders(), *map(parent, stamps)))
    times = {folder: tree.folder_modified_ns(folder) for folder in folders}
    failing: dict[str, list[str]] = {}
    for failure, batch in tally.failures.items():
        if failure.path in plan.absent:
            failing.setdefault(batch, []).append(failure.path)
    ledger.finish(
        LastBuild(inputs, order.now.isoformat(), plan.site.good_until.isoformat(), remember(summary)),
        [batch.name for batch in plan.batches],
        [FileStamp(path, stamp.size, stamp.modified_ns) for path, stamp in stamps.items()],
        {folder: modified for folder, modified in sorted(times.items()) if modified},
        {redirect.source for redirect in plan.redirects},
        failing,
    )


def _ancestors(folders: Iterable[str]) -> set[str]:
    found = {"/"}
    for folder in folders:
        while folder not in found:
            found.add(folder)
            folder = parent(folder)
    return found
