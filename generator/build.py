"""The build, from files to pages: the only module that knows the order of the stages."""

from __future__ import annotations

import datetime
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator.errors import ConfigurationError, Finding, SiteError
from generator.executors.executor import Executor
from generator.load.site import read_site
from generator.model import RouteKind, Site
from generator.plan.site_plan import plan_site
from generator.progress import show_progress
from generator.render.environment import check_templates
from generator.render.renderer import Renderer
from generator.render.site_files import site_files
from generator.render.sitemaps import batch_sitemap, sitemap_path
from generator.routing import Batch, Plan
from generator.write.tree import Tree, counts_as_published, guard_removal

PageCount = Mapping[tuple[RouteKind, str], int]


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What came of one batch; the pages themselves never travel."""

    pages: PageCount
    written: int
    unchanged: int
    size: int
    findings: tuple[Finding, ...]


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
    plan = plan_site(site, tree.has)  # Site -> every address, no HTML
    rehearse(plan)  # one page of each kind, before anything is written
    files = site_files(plan)
    doomed = find_removed(tree, plan, files, allow_removal)
    results = list(build_batches(plan, tree, executor))
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


def rehearse(plan: Plan) -> None:
    """Render the first page of each kind of every topic; what fails there is the author's to mend first."""
    renderer = Renderer(plan)
    seen: set[tuple[RouteKind, str, str]] = set()
    faults: list[Finding] = []
    for batch in plan.batches:
        if (("place", batch.locale, batch.topic.id if batch.topic else "")) in seen:
            continue
        for route in plan.routes(batch):
            kind = (route.kind, route.locale, route.topic.id if route.topic else "")
            if kind not in seen and not route.is_held:
                seen.add(kind)
                page = renderer.render(route)
                faults.extend([page.finding] if page.finding else [])
    if faults:
        raise SiteError(faults)


def find_removed(tree: Tree, plan: Plan, files: Mapping[str, bytes], allow_removal: int) -> list[str]:
    """The files of earlier builds that this one no longer has; raises SiteError when they are too many."""
    existing = set(tree.files())
    published = sum(counts_as_published(path) for path in existing)
    existing.difference_update(_file_paths(files))
    existing.difference_update(_file_paths(plan.kept))
    for batch in plan.batches:
        existing.discard(sitemap_path(batch))
        existing.difference_update(_file_paths(route.path for route in plan.routes(batch)))
    if plan.site.has_unreadable_rows:
        # A row that cannot be identified may be any of these pages' place.
        existing = {path for path in existing if not path.endswith("/index.html")}
    doomed = sorted(existing)
    limits = plan.site.config.build
    guard_removal(
        [path for path in doomed if counts_as_published(path)],
        published,
        limits.max_removed_share,
        limits.max_removed,
        allow_removal,
    )
    return doomed


def _file_paths(paths: Iterable[str]) -> Iterator[str]:
    return (f"{path}index.html" if path.endswith("/") else path for path in paths)


def build_batches(plan: Plan, tree: Tree, executor: Executor) -> Iterator[BatchResult]:
    total = sum(batch.size for batch in plan.batches)
    # Largest first, so that no process is left alone with a large batch at the end.
    batches = sorted(plan.batches, key=lambda batch: -batch.size)
    with show_progress("Building", total) as advance:
        for result in executor.map(partial(Renderer, plan), partial(build_batch, tree), batches):
            advance(sum(result.pages.values()))
            yield result


def build_batch(tree: Tree, renderer: Renderer, batch: Batch) -> BatchResult:
    """Render and write the pages of one batch; a page that fails stays as it was last built."""
    pages: Counter[tuple[RouteKind, str]] = Counter()
    written = size = 0
    findings: list[Finding] = []
    for page in renderer.pages(batch):
        if page.finding:
            findings.append(page.finding)
            continue
        pages[page.route.kind, page.route.locale] += 1
        written += tree.write(page.route.path, page.body)
        size += len(page.body)
    return BatchResult(pages, written, pages.total() - written, size, tuple(findings))


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
    found = sorted(finding for result in results for finding in result.findings)
    return Summary(
        site=tree.folder,
        pages=pages,
        written=sum(result.written for result in results),
        unchanged=sum(result.unchanged for result in results),
        removed=removed,
        kept=len(plan.kept),
        size=sum(result.size for result in results),
        seconds=seconds,
        findings=tuple(dict.fromkeys((*plan.site.findings, *found))),
    )
