"""Makes the pages of places and of regions of one locale by column, from what they have in common."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import blake2b
from zlib import compress, decompress

from markupsafe import escape
from msgspec import Struct, msgpack
from msgspec.json import encode

from generator.ledger.printed import json_letters
from generator.ledger.records import DIGEST_SIZE, Dating, History, PageHistory, has_bytes
from generator.model import Locale, RouteKind, Topic
from generator.plan.routes import Plan, Route
from generator.render.blocks import Block, Blocks
from generator.render.content_digest import VERSION, content_digest
from generator.render.dating import content_changed, updated_on
from generator.render.given_columns import GivenColumns
from generator.render.made_pages import AssignedPages, MadePages
from generator.render.page import PageBuilder
from generator.render.piece import Piece
from generator.render.plain_page import Printer
from generator.render.recorded_content import RecordedContent, fitted
from generator.render.rows import HubRow, PlaceRow
from generator.render.shown_facts import ShownFacts, shown_on
from generator.render.traced import KINDS, KeptTraces, PagesKind, Shape, Traced, TracedText, shape_of
from generator.render.traced_links import UNESCAPE, unescaped
from generator.render.traced_page import TracedPage
from generator.templating.environment import template_environment, template_fault, translations
from generator.tracing.columns import Columns
from generator.tracing.environment import MESSAGES, record
from generator.tracing.expressions import LOOP, OPEN, Expressions, Part
from generator.tracing.loops import of_row
from generator.tracing.passages import pieces
from generator.tracing.recorder import Recorder
from generator.tracing.variants import WORTH, Unfollowed

TextLayout = Sequence[Piece | int]
_DECODER = msgpack.Decoder(KeptTraces)


class TracedPages:
    """The pages of places and regions of one locale."""

    def __init__(self, plan: Plan, locale: Locale, builder: PageBuilder, printer: Printer) -> None:
        self._plan = plan
        self._builder = builder
        self._distance = printer.distance
        self._shared = printer.shared
        self.expressions = Expressions()
        self._depends: dict[int, bool] = {}
        self._recorder = Recorder(self.expressions)
        catalogue = translations(locale)
        self._recorder.functions |= {
            ("json",): json_letters,
            UNESCAPE: unescaped,
            **{(name,): getattr(catalogue, name) for name in MESSAGES},
        }
        self._blocks = Blocks(plan, locale, self.expressions)
        self._content = RecordedContent(locale, self._recorder)
        environment = template_environment(plan.site.root / "templates", locale)
        self._environment = record(environment, self._recorder)
        self._is_refused = OPEN in encode(plan.site.config.model_dump(mode="json")).decode() or OPEN in repr(
            plan.site.attributions
        )
        self._hubs: dict[str, int] = {}
        """How many regions have a page of each topic, by its id."""
        self._traced: dict[tuple[PagesKind, str, Shape], Traced] = {}
        self._kept: dict[str, bytes] = {}
        self._sizes: dict[str, tuple[int, int]] = {}
        """Sizes of what was traced when it was last recalled, or given to be kept."""

    def recall(self, kept: Mapping[str, bytes]) -> None:
        """Use what ``keep`` gave in an earlier build, where it is asked for."""
        self._kept.update(kept)

    def keep(self, topic: str, is_right: Callable[[TracedPage], bool]) -> dict[str, bytes]:
        """Traces of the pages of a topic for ``recall``, by names; of those that have not grown since, none."""
        found: dict[str, bytes] = {}
        for (_, of_topic, _), traced in self._traced.items():
            if of_topic == topic and self._sizes.get(traced.name) != (size := traced.size):
                self._sizes[traced.name] = size
                # What cannot be written down is traced again.
                with suppress(LookupError, UnicodeEncodeError, OverflowError, TypeError):
                    packed = compress(msgpack.encode(traced.keep(is_right)), 1)
                    found[traced.name] = _digest(packed) + packed
        return found

    def make(
        self, routes: Sequence[Route], history: History, dating: Dating, facts_read: Mapping[str, tuple[str, ...]]
    ) -> Iterator[MadePages]:
        """The pages of ``routes``, which are of one batch, by variant; left out are those not followed.

        So are those of kinds of which there are too few to trace them.
        """
        for traced, columns, group, by_row in self._groups(routes):
            shown = columns.column(self._shown(facts_read[traced.kind]))
            dated: list[_Dated] = []
            for text, members in traced.texts.assign(columns, group):
                if not isinstance(text, Unfollowed):
                    rows = range(len(columns.rows)) if members is None else members
                    contents = text.content.fill(columns, members)
                    dated.append(
                        _Dated(
                            text,
                            rows,
                            [
                                *self._dates(
                                    traced.kind, rows, contents, by_row, columns, shown, history, dating, facts_read
                                )
                            ],
                        )
                    )
            made = [*self._printed(traced, columns, by_row, dated)]
            if dating.touch and (touched := {row for pages in made for row in _touched(pages, history)}):
                today = dating.today.isoformat()
                dated = [
                    _Dated(
                        one.text,
                        one.rows,
                        [
                            (digest, today, False) if row in touched else (digest, day, is_same)
                            for row, (digest, day, is_same) in zip(one.rows, one.dates, strict=True)
                        ],
                    )
                    for one in dated
                ]
                made = [*self._printed(traced, columns, by_row, dated)]
            yield from made

    def again(self, routes: Sequence[Route], kept: Sequence[AssignedPages]) -> Iterator[MadePages]:
        """The pages that ``make`` gave for the same ``routes``, from what was kept of them."""
        for traced, columns, _, by_row in self._groups(routes) if kept else ():
            days: list[datetime.date | None] = [None] * len(columns.rows)
            own = [some for some in kept if some.traced is traced]
            for some in own:
                for row, day in zip(some.rows, some.changed, strict=True):
                    days[row] = updated_on(by_row[row], day)
            given = GivenColumns(self.expressions, columns, {traced.updated: days}, self._depends)
            for some in own:
                found = [by_row[row] for row in some.rows]
                yield MadePages(
                    traced, some.text, some.page, given, some.rows, found, some.digests, some.changed, some.is_same
                )

    def _dates(
        self,
        kind: PagesKind,
        rows: Sequence[int],
        contents: Iterable[bytes],
        by_row: Mapping[int, Route],
        columns: Columns,
        shown: Sequence[ShownFacts],
        history: History,
        dating: Dating,
        facts_read: Mapping[str, tuple[str, ...]],
    ) -> Iterator[tuple[bytes, str | None, bool]]:
        """Of each page its content's digest, the day on which that changed, and whether it is the same as before."""
        for row, content in zip(rows, contents, strict=True):
            before = history.pages.get(by_row[row].path)
            digest = content_digest(content, shown[row].encoded)
            is_same = before is not None and self._is_same(
                kind, before, history, facts_read, digest, content, columns, row
            )
            yield digest, content_changed(dating, before, is_same), is_same

    def texts_of(self, routes: Sequence[Route]) -> Iterator[tuple[Route, TracedText | Unfollowed, Columns, int]]:
        """Variant of the article on the page of each of ``routes``, with its row."""
        for traced, columns, group, by_row in self._groups(routes):
            for text, members in traced.texts.assign(columns, group):
                for row in range(len(columns.rows)) if members is None else members:
                    yield by_row[row], text, columns, row

    def text_of(self, route: Route) -> tuple[TracedText, Columns, int]:
        """The same of one page; raises Refused, or what its text raises."""
        ((_, text, columns, row),) = self.texts_of([route])
        if isinstance(text, Unfollowed):
            raise text.error
        return text, columns, row

    def shown(self, columns: Columns, row: int, facts_read: tuple[str, ...]) -> ShownFacts:
        """Facts of its place or region that the page of a row shows."""
        found: ShownFacts = columns.column(self._shown(facts_read))[row]
        return found

    def pieces(self, columns: Columns, row: int, parts: tuple[Part, ...], *, is_html: bool) -> list[Piece]:
        """The pieces of a text on the page of a row."""
        return self.filled(columns, row, self.layout(parts, is_html=is_html), is_html=is_html)

    def layout(self, parts: tuple[Part, ...], *, is_html: bool) -> TextLayout:
        """The pieces of a text on all its pages, with the expressions of values in their places."""
        return [
            Piece(piece.part, is_html, piece.is_shared) if isinstance(piece.part, str) else piece.part
            for piece in pieces(self.expressions, parts)
        ]

    def filled(self, columns: Columns, row: int, layout: TextLayout, *, is_html: bool) -> list[Piece]:
        """The pieces of a text on the page of a row."""
        return [
            Piece(str(columns.column(piece)[row]), is_html) if isinstance(piece, int) else piece for piece in layout
        ]

    def whole(self, route: Route, updated: datetime.date | None) -> list[Piece]:
        """The page of ``route`` in pieces of HTML; raises Refused where nobody can tell what is its own."""
        ((traced, columns, _, by_row),) = self._groups([route])
        row = next(iter(by_row))
        given = GivenColumns(self.expressions, columns, {traced.updated: [updated] * len(columns.rows)}, self._depends)
        ((page, _),) = traced.pages(self.text_of(route)[0]).assign(given, given.group(list(by_row)))
        if isinstance(page, Unfollowed):
            raise page.error
        found = [Piece(page.body.constants[0].decode(), is_html=True, is_shared=True)]
        for slot, constant in zip(page.body.slots, page.body.constants[1:], strict=True):
            found += self._in_html(slot, given, row)
            found.append(Piece(constant.decode(), is_html=True, is_shared=True))
        return found

    def _in_html(self, slot: int, columns: Columns, row: int) -> Iterator[Piece]:
        """Pieces in a slot of a page.

        Of a title that was chosen to fit, and of each item of a list, what all pages say of it is shared.
        """
        operation, *given = self.expressions.rows[slot]
        if operation == LOOP:
            for body, items, item in of_row(columns, slot, row):
                for part in body:
                    if isinstance(part, str):
                        yield Piece(part, is_html=True, is_shared=True)
                    else:
                        yield from self._in_html(part, items, item)
            return
        wording = fitted(self.expressions, given[1], columns, row) if operation == "letters" else None
        if wording is None or self.expressions.constants[given[0]] is not escape:
            yield Piece(columns.texts(slot)[row], is_html=True)
            return
        for part in wording:
            text = part if isinstance(part, str) else columns.texts(part)[row]
            yield Piece(str(escape(text)), is_html=True, is_shared=isinstance(part, str))

    def explain(self, route: Route) -> Iterator[str]:
        """How pages like that of ``route`` are made, and what of them is left to plain Jinja, one line each."""
        name = f"templates/{route.kind}.html, {route.locale}, {route.topic.id if route.topic else ''}"
        if route.topic and not self._are_many(route.kind, route.topic):
            yield f"{name}: left to plain Jinja: there are few such pages."
        for traced, columns, group, _ in self._groups([route]):
            given = GivenColumns(self.expressions, columns, {traced.updated: [None] * len(columns.rows)}, self._depends)
            found: list[object] = []
            for text, members in traced.texts.assign(columns, group):
                found.append(text)
                if not isinstance(text, Unfollowed):
                    rows = 0 if members is None else given.group(members)
                    found += [page for page, _ in traced.pages(text).assign(given, rows)]
            left = [template_fault(one.error) for one in found if isinstance(one, Unfollowed)]
            yield from (f"{name}: left to plain Jinja: {fault.where}: {fault.what}." for fault in left)
            if not left:
                yield f"{name}: made by column."

    def _groups(self, routes: Sequence[Route]) -> Iterator[tuple[Traced, Columns, int, dict[int, Route]]]:
        """The routes, which are of one batch, by what they share: the rows of each group, and the route of each row."""
        for kind in KINDS:
            shapes: dict[Shape, dict[int, Route]] = {}
            block: Block | None = None
            for route in routes:
                if route.kind == kind and route.topic and self._are_many(kind, route.topic):
                    block = block or self._blocks.of(route, route.topic)
                    row = block.row_of[route.place.id] if route.place else 0
                    shape = shape_of(route, block.columns.rows[row].tail)  # type: ignore[attr-defined]
                    shapes.setdefault(shape, {})[row] = route
            for shape, by_row in shapes.items():
                topic = next(iter(by_row.values())).topic
                if block and topic:
                    is_whole = len(by_row) == len(block.columns.rows)
                    group = 0 if is_whole else block.columns.group(sorted(by_row))
                    yield self._traced_of(kind, topic, shape), block.columns, group, by_row

    def _are_many(self, kind: RouteKind, topic: Topic) -> bool:
        """Whether to trace pages of a kind costs less than to make each by itself."""
        if kind == "place":
            return True
        if topic.id not in self._hubs:
            self._hubs[topic.id] = len(self._plan.regions_of(topic))
        return self._hubs[topic.id] > WORTH

    def _traced_of(self, kind: PagesKind, topic: Topic, shape: Shape) -> Traced:
        found = self._traced.get((kind, topic.id, shape))
        if found is None:
            found = self._traced[kind, topic.id, shape] = Traced(
                self._plan,
                kind,
                topic,
                shape,
                self._recorder,
                self._content,
                self._builder,
                self._environment,
                self._shared,
                is_refused=self._is_refused,
            )
            kept = self._kept.pop(found.name, b"")
            digest, packed = kept[:DIGEST_SIZE], kept[DIGEST_SIZE:]
            # What another program has altered is traced once more.
            if packed and digest == _digest(packed):
                # So is what this process has no functions for.
                with suppress(LookupError):
                    found.recall(_DECODER.decode(decompress(packed)))
            self._sizes[found.name] = found.size
        return found

    def _shown(self, facts_read: tuple[str, ...]) -> int:
        """The expression of what pages show of a place or region, of what their templates read."""
        function = self.expressions.constant(("shown",), self._shown_column)
        return self.expressions.number("columns", function, facts_read)

    def _shown_column(self, columns: Columns, facts_read: tuple[str, ...]) -> list[ShownFacts]:
        rows: Sequence[PlaceRow | HubRow] = columns.rows  # type: ignore[assignment]
        return [shown_on(row, row.place, facts_read, self._distance) for row in rows]

    def _is_same(
        self,
        kind: PagesKind,
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
        if read[kind] != facts_read[kind]:
            digest = content_digest(content, self.shown(columns, row, read[kind]).encoded)
        return digest == before.content_digest

    def _printed(
        self,
        traced: Traced,
        columns: Columns,
        by_row: Mapping[int, Route],
        dated: Sequence[_Dated],
    ) -> Iterator[MadePages]:
        """The pages with their dates."""
        days: list[datetime.date | None] = [None] * len(columns.rows)
        for one in dated:
            for row, (_, day, _) in zip(one.rows, one.dates, strict=True):
                days[row] = updated_on(by_row[row], day)
        given = GivenColumns(self.expressions, columns, {traced.updated: days}, self._depends)
        for one in dated:
            of_row = dict(zip(one.rows, one.dates, strict=True))
            is_whole = len(one.rows) == len(columns.rows)
            for page, members in traced.pages(one.text).assign(given, 0 if is_whole else given.group(one.rows)):
                if isinstance(page, Unfollowed):
                    continue
                rows = range(len(columns.rows)) if members is None else members
                dates = [of_row[row] for row in rows]
                yield MadePages(
                    traced,
                    one.text,
                    page,
                    given,
                    rows,
                    [by_row[row] for row in rows],
                    [digest for digest, _, _ in dates],
                    [day for _, day, _ in dates],
                    [is_same for _, _, is_same in dates],
                )


def _digest(packed: bytes) -> bytes:
    return blake2b(packed, digest_size=DIGEST_SIZE).digest()


class _Dated(Struct, frozen=True):
    """Pages whose article is of one variant, with what ``_dates`` says of each."""

    text: TracedText
    rows: Sequence[int]
    dates: Sequence[tuple[bytes, str | None, bool]]


def _touched(pages: MadePages, history: History) -> Iterator[int]:
    """The rows whose pages are published with other bytes."""
    for row, route, body in zip(pages.rows, pages.routes, pages.bodies(), strict=True):
        before = history.pages.get(route.path)
        if before is not None and not has_bytes(before, body):
            yield row
