"""Makes the pages of one locale: those of places by column, the others, and what is not followed, by plain Jinja."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.model import Source
from generator.plan.routes import Route
from generator.render.local_words import NO_LOCAL_TEXT, LocalText, local_text
from generator.render.page import PageBuilder
from generator.render.piece import Piece
from generator.render.plain_page import PlainPage, Printer
from generator.render.shown import Shown
from generator.render.traced import TracedText
from generator.render.traced_pages import TracedPages
from generator.tracing.columns import Columns
from generator.tracing.expressions import parts_of
from generator.tracing.variants import Unfollowed


class Glimpse(Struct, frozen=True):
    """What the page of a place will say: the facts that it shows, and as far as it can be told what only it says.

    ``words`` counts those of its own, ``main`` are the pieces of its main text, ``names`` its place's names in words.
    """

    place: int
    facts: Sequence[object]
    words: int | None = None
    main: Sequence[Piece] | None = None
    names: frozenset[str] = frozenset()


class Pages:
    """Makes the pages of one locale; ``not_found_title`` is the title of the page for unknown addresses."""

    def __init__(self, builder: PageBuilder, printer: Printer, traced: TracedPages, not_found_title: str) -> None:
        self._builder = builder
        self._printer = printer
        self.traced = traced
        self._not_found_title = not_found_title

    def plain(self, route: Route) -> PlainPage:
        """The page of ``route``; raises ContentError where an author's text does not work on it."""
        if route.topic is None:
            draft = self._builder.locale_page(route, self._not_found_title)
        else:
            draft = self._builder.topic_page(self._builder.subject(route), self._builder.content)
        return PlainPage(draft, self._printer)

    def glimpses(self, routes: Sequence[Route], facts_read: tuple[str, ...]) -> Iterator[Glimpse]:
        """What the pages of ``routes``, places' of one batch, will say; nothing of one whose texts are not followed."""
        found: dict[str, Glimpse] = {}
        for route, text, columns, row in self.traced.texts_of(routes):
            if not isinstance(text, Unfollowed):
                found[route.path] = self._glimpse(route, text, columns, row, facts_read)
        for route in routes:
            yield found.get(route.path) or Glimpse(route.place.id if route.place else 0, ())

    def glimpse(self, route: Route, facts_read: tuple[str, ...]) -> Glimpse:
        """The same of one page; raises what a text of its author raises."""
        return self._glimpse(route, *self.traced.text_of(route), facts_read)

    def _glimpse(
        self, route: Route, text: TracedText, columns: Columns, row: int, facts_read: tuple[str, ...]
    ) -> Glimpse:
        shown = self.traced.shown(columns, row, facts_read)
        main = [
            piece for parts, is_html in text.main for piece in self.traced.pieces(columns, row, parts, is_html=is_html)
        ]
        words = local_text(self._own(text, columns, row), shown.names, shown.words).words
        return Glimpse(route.place.id if route.place else 0, shown.facts, words, main, shown.names)

    def _own(self, text: TracedText, columns: Columns, row: int) -> list[Piece]:
        """The pieces of the author's texts that only the page has."""
        return [
            Piece(part if isinstance(part, str) else str(columns.column(part)[row]), is_html)
            for part, is_html in text.own
        ]

    def local_words(self, route: Route, shown: Shown) -> LocalText | None:
        """The words that only the page of ``route`` has, which shows so much; None where nobody can tell."""
        if not route.place:
            return local_text((), shown.names, shown.words) if route.topic else NO_LOCAL_TEXT
        try:
            own = self._own(*self.traced.text_of(route))
        # A text that fails, or that is not followed.
        except Exception:  # noqa: BLE001
            return None
        return local_text(own, shown.names, shown.words)

    def own_texts(self, route: Route) -> list[tuple[Source, list[Piece]]]:
        """The author's texts on the page of ``route`` that are not the same on all pages, with where each stands."""
        text, columns, row = self.traced.text_of(route)
        return [
            (author.source, self.traced.pieces(columns, row, parts_of(author.text), is_html=author.is_html))
            for author in text.texts
        ]

    def whole(self, route: Route, updated: datetime.date | None) -> list[Piece]:
        """The page of ``route`` in pieces of HTML; raises Refused where nobody can tell what is its own."""
        return self.traced.whole(route, updated)
