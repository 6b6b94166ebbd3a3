"""The build, from files to pages: the only module that knows the order of the stages."""

from __future__ import annotations

import datetime
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from generator.errors import ConfigurationError, Finding, SiteError
from generator.executors.executor import Executor
from generator.load.site import read_site
from generator.model import RouteKind, Site
from generator.plan.site_plan import plan_site
from generator.progress import show_progress
from generator.render.appearance import Appearance, make_appearance
from generator.render.environment import check_templates
from generator.render.rehearsal import rehearse
from generator.render.renderer import Failure, Renderer, failure_findings
from generator.render.site_files import site_files
from generator.render.sitemaps import batch_sitemap, sitemap_path
from generator.routing import Batch, Plan
from generator.write.lock import exclusive
from generator.write.removal import find_removed
from generator.write.tree import Tree

PageCount = Mapping[tuple[RouteKind, str], int]


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What came of one batch; the pages themselves never travel."""

    pages: PageCount
    written: int
    size: int
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did. ``pages`` counts by kind and locale; ``size`` is in bytes, ``seconds`` is wall time."""

    site: Path
    pages: PageCount
    written: int
    unchanged: int
    removed: int
    kept: int
    size: int
    seconds: float
    findings: tuple[Finding, ...]

    @property
    def has_errors(self) -> bool:
        return any(finding.severity == "error" for finding in self.findings)


def build_site(
    root: Path, output: Path, settings: Sequence[str], now: datetime.date, executor: Executor, allow_removal: int = 0
) -> Summary:
    """Build the site at ``root`` into ``output/site``.

    Raises SiteError, with nothing written, when content, templates or addresses are wrong, or when more
    would be removed than the guard allows.
    """
    started = time.perf_counter()
    tree = Tree(output / "site")
    site = load_site(root, settings, now)  # files -> Site, or every error at once
    with exclusive(output):  # planning already asks what is published
        plan = plan_site(site, tree.has)  # Site -> every address, no HTML
        appearance = make_appearance(site)
        rehearse(plan, appearance)  # what every page hangs on, before anything is written
        files = site_files(plan, appearance)
        doomed = find_removed(
            tree, addresses(plan, files), site.config.build, allow_removal, keep_pages=site.has_unreadable_rows
        )
        plan, results = build_batches(plan, appearance, tree, executor)
        write_site_files(tree, plan, files)
        tree.remove(doomed)
    return summarize(tree, plan, results, len(doomed), time.perf_counter() - started)


def load_site(root: Path, settings: Sequence[str], now: datetime.date) -> Site:
    """The site, or every error of content and templates in one SiteError."""
    loaded = read_site(root, settings, now)
    stops = [*loaded.findings, *check_templates(root / "templates", loaded.columns)]
    if stops or loaded.site is None:
        raise ConfigurationError(stops) if loaded.is_misconfigured else SiteError(stops)
    return loaded.site


def addresses(plan: Plan, files: Mapping[str, bytes]) -> Iterator[str]:
    """Every address that the site has: its files, its pages, and the pages that stay though their row is faulty."""
    yield from (*files, *plan.kept)
    for batch in plan.batches:
        yield sitemap_path(batch)
        yield from (route.path for route in plan.routes(batch))


def build_batches(plan: Plan, appearance: Appearance, tree: Tree, executor: Executor) -> tuple[Plan, list[BatchResult]]:
    """Render and write every page; the plan that comes back is without the pages that could not be made.

    A page that fails stays as it was last built. One that was never built must not be linked or listed, so
    its neighbours are built again without it; that happens only after an error, and rewrites only them.
    """
    results = list(run_batches(plan, appearance, tree, executor))
    while missing := [
        f for result in results for f in result.failures if not (tree.has(f.path) or f.path in plan.absent)
    ]:
        if any(failure.kind != "place" for failure in missing):
            raise SiteError(failure_findings(missing, "stop"))
        plan = replace(plan, absent=plan.absent.union(failure.path for failure in missing))
        # What the first round wrote and what failed in it still count; its pages are counted anew.
        done = [replace(result, pages={}, size=0) for result in results]
        results = [*done, *run_batches(plan, appearance, tree, executor)]
    return plan, results


def run_batches(plan: Plan, appearance: Appearance, tree: Tree, executor: Executor) -> Iterator[BatchResult]:
    total = sum(batch.size for batch in plan.batches)
    # Largest first, so that no process is left alone with a large batch at the end.
    batches = sorted(plan.batches, key=lambda batch: -batch.size)
    with show_progress("Building", total) as advance:
        for result in executor.map(partial(Renderer, plan, appearance), partial(build_batch, tree), batches):
            advance(sum(result.pages.values()))
            yield result


def build_batch(tree: Tree, renderer: Renderer, batch: Batch) -> BatchResult:
    """Render and write the pages of one batch; a page that fails stays as it was last built."""
    pages: Counter[tuple[RouteKind, str]] = Counter()
    written = size = 0
    failures: list[Failure] = []
    for page in renderer.pages(batch):
        if page.failure:
            failures.append(page.failure)
            continue
        pages[page.route.kind, page.route.locale] += 1
        written += tree.write(page.route.path, page.body)
        size += len(page.body)
    return BatchResult(pages, written, size, tuple(failures))


def write_site_files(tree: Tree, plan: Plan, files: Mapping[str, bytes]) -> None:
    """Sitemaps first and what names them after, so that nothing ever leads to a file that is not there."""
    for batch in plan.batches:
        tree.write(sitemap_path(batch), batch_sitemap(plan, batch))
    for path, body in files.items():
        tree.write(path, body)


def summarize(tree: Tree, plan: Plan, results: Sequence[BatchResult], removed: int, seconds: float) -> Summary:
    pages: Counter[tuple[RouteKind, str]] = Counter()
    for result in results:
        pages.update(result.pages)
    written = sum(result.written for result in results)
    failures = dict.fromkeys(failure for result in results for failure in result.failures)
    return Summary(
        site=tree.folder,
        pages=pages,
        # After a failure a page may be written in both rounds; it is one page all the same.
        written=min(written, pages.total()),
        unchanged=max(pages.total() - written, 0),
        removed=removed,
        kept=len(plan.kept),
        size=sum(result.size for result in results),
        seconds=seconds,
        findings=(*plan.site.findings, *failure_findings(failures, "error")),
    )
