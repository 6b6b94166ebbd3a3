"""The build of one batch: renders its pages, judges them, writes those that changed, and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from msgspec import Struct
from msgspec.structs import replace

from generator.build.judge import judged, judged_variant
from generator.check.judging import Judge, found_together
from generator.ledger.records import PUBLISHED, BatchFacts, Dating, FileStamp, Fingerprint, History, PageFacts, Unbuilt
from generator.ledger.store import Ledger, open_ledger
from generator.plan.routes import Batch, Plan, Route
from generator.plan.verdicts import INDEX, Verdict
from generator.render.dating import updated_on
from generator.render.files.sitemaps import render_sitemap, sitemap_path
from generator.render.renderer import Failure, RenderedPage, Rendering
from generator.render.traced_pages import MadePages
from generator.write.tree import Tree

FROZEN = "A row that the page needs is faulty."


ROOM = 32_000_000
"""Bytes that pages which a process has made one by one to judge them may take while they wait to be written, and as
much for what others are made from; the rest is made again."""


class Task(Struct, frozen=True):
    """A batch to build. ``damaged`` are its pages that somebody altered since the last build.

    ``changes`` are the parts of its fingerprint that differ from the last time; ``failures`` are its pages that are
    known to be faulty.
    """

    batch: Batch
    fingerprint: Fingerprint
    damaged: frozenset[str] = frozenset()
    changes: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()


class Judged(Struct, frozen=True):
    """The pages of the batch ``name`` that no rule lets pass, or that cannot be made."""

    name: str
    failures: tuple[Failure, ...]


class BatchResult(Struct, frozen=True):
    """What came of one batch; the pages themselves never travel."""

    batch: BatchFacts
    pages: tuple[PageFacts, ...]
    written: int
    frozen: Mapping[str, str]
    """Pages that stay as they were last built, with the reason."""
    failures: tuple[Failure, ...]
    unbuilt: tuple[Unbuilt, ...]
    sitemap: FileStamp | None
    """None where no page may be indexed."""


class BatchBuilder:
    """Everything a process needs to build batches of one plan; ``ledger`` is the file to read history from."""

    def __init__(self, rendering: Rendering, tree: Tree, ledger: Path, dating: Dating, judge: Judge) -> None:
        self._plan = rendering.plan
        self._renderer = rendering.renderer
        self._tree = tree
        self._dating = dating
        self._judge = judge
        self._file = ledger
        self._open = ExitStack()
        self._ledger: Ledger | None = None
        self._pages: dict[str, RenderedPage] = {}
        self._variants: dict[str, list[MadePages]] = {}
        self._room = {"pages": ROOM, "variants": ROOM}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def judge(self, task: Task) -> Judged:
        """Hold every page of one batch that would change against the rules; writes nothing."""
        routes = tuple(self._plan.routes(task.batch))
        history = self._history(task, routes)
        failures: list[Failure] = []
        ready = [*self._renderer.made(task.batch.name, routes, history, self._dating)]
        for made in ready:
            if isinstance(made, RenderedPage):
                failure = judged(made, self._judge, history.pages)
                failures += [failure] if failure else []
            else:
                failures += judged_variant(made, self._renderer.values_in(made), self._judge, history.pages)
        pages = [made for made in ready if isinstance(made, RenderedPage)]
        if self._has_room("pages", sum(page.size for page in pages)):
            self._pages |= {page.route.path: page for page in pages}
        variants = [made for made in ready if isinstance(made, MadePages)]
        if self._has_room("variants", sum(made.size for made in variants)):
            self._variants[task.batch.name] = variants
        return Judged(task.batch.name, tuple(failures))

    def _has_room(self, kind: str, size: int) -> bool:
        if size > self._room[kind]:
            return False
        self._room[kind] -= size
        return True

    def build(self, task: Task) -> BatchResult:
        """Render and write the pages of one batch; a page that fails stays as it was last built."""
        batch = task.batch
        routes = tuple(self._plan.routes(batch))
        history = self._history(task, routes)
        pages: list[PageFacts] = []
        failures = list(task.failures)
        written = 0
        faulty = {failure.path for failure in failures}
        variants = self._variants.pop(batch.name, None)
        made = self._renderer.made(batch.name, routes, history, self._dating, self._pages, variants)
        for page in self._renderer.rendered(made, batch.name, routes, history, self._dating):
            if page.route.path in faulty:
                continue
            if page.failure:
                failures.append(page.failure)
            elif page.facts:
                facts, is_written = self._write(page, page.facts, history, task.damaged)
                pages.append(facts)
                written += is_written
        frozen = {route.path: frozen_because(self._plan, route.path) for route in routes if route.is_frozen}
        frozen |= {failure.path: str(failure.finding) for failure in failures}
        unbuilt = list(self._plan.unbuilt(batch))
        return BatchResult(
            BatchFacts(
                batch.name,
                batch.locale,
                # A batch with a fault is built again each time, so that each build tells of it.
                Fingerprint(b"", {}) if failures else task.fingerprint,
                _counted(pages),
                sum(page.size for page in pages),
                self._renderer.facts_read,
                _count_verdicts(
                    [*(r.verdict for r in routes if r.kind != "not_found"), *(verdict for _, verdict in unbuilt)]
                ),
                tuple(found_together(pages)),
            ),
            tuple(pages),
            written,
            frozen,
            tuple(failures),
            tuple(Unbuilt(path, batch.name, verdict.decision, verdict.reason) for path, verdict in unbuilt),
            None if batch.name in self._plan.unlisted else self._write_sitemap(batch, routes, pages, history),
        )

    def _history(self, task: Task, routes: Iterable[Route]) -> History:
        # Opened here and not when the process starts: the ledger must not be shared with the process it forked from.
        if self._ledger is None:
            self._ledger = self._open.enter_context(open_ledger(self._file, read_only=True))
        return replace(self._ledger.history([route.path for route in routes]), changes=task.changes)

    def _write(
        self, page: RenderedPage, facts: PageFacts, history: History, damaged: frozenset[str]
    ) -> tuple[PageFacts, bool]:
        path = page.route.path
        before = history.pages.get(path)
        is_there = before is not None and before.modified_ns and before.state in PUBLISHED
        if before and is_there and before.bytes_digest == facts.bytes_digest and path not in damaged:
            times = (before.modified_ns, before.folder_modified_ns)
            return replace(facts, modified_ns=times[0], folder_modified_ns=times[1]), False
        is_written = self._tree.write(path, page.body, is_new=before is None)
        stamp = self._tree.stamp(path)
        return replace(facts, modified_ns=stamp.modified_ns, folder_modified_ns=stamp.folder_modified_ns), is_written

    def _write_sitemap(
        self, batch: Batch, routes: Iterable[Route], pages: Iterable[PageFacts], history: History
    ) -> FileStamp:
        """After the pages, so that it never leads to one that is not there."""
        changed = {path: page.content_changed for path, page in history.pages.items()}
        changed |= {page.path: page.content_changed for page in pages}
        updated = {route.path: updated_on(route, changed.get(route.path)) for route in routes}
        days = {path: day.isoformat() for path, day in updated.items() if day}
        path = sitemap_path(batch)
        self._tree.write(path, render_sitemap(self._plan.site.config.base_url, routes, days))
        stamp = self._tree.stamp(path)
        return FileStamp(path, stamp.size, stamp.modified_ns)


def frozen_because(plan: Plan, path: str) -> str:
    """Why the page at ``path`` stays as it was last built."""
    rows = [plan.site.frozen[place.id] for _, place in plan.book.places_at(path) if place.id in plan.site.frozen]
    return f"{FROZEN} It is {rows[0]}." if rows else FROZEN


def _count_verdicts(verdicts: Iterable[Verdict]) -> dict[str, int]:
    """How many pages are not to be indexed, by what is said of them and why, as ``noindex No reviewer is named.``"""
    return dict(Counter(f"{verdict.decision} {verdict.cause}" for verdict in verdicts if verdict != INDEX))


def _counted(pages: Iterable[PageFacts]) -> dict[str, int]:
    """How many pages there are of each kind and locale, as ``place en-US``."""
    counts: dict[str, int] = {}
    for page in pages:
        key = f"{page.kind} {page.locale}"
        counts[key] = counts.get(key, 0) + 1
    return counts
