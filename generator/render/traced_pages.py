"""Makes the pages of places of one locale by column, from what they have in common."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape
from msgspec import Struct

from generator.ledger.records import Dating, History, PageHistory, has_bytes
from generator.model import Locale, Place, Topic
from generator.plan.routes import Batch, Plan, Route
from generator.render.content_digest import VERSION, content_digest, local_facts
from generator.render.dating import content_changed, updated_on
from generator.render.given_columns import GivenColumns
from generator.render.local_words import LocalText, local_text
from generator.render.page import PageBuilder
from generator.render.piece import Piece
from generator.render.plain_page import Printer
from generator.render.recorded_content import RecordedContent
from generator.render.rows import PlaceRow, PlaceRows
from generator.render.shown import Shown
from generator.render.traced import Shape, Traced, TracedText, shape_of
from generator.templating.environment import template_environment
from generator.tracing.columns import Columns, Rows
from generator.tracing.environment import record
from generator.tracing.expressions import Expressions, Part
from generator.tracing.passages import pieces
from generator.tracing.recorder import Recorder
from generator.tracing.variants import Unfollowed


class MadePage(Struct, frozen=True):
    """One page as tracing made it; ``asks`` is whether it asks to be left out of search, None where that is not known.

    ``is_same`` is whether its content is that of the page before.
    """

    route: Route
    body: bytes
    digest: bytes
    changed: str | None
    is_same: bool
    title: str
    description: str
    h1: str
    canonical: str
    links: tuple[str, ...]
    local: LocalText
    asks: bool | None
    variant: int
    """Tells the variants of this process apart."""
    is_first: bool
    """Whether it is the first page of its variant here, which is compared with plain Jinja's."""


class _Block(Struct, frozen=True):
    key: tuple[str, int]
    columns: Columns
    row_of: Mapping[int, int]
    """The row of each place, by its id."""


class TracedPages:
    """The pages of places of one locale."""

    def __init__(self, plan: Plan, locale: Locale, builder: PageBuilder, printer: Printer) -> None:
        self._plan = plan
        self._builder = builder
        self._distance = printer.distance
        self._shared = printer.shared
        self.expressions = Expressions()
        self._recorder = Recorder(self.expressions)
        self._rows = PlaceRows(plan, locale)
        self._content = RecordedContent(locale, self._recorder)
        environment = template_environment(plan.site.root / "templates", locale)
        self._environment = record(environment, self._recorder)
        self._block: _Block | None = None
        self._traced: dict[tuple[str, Shape], Traced] = {}
        self._proven: set[int] = set()

    def make(
        self, routes: Sequence[Route], history: History, dating: Dating, facts_read: Mapping[str, tuple[str, ...]]
    ) -> Iterator[MadePage]:
        """The pages of ``routes``, which are places' of one batch, in any order; left out are those not followed."""
        for traced, columns, group, by_row in self._groups(routes):
            shown = columns.column(self._shown(facts_read["place"]))
            changed: dict[int, tuple[bytes, str | None, bool]] = {}
            texts: dict[int, TracedText] = {}
            for text, members in traced.texts.assign(columns, group):
                if isinstance(text, Unfollowed):
                    continue
                rows = _listed(columns, members)
                for row, content in zip(rows, text.content.fill(columns, members), strict=True):
                    texts[row] = text
                    before = history.pages.get(by_row[row].path)
                    digest = content_digest(content, shown[row].encoded)
                    is_same = before is not None and self._is_same(
                        before, history, facts_read, digest, content, columns, row
                    )
                    changed[row] = digest, content_changed(dating, before, is_same), is_same
            made = self._printed(traced, columns, by_row, changed, texts, shown)
            if dating.touch:
                touched = {row for row, page in made.items() if _is_touched(page, history)}
                today = dating.today.isoformat()
                changed = {row: (d, today if row in touched else c, s) for row, (d, c, s) in changed.items()}
                made = self._printed(traced, columns, by_row, changed, texts, shown)
            yield from made.values()

    def text_of(self, route: Route) -> tuple[TracedText, Columns, int]:
        """What the article says on the page of ``route``; raises Refused, or what its text raises."""
        ((traced, columns, group, by_row),) = self._groups([route])
        ((text, _),) = traced.texts.assign(columns, group)
        if isinstance(text, Unfollowed):
            raise text.error
        return text, columns, next(iter(by_row))

    def shown(self, columns: Columns, row: int, facts_read: tuple[str, ...]) -> Shown:
        """What the page of a row shows of its place."""
        found: Shown = columns.column(self._shown(facts_read))[row]
        return found

    def pieces(self, columns: Columns, row: int, parts: tuple[Part, ...], *, is_html: bool) -> list[Piece]:
        """The pieces of a text on the page of a row."""
        return [
            Piece(
                piece.part if isinstance(piece.part, str) else columns.texts(piece.part)[row], is_html, piece.is_shared
            )
            for piece in pieces(self.expressions, parts)
        ]

    def whole(self, route: Route, updated: datetime.date | None) -> list[Piece]:
        """The page of ``route`` in pieces of HTML; raises Refused where nobody can tell what is its own."""
        ((traced, columns, group, by_row),) = self._groups([route])
        row = next(iter(by_row))
        given = GivenColumns(self.expressions, columns, {traced.updated: [updated] * len(columns.rows)})
        ((page, _),) = traced.pages.assign(given, given.group(list(by_row)))
        if isinstance(page, Unfollowed):
            raise page.error
        found = [Piece(page.body.constants[0].decode(), is_html=True, is_shared=True)]
        for slot, constant in zip(page.body.slots, page.body.constants[1:], strict=True):
            found.append(Piece(str(escape(Markup(given.texts(slot)[row]))), is_html=True))  # noqa: S704 - from the page
            found.append(Piece(constant.decode(), is_html=True, is_shared=True))
        return found

    def explain(self, route: Route) -> Iterator[str]:
        """How pages like that of ``route`` are made, and why some are left to plain Jinja, one line each."""
        for traced, columns, group, _ in self._groups([route]):
            given = GivenColumns(self.expressions, columns, {traced.updated: [None] * len(columns.rows)})
            found = [
                *(text for text, _ in traced.texts.assign(columns, group)),
                *(page for page, _ in traced.pages.assign(given, _same_group(columns, group, given))),
            ]
            name = f"templates/{route.kind}.html, {route.locale}, {route.topic.id if route.topic else ''}"
            left = [str(one.error) for one in found if isinstance(one, Unfollowed)]
            yield from (f"{name}: left to plain Jinja: {why}." for why in left)
            if not left:
                yield f"{name}: made by column."

    def _groups(self, routes: Sequence[Route]) -> Iterator[tuple[Traced, Columns, int, dict[int, Route]]]:
        """The routes by what they share: the rows of each group, and the route of each row."""
        shapes: dict[tuple[str, Shape], dict[int, Route]] = {}
        block: _Block | None = None
        for route in routes:
            if route.place is None or route.topic is None:
                raise ValueError(f"{route.path} is no page of a place")
            block = block or self._block_of(route.place)
            row = block.row_of[route.place.id]
            shape = shape_of(route, block.columns.rows[row].tail)  # type: ignore[attr-defined]
            shapes.setdefault((route.topic.id, shape), {})[row] = route
        for (_, shape), by_row in shapes.items():
            assert block is not None
            topic = next(iter(by_row.values())).topic
            assert topic is not None
            is_whole = len(by_row) == len(block.columns.rows)
            group = 0 if is_whole else block.columns.group(sorted(by_row))
            yield self._traced_of(topic, shape), block.columns, group, by_row

    def _block_of(self, place: Place) -> _Block:
        key = (place.region.key, self._plan.buckets.get(place.id, 0))
        if self._block is None or self._block.key != key:
            places = [other for other in self._plan.by_region[key[0]] if self._plan.buckets.get(other.id, 0) == key[1]]
            columns = Columns(self.expressions, self._rows.of(places))
            self._block = _Block(key, columns, {other.id: row for row, other in enumerate(places)})
        return self._block

    def _traced_of(self, topic: Topic, shape: Shape) -> Traced:
        found = self._traced.get((topic.id, shape))
        if found is None:
            found = self._traced[topic.id, shape] = Traced(
                self._plan,
                topic,
                shape,
                self._recorder,
                self._content,
                self._builder,
                self._environment,
                self._shared,
            )
        return found

    def _shown(self, facts_read: tuple[str, ...]) -> int:
        """The expression of what pages show of a place, of those that its templates read."""
        function = self.expressions.constant(("shown",), self._shown_column)
        return self.expressions.number("columns", function, facts_read)

    def _shown_column(self, columns: Columns, facts_read: tuple[str, ...]) -> list[Shown]:
        rows: Sequence[PlaceRow] = columns.rows  # type: ignore[assignment]
        return [Shown(local_facts(row, row.place, facts_read, self._distance), row.region, row.place) for row in rows]

    def _is_same(
        self,
        before: PageHistory,
        history: History,
        facts_read: Mapping[str, tuple[str, ...]],
        digest: bytes,
        content: bytes,
        columns: Columns,
        row: int,
    ) -> bool:
        """Whether the page's content is what it was, by the facts that its templates showed then.

        So templates that show more or less change no date. A digest of another version cannot be compared.
        """
        read = history.facts_read.get(before.batch, facts_read)
        if read["version"] != (VERSION,):
            return True
        if read["place"] != facts_read["place"]:
            digest = content_digest(content, self.shown(columns, row, read["place"]).encoded)
        return digest == before.content_digest

    def _printed(
        self,
        traced: Traced,
        columns: Columns,
        by_row: Mapping[int, Route],
        changed: Mapping[int, tuple[bytes, str | None, bool]],
        texts: Mapping[int, TracedText],
        shown: Sequence[Shown],
    ) -> dict[int, MadePage]:
        """The pages of the rows that ``changed`` has, with the dates that it gives."""
        if not changed:
            return {}
        dates: list[Any] = [None] * len(columns.rows)
        for row, (_, day, _) in changed.items():
            dates[row] = updated_on(by_row[row], day)
        given = GivenColumns(self.expressions, columns, {traced.updated: dates})
        group = 0 if len(changed) == len(columns.rows) else given.group(sorted(changed))
        made: dict[int, MadePage] = {}
        words = self._local_words(columns, texts, shown)
        for page, members in traced.pages.assign(given, group):
            if isinstance(page, Unfollowed):
                continue
            rows = _listed(columns, members)
            is_first = id(page) not in self._proven
            self._proven.add(id(page))
            links = zip(*[given.texts(link) for link in page.links], strict=True) if page.links else None
            all_links = [*links] if links else [()] * len(columns.rows)
            for row, body in zip(rows, page.body.fill(given, members), strict=True):
                text = texts[row]
                digest, day, is_same = changed[row]
                made[row] = MadePage(
                    by_row[row],
                    body,
                    digest,
                    day,
                    is_same,
                    columns.texts(text.title)[row],
                    columns.texts(text.description)[row],
                    columns.texts(text.h1)[row],
                    columns.texts(text.canonical)[row],
                    tuple(dict.fromkeys([link for link in all_links[row] if link[:1] == "/" and link[:2] != "//"])),
                    words[row],
                    page.asks,
                    id(page),
                    is_first,
                )
                is_first = False
        return made

    def _local_words(
        self, columns: Columns, texts: Mapping[int, TracedText], shown: Sequence[Shown]
    ) -> dict[int, LocalText]:
        """The words that only each page has."""
        found: dict[int, LocalText] = {}
        for row, text in texts.items():
            own = [
                Piece(part if isinstance(part, str) else columns.texts(part)[row], is_html)
                for part, is_html in text.own
            ]
            found[row] = local_text(own, shown[row].names, shown[row].words)
        return found


def _same_group(columns: Columns, group: int, other: Columns) -> int:
    """The group of ``other`` with the same rows."""
    members = columns.members(group)
    return 0 if members is None else other.group(members)


def _listed(columns: Columns, members: Rows) -> Sequence[int]:
    return range(len(columns.rows)) if members is None else members


def _is_touched(page: MadePage, history: History) -> bool:
    """Whether the page is published with other bytes."""
    before = history.pages.get(page.route.path)
    return before is not None and not has_bytes(before, page.body)
