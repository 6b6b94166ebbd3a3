"""Makes the pages of one locale: those of places by column, others and those not traced by plain Jinja."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.model import Source
from generator.plan.routes import Route
from generator.render.page import PageBuilder
from generator.render.piece import Piece
from generator.render.plain_page import PlainPage, Printer
from generator.render.traced_pages import TextLayout, TracedPages
from generator.tracing.variants import Unfollowed


class PageText(Struct, frozen=True):
    """Text of a place's page before it is made: the facts that it shows, and its main text; empty where a text fails.

    ``main`` are the pieces of that text; None where it is not followed to its parts. ``whole`` are its texts
    as they stand on the page, each with whether it is HTML: of a page that is not followed, and of others if asked for.
    ``own_names`` are the names of the place and its region, longer ones first, ``names`` their words.
    """

    place: int
    facts: Sequence[object] = ()
    main: Sequence[Piece] | None = None
    whole: Sequence[tuple[str, bool]] | None = None
    own_names: tuple[str, ...] = ()
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

    def page_texts(
        self, routes: Sequence[Route], facts_read: tuple[str, ...], *, is_whole: bool = False
    ) -> Iterator[PageText]:
        """Texts of the pages of ``routes``, places' of one batch; ``is_whole`` asks for ``PageText.whole``."""
        found: dict[str, PageText] = {}
        layouts: dict[int, list[tuple[TextLayout, bool]]] = {}
        for route, text, columns, row in self.traced.texts_of(routes):
            if isinstance(text, Unfollowed):
                found[route.path] = self._unfollowed_text(route, facts_read)
                continue
            if id(text) not in layouts:
                layouts[id(text)] = [(self.traced.layout(parts, is_html=html), html) for parts, html in text.main]
            texts = [
                (self.traced.filled(columns, row, layout, is_html=is_html), is_html)
                for layout, is_html in layouts[id(text)]
            ]
            main = [piece for pieces, _ in texts for piece in pieces]
            whole = [("".join([piece.text for piece in pieces]), html) for pieces, html in texts] if is_whole else None
            shown = self.traced.shown(columns, row, facts_read)
            found[route.path] = PageText(_place_of(route), shown.facts, main, whole, shown.own_names, shown.names)
        yield from (found[route.path] for route in routes)

    def _unfollowed_text(self, route: Route, facts_read: tuple[str, ...]) -> PageText:
        try:
            page = self.plain(route)
            shown = page.facts(facts_read)
        # A text that fails is told of when its page is made.
        except Exception:  # noqa: BLE001
            return PageText(_place_of(route))
        return PageText(_place_of(route), shown.facts, None, page.main_texts(), shown.own_names, shown.names)

    def own_texts(self, route: Route) -> list[tuple[Source, list[Piece]]]:
        """The author's texts on the page of ``route`` that are not the same on all pages, with where each stands."""
        text, columns, row = self.traced.text_of(route)
        return [
            (author.source, self.traced.pieces(columns, row, author.parts, is_html=author.is_html))
            for author in text.texts
        ]

    def whole(self, route: Route, updated: datetime.date | None) -> list[Piece]:
        """The page of ``route`` in pieces of HTML; raises Refused where its own text cannot be told."""
        return self.traced.whole(route, updated)


def _place_of(route: Route) -> int:
    return route.place.id if route.place else 0
