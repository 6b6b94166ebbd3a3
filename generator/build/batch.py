"""The build of one batch: renders its pages, judges them, writes those that changed, and counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from msgspec import Struct
from msgspec.structs import replace

from generator.build.page_judge import Judged, PageJudge
from generator.build.page_rows import Written, facts_of, page_rows
from generator.build.titles import with_titles
from generator.check.facts import PageFacts
from generator.check.judging import Judge, RuleIds
from generator.check.planned import Planned, PlannedFiles
from generator.check.seen import planned_page
from generator.ledger.printed import PrintedPages
from generator.ledger.records import (
    PUBLISHED,
    BatchFacts,
    Dating,
    FileStamp,
    Fingerprint,
    History,
    PageRow,
    bytes_digest,
    counted,
)
from generator.ledger.store import Ledger, open_ledger
from generator.ledger.traces import Traces, kept_traces
from generator.model import Status
from generator.plan.routes import Batch, Route
from generator.render.dating import updated_on
from generator.render.files.sitemaps import render_sitemap, sitemap_path
from generator.render.fingerprint import made_of
from generator.render.made_page import MadePage
from generator.render.made_pages import AssignedPages, MadePages
from generator.render.renderer import Failure, Rendering
from generator.write.tree import Tree

ROOM = 32_000_000
"""Bytes that pages which a process has made one by one to judge them may take while they wait to be written; the rest
is made again."""


class Task(Struct, frozen=True):
    """A batch of ``size`` pages to build. ``damaged`` are its pages that somebody altered since the last build.

    All batches of one ``place``, a language and a region, share what is worked out of its places. ``changes`` are the
    parts of its fingerprint that differ from the last time; ``failures`` are its pages that are known to be faulty, and
    ``unlisted`` is how many pages those above them do not list.
    """

    name: str
    size: int
    place: tuple[str, str]
    fingerprint: Fingerprint
    damaged: frozenset[str] = frozenset()
    changes: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()
    unlisted: int = 0


class BatchResult(Struct, frozen=True):
    """Result of building one batch; the pages themselves never travel."""

    batch: BatchFacts
    pages: Sequence[PageRow]
    """In order of their addresses."""
    printed: Sequence[PrintedPages]
    variants: Mapping[bytes, bytes]
    """Packed bodies of those of its variants that this process has not sent before, by digest."""
    written: int
    others: Mapping[str, Status]
    """Those that stay as they were last built, and the addresses that get no page."""
    failures: tuple[Failure, ...]
    sitemap: FileStamp | None
    """None where no page may be indexed."""
    traces: Traces | None
    """Those of its topic that were not kept yet."""


class BatchBuilder:
    """Everything a process needs to build batches of one plan.

    ``ledger`` is the file to read history from, ``rules`` those that judge, ``files`` what is made beside pages.
    """

    def __init__(
        self, rendering: Rendering, tree: Tree, ledger: Path, dating: Dating, rules: RuleIds, files: PlannedFiles
    ) -> None:
        self._rendering = rendering
        self._plan = rendering.plan
        self._batches = {batch.name: batch for batch in rendering.plan.batches}
        self._renderer = rendering.renderer
        self._tree = tree
        self._dating = dating
        self._published = Planned(rendering, tree.folder, files, dating)
        self._judge = Judge(rendering.plan.site.config, self._published, rules)
        self._file = ledger
        self._open = ExitStack()
        self._ledger: Ledger | None = None
        self._pages: dict[str, MadePage] = {}
        self._assigned: dict[str, list[AssignedPages]] = {}
        self._room = ROOM
        self._told: set[bytes] = set()
        self._recalled: set[tuple[str, str]] = set()
        """Languages and topics of which the traces of earlier builds were asked for."""
        self._kept: set[tuple[str, str]] = set()
        """Those of which the traces were given to be kept."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def judge(self, task: Task) -> tuple[str, Judged]:
        """Hold every page of one batch that would change against the rules; writes nothing."""
        batch = self._batches[task.name]
        routes = tuple(self._plan.routes(batch))
        history = self._history(task, routes)
        if self._ledger and batch.topic and (batch.locale, batch.topic.id) not in self._recalled:
            self._recalled.add((batch.locale, batch.topic.id))
            digest = made_of(task.fingerprint)
            kept = kept_traces(self._ledger.query, batch.locale, batch.topic.id, digest)
            self._renderer.recall(batch.locale, kept)
        judge = PageJudge(self._judge, self._published, self._rendering, task.name, history, self._dating)
        pages: list[MadePage] = []
        assigned: list[AssignedPages] = []
        for made in self._renderer.made(routes, history, self._dating):
            judge.add(made)
            if isinstance(made, MadePage):
                pages.append(made)
            elif isinstance(made, MadePages):
                assigned.append(made.assigned())
        self._assigned[task.name] = assigned
        size = sum(page.size for page in pages)
        if size <= self._room:
            self._room -= size
            self._pages |= {page.routes[0].path: page for page in pages}
        return task.name, judge.judged()

    def facts(
        self, task: Task, digests: Collection[bytes], titles: Collection[tuple[str, str]], *, is_whole: bool
    ) -> list[PageFacts]:
        """Facts of judged pages whose titles have one of ``digests`` or are among ``titles``; ``is_whole``: of all."""
        routes = tuple(self._plan.routes(self._batches[task.name]))
        history = self._history(task, routes)
        found: list[PageFacts] = []
        for made in self._renderer.made(routes, history, self._dating, self._pages):
            if isinstance(made, Failure):
                continue
            if is_whole:
                found += facts_of(made, task.name, history, self._dating.today.isoformat())
            else:
                alike = with_titles(made, digests, titles)
                found += (planned_page(route, task.name)._replace(title=title) for route, title in alike)
        return found

    def build(self, task: Task) -> BatchResult:
        """Make and write the pages of one batch; a page that fails stays as it was last built."""
        batch = self._batches[task.name]
        routes = tuple(self._plan.routes(batch))
        history = self._history(task, routes)
        failures = {failure.path: failure for failure in task.failures}
        rows: list[PageRow] = []
        printed: list[PrintedPages] = []
        variants: dict[bytes, bytes] = {}
        written = 0
        assigned = self._assigned.pop(batch.name, None)
        for made in self._renderer.made(routes, history, self._dating, self._pages, assigned):
            if isinstance(made, Failure):
                failures.setdefault(made.path, made)
                continue
            said = made.printed()
            stamps = self._write(made, failures, history, task.damaged)
            written += sum(stamp.is_written for stamp in stamps.values())
            rows += page_rows(made, said, stamps, batch.name, history, self._dating)
            printed.append(said if len(stamps) == len(said.paths) else said.only(stamps))
            if isinstance(made, MadePages) and said.variant not in self._told:
                self._told.add(said.variant)
                variants[said.variant] = made.page.layout.body
        rows.sort()
        others = dict(self._plan.unbuilt(batch))
        statuses = [route.status for route in routes if route.kind != "not_found"] + list(others.values())
        others |= {route.path: route.status for route in routes if route.status.state == "frozen"}
        others |= {path: Status("frozen", str(failure.finding)) for path, failure in failures.items()}
        facts = BatchFacts(
            batch.name,
            batch.locale,
            # A batch with a fault is built again each time, so that each build tells of it.
            Fingerprint(b"", {}) if failures else task.fingerprint,
            counted((row.kind, row.locale) for row in rows),
            sum(row.size for row in rows),
            self._renderer.facts_read,
            counted((one.said.state, one.said.cause) for one in statuses if one.said.state not in ("index", "absent")),
            task.unlisted,
        )
        return BatchResult(
            facts,
            rows,
            printed,
            variants,
            written,
            others,
            tuple(failures.values()),
            None if batch.name in self._plan.unlisted else self._write_sitemap(batch, routes, rows, history),
            self._new_traces(task, batch),
        )

    def _new_traces(self, task: Task, batch: Batch) -> Traces | None:
        # Before the first page is written all pages of this process are traced.
        if batch.topic is None or batch.region is None or (batch.locale, batch.topic.id) in self._kept:
            return None
        self._kept.add((batch.locale, batch.topic.id))
        found = self._renderer.keep(batch.locale, batch.topic.id)
        digest = made_of(task.fingerprint)
        return Traces(batch.locale, batch.topic.id, digest, found) if found else None

    def _history(self, task: Task, routes: Iterable[Route]) -> History:
        # Opened here and not when the process starts: the ledger must not be shared with the process it forked from.
        if self._ledger is None:
            self._ledger = self._open.enter_context(open_ledger(self._file, read_only=True))
        return replace(self._ledger.history([route.path for route in routes]), changes=task.changes)

    def _write(
        self, made: MadePages | MadePage, faulty: Collection[str], history: History, damaged: frozenset[str]
    ) -> dict[str, Written]:
        """Write those of the pages that are not ``faulty`` and that differ from what is there."""
        found: dict[str, Written] = {}
        for route, body in zip(made.routes, made.bodies(), strict=True):
            path = route.path
            if path in faulty:
                continue
            digest, before = bytes_digest(body), history.pages.get(path)
            is_there = before is not None and before.modified_ns and before.state in PUBLISHED
            if before and is_there and before.bytes_digest == digest and path not in damaged:
                times = (before.modified_ns, before.folder_modified_ns)
                found[path] = Written(digest, len(body), *times, is_written=False)
            else:
                is_written = self._tree.write(path, body, is_new=before is None)
                stamp = self._tree.stamp(path)
                found[path] = Written(digest, len(body), stamp.modified_ns, stamp.folder_modified_ns, is_written)
        return found

    def _write_sitemap(
        self, batch: Batch, routes: Iterable[Route], pages: Iterable[PageRow], history: History
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
