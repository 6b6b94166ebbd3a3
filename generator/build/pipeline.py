"""The build, from files to pages: the only module that orders the stages."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping

from generator.build.drift import Begun
from generator.build.rounds import Tally, run_tasks
from generator.build.settling import settled
from generator.build.summary import GateOutcome, Summary, remember
from generator.check.data import rulebook
from generator.check.judging import judging_rules
from generator.errors import ConfigurationError, SiteError
from generator.executors.executor import Executor
from generator.executors.memory import settle_memory
from generator.ledger.cache import Cache
from generator.ledger.digests import digest_inputs
from generator.ledger.records import Dating, FileStamp, LastBuild, parent, totals
from generator.ledger.store import Ledger
from generator.load.site import read_site
from generator.model import Site
from generator.options import Options, Printing
from generator.plan.gate import pass_gate
from generator.plan.routes import Plan
from generator.plan.site_plan import plan_site
from generator.plan.statuses import NOT_MEASURED, Measured
from generator.plan.surroundings_cache import find_neighbours
from generator.render.appearance import make_appearance
from generator.render.files.sitemaps import sitemap_paths
from generator.render.renderer import Rendering, failure_findings
from generator.templating.environment import check_templates, compile_templates
from generator.write.paths import page_address
from generator.write.tree import Tree


def build_site(options: Options, executor: Executor, begun: Begun) -> Summary:
    """Build what is stale of the site, and remember it in the ledger.

    Raises SiteError, with nothing written, when content, templates or addresses are wrong, or when more
    would be removed than the guard allows.
    """
    tree, ledger, code = begun.tree, begun.ledger, begun.code
    cache = begun.cache  # expensive results of earlier builds
    site = load_site(options, cache)  # files -> Site, or every error at once
    appearance = make_appearance(site, cache)
    if cache.awaits("surroundings"):
        compile_templates(options.root / "templates", site.locales)  # while another process finds neighbours
    plan = make_plan(site, tree.has, cache)  # Site -> every address, no HTML
    signatures, measured = look_ahead(Rendering(plan, appearance, options.printing), ledger, options, code, executor)
    plan = pass_gate(plan, options.now, ledger, measured)  # the status of every page, and what follows
    dating = Dating(options.now, ledger.knows_all or options.is_first, options.touch)
    rendering = Rendering(plan, appearance, options.printing)
    rules, tally, is_new = judging_rules(cache), Tally(), not ledger.was_completed
    settle_memory()
    with settled(rendering, options, executor, begun, dating, rules, tally) as ready:
        plan, files, doomed = ready.plan, ready.files, ready.doomed  # every page that would change is judged
        ledger.begin(options.is_first, doomed)
        cache.store()
        ledger.keep_surveys(signatures, [batch.name for batch in plan.batches])
        run_tasks(ready.tasks, ready.workers, ledger, tally, plan.frozen)  # batch -> pages, written and recorded
    ledger.note(plan.exceptions)
    write_site_files(tree, files)
    tree.remove(doomed)
    ledger.mark_removed(map(page_address, doomed), {redirect.source for redirect in plan.redirects})
    seconds = time.perf_counter() - begun.started
    summary = summarize(tree, plan, ledger, tally, len(doomed), is_new, dating.is_known, seconds)
    # Files that changed while they were read must be read again.
    is_settled = not tally.failures and begun.inputs == digest_inputs(options.root, options.settings, code)
    close_ledger(options, ledger, plan, tree, files, summary, begun.inputs if is_settled else "")
    return summary


def load_site(options: Options, cache: Cache) -> Site:
    """The site, or every error of content and templates in one SiteError."""
    loaded = read_site(options.root, options.settings, options.now, cache, rulebook())
    stops = [*loaded.findings, *check_templates(options.root / "templates", loaded.columns, cache)]
    if stops or loaded.site is None:
        raise ConfigurationError(stops) if loaded.is_misconfigured else SiteError(stops)
    return loaded.site


def make_plan(site: Site, is_published: Callable[[str], bool], cache: Cache) -> Plan:
    """The plan of ``site``, as ``plan_site`` makes it; raises SiteError with all of its faults."""
    plan = plan_site(site, is_published, find_neighbours(site.places, site.all_places, cache))
    if plan.faults:
        raise SiteError(plan.faults)
    return plan


def rendering_of(site: Site, is_published: Callable[[str], bool], cache: Cache, printing: Printing) -> Rendering:
    """How the pages of ``site`` are rendered as long as the gate has not spoken; ``is_published`` as in plan_site."""
    plan = make_plan(site, is_published, cache)
    return Rendering(plan, make_appearance(site, cache), printing)


def look_ahead(
    rendering: Rendering, ledger: Ledger, options: Options, code: str, executor: Executor
) -> tuple[Mapping[str, tuple[bytes, bytes]], Measured]:
    """Measures of pages that the gate asks for before they are made; and the signatures made for it, to keep."""
    if not rendering.plan.site.config.gate.asks_of_texts:
        return {}, NOT_MEASURED
    # Imported here: a site whose gate does not ask need not wait for the libraries.
    from generator.similarity.measure import make_signatures, measure_pages

    signatures = make_signatures(rendering, code, ledger, executor)
    return signatures.fresh, measure_pages(rendering.plan, signatures, options.now)


def explain_templates(options: Options) -> Iterator[str]:
    """Lines that say which pages are made by column and which by plain Jinja, and why; writes nothing."""
    cache = Cache()
    site = load_site(options, cache)
    rendering = rendering_of(site, lambda _: False, cache, options.printing)
    yield from rendering.renderer.explain()


def write_site_files(tree: Tree, files: Mapping[str, bytes]) -> None:
    """After pages and sitemaps, so that nothing ever leads to a file that is not there."""
    for path, body in files.items():
        tree.write(path, body)


def summarize(
    tree: Tree, plan: Plan, ledger: Ledger, tally: Tally, removed: int, is_new: bool, is_dated: bool, seconds: float
) -> Summary:
    known = ledger.batches()
    batches = [known[batch.name] for batch in plan.batches if batch.name in known]
    pages = totals(counts for batch in batches for counts in batch.pages)
    kept_back = totals(counts for batch in batches for counts in batch.verdicts)
    total = sum(count for _, _, count in pages)
    statuses = plan.statuses
    unbuilt = sum(count for decision, _, count in kept_back if decision != "noindex")
    return Summary(
        site=tree.folder,
        pages=pages,
        # After a failure a page may be written in two rounds; it is one page all the same.
        written=min(tally.written, total),
        unchanged=max(total - tally.written, 0),
        removed=removed,
        frozen=len({*plan.frozen, *(failure.path for failure in tally.failures if plan.has(failure.path))}),
        size=sum(batch.size for batch in batches),
        seconds=seconds,
        is_dated=is_dated,
        is_new=is_new,
        findings=(
            *plan.site.findings,
            *plan.findings,
            *failure_findings(tally.failures, "error"),
            *tally.told,
        ),
        gate=GateOutcome(
            statuses.is_enforced, statuses.everywhere.reason, kept_back, unbuilt if statuses.is_enforced else 0
        ),
    )


def close_ledger(
    options: Options,
    ledger: Ledger,
    plan: Plan,
    tree: Tree,
    files: Iterable[str],
    summary: Summary,
    inputs: str,
) -> None:
    """Note how the tree now stands, so that the next build sees what is altered, and what this one read."""
    stamps = {path: tree.stamp(path) for path in (*files, *sitemap_paths(plan))}
    folders = _ancestors((*ledger.folders(), *map(parent, stamps)))
    times = {folder: tree.folder_modified_ns(folder) for folder in folders}
    ledger.finish(
        LastBuild(inputs, options.now.isoformat(), plan.site.good_until.isoformat(), remember(summary)),
        [batch.name for batch in plan.batches],
        [FileStamp(path, stamp.size, stamp.modified_ns) for path, stamp in stamps.items()],
        {folder: modified for folder, modified in sorted(times.items()) if modified},
        {redirect.source for redirect in plan.redirects},
    )


def _ancestors(folders: Iterable[str]) -> set[str]:
    found = {"/"}
    for folder in folders:
        while folder not in found:
            found.add(folder)
            folder = parent(folder)
    return found
