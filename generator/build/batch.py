"""The build of one batch: renders its pages, judges them, writes those that changed, and counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from msgspec import Struct
from msgspec.structs import replace

from generator.build.alike import Alike, joined, values_of, with_values
from generator.build.every_page import facts_of
from generator.build.listing import unlisted
from generator.build.page_judge import PageJudge
from generator.build.page_rows import Written, page_rows
from generator.build.planned_site import planned_site
from generator.check.facts import DocumentFacts, PageFacts
from generator.check.judging import Judge, RuleIds
from generator.check.planned import PlannedFiles
from generator.check.seen import Seen
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
from generator.model import Status
from generator.plan.routes import Batch, Route
from generator.render.dating import updated_on
from generator.render.files.sitemaps import render_sitemap, sitemap_path
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


class Judged(Struct, frozen=True):
    """Result of judging the batch ``name``: its pages that no rule lets pass, or that cannot be made.

    And for judgement with other pages: what those say that were ``seen`` whole, and ``translations`` of them; the
    values of each that may be those of another; and the pages that none above them lists.
    """

    name: str
    failures: tuple[Failure, ...]
    seen: tuple[Seen, ...]
    translations: tuple[DocumentFacts, ...]
    values: Alike
    unlisted: tuple[str, ...]


class Sought(Struct, frozen=True):
    """Pages of a batch of which more is asked: those whose titles have one of ``digests``, or are among ``titles``.

    Or all of them where ``is_whole``.
    """

    task: Task
    digests: frozenset[bytes]
    titles: frozenset[tuple[str, str]]
    is_whole: bool


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


class BatchBuilder:
    """Everything a process needs to build batches of one plan.

    ``ledger`` is the file to read history from, ``rules`` those that judge, ``files`` what is made beside pages.
    """

    def __init__(
        self, rendering: Rendering, tree: Tree, ledger: Path, dating: Dating, rules: RuleIds, files: PlannedFiles
    ) -> None:
        self._plan = rendering.plan
        self._batches = {batch.name: batch for batch in rendering.plan.batches}
        self._renderer = rendering.renderer
        self._tree = tree
        self._dating = dating
        self._published = planned_site(rendering, tree.folder, files, dating)
        self._judge = Judge(rendering.plan.site.config, self._published, rules)
        self._file = ledger
        self._open = ExitStack()
        self._ledger: Ledger | None = None
        self._pages: dict[str, MadePage] = {}
        self._assigned: dict[str, list[AssignedPages]] = {}
        self._room = ROOM
        self._told: set[bytes] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def judge(self, task: Task) -> Judged:
        """Hold every page of one batch that would change against the rules; writes nothing."""
        routes = tuple(self._plan.routes(self._batches[task.name]))
        history = self._history(task, routes)
        judge = PageJudge(self._judge, self._published, task.name, history, self._dating)
        failures: list[Failure] = []
        pages: list[MadePage] = []
        assigned: list[AssignedPages] = []
        values: list[Alike] = []
        left_out: list[str] = []
        for made in self._renderer.made(routes, history, self._dating):
            if isinstance(made, Failure):
                failures.append(made)
                continue
            if isinstance(made, MadePage):
                pages.append(made)
                judge.page(made)
            else:
                assigned.append(made.assigned())
                judge.variant(made, self._renderer.values_in(made))
            values.append(values_of(made, history))
            left_out += unlisted(made, self._plan)
        self._assigned[task.name] = assigned
        size = sum(page.size for page in pages)
        if size <= self._room:
            self._room -= size
            self._pages |= {page.routes[0].path: page for page in pages}
        return Judged(
            task.name,
            (*failures, *judge.failures),
            tuple(judge.seen),
            tuple(judge.translations),
            joined(values),
            tuple(left_out),
        )

    def facts(self, sought: Sought) -> tuple[PageFacts, ...]:
        """Facts of judged pages that rules on many pages ask for."""
        name = sought.task.name
        routes = tuple(self._plan.routes(self._batches[name]))
        history = self._history(sought.task, routes)
        found: list[PageFacts] = []
        for made in self._renderer.made(routes, history, self._dating, self._pages):
            if isinstance(made, Failure):
                continue
            if sought.is_whole:
                found += facts_of(made, name, history, self._dating.today.isoformat())
            else:
                found += with_values(made, name, sought.digests, sought.titles)
        return tuple(found)

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
        )

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
