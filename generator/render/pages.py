"""Makes the pages of one locale: from the frame that they share, or each by itself."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

from generator.contract import PageView
from generator.model import RouteKind
from generator.order import Printing
from generator.render.content_digest import combined, content_digest, data_texts, local_facts, page_texts
from generator.render.frame import Frame
from generator.render.page import Draft, PageBuilder, Subject
from generator.render.partial.values import CannotInline
from generator.render.placeholders import Placeholders, SharedContent, filled, outcomes, shared_subject
from generator.render.printing import Explained, Mismatch, Printed, Printer
from generator.routing import Route

T = TypeVar("T")

Shape = tuple[RouteKind, str, tuple[str, ...], tuple[tuple[str, bool], ...]]
"""Kind, topic, translations and conditions: what decides which parts stand on a page."""

WORTH_IT = 30
"""Pages of one shape after which their frame is made: what that costs, Jinja needs for so many."""


class Page(Protocol):
    """One page, all of it but when its content changed."""

    title: str
    description: str
    h1: str
    canonical: str

    def digest(self, facts_read: tuple[str, ...]) -> bytes:
        """The content digest, in which ``facts_read`` are the facts that the page's templates show."""
        ...

    def print(self, updated: datetime.date | None) -> Printed:
        """The page as it is published; ``updated`` is the date that it may claim."""
        ...


class PlainPage(Page):
    """A page that is made by itself."""

    def __init__(self, draft: Draft, printer: Printer) -> None:
        self._draft = draft
        self._printer = printer
        self.title, self.description = draft.page.title, draft.page.description
        self.h1, self.canonical = draft.page.h1, draft.page.canonical

    def digest(self, facts_read: tuple[str, ...]) -> bytes:
        draft = self._draft
        facts = local_facts(draft.page, draft.place, facts_read, self._printer.distance)
        return content_digest((*page_texts(draft.page, draft.topic), *data_texts(draft.nodes)), facts)

    def print(self, updated: datetime.date | None) -> Printed:
        return self._printer.print(self.whole(updated), self._draft.topic, self._draft.place)

    def whole(self, updated: datetime.date | None) -> PageView:
        """The page as a template reads it."""
        return self._draft.dated(updated)


class FramedPage(Page):
    """A page that is made from a frame; ``alone`` makes it by itself."""

    def __init__(self, frame: Frame, subject: Subject, alone: Callable[[], PlainPage], printer: Printer) -> None:
        self._frame = frame
        self._local = frame.local(subject)
        self._alone = alone
        self._printer = printer
        values = self._local.values
        self.title, self.description = filled(frame.title, values), filled(frame.description, values)
        self.h1, self.canonical = filled(frame.h1, values), filled(frame.canonical, values)

    def digest(self, facts_read: tuple[str, ...]) -> bytes:
        subject = self._local.subject
        facts = local_facts(subject, subject.place, facts_read, self._printer.distance)
        return combined(self._frame.digests(self._local), facts)

    def print(self, updated: datetime.date | None) -> Printed:
        return self._frame.print(self._local, updated, lambda: self._alone().whole(updated))


class VerifiedPage(Page):
    """A page that is made in both ways; raises Mismatch where they differ."""

    def __init__(self, framed: Page, plain: Page, template: str) -> None:
        self._framed = framed
        self._plain = plain
        self._template = template
        self.title = self._same(framed.title, plain.title)
        self.description = self._same(framed.description, plain.description)
        self.h1 = self._same(framed.h1, plain.h1)
        self.canonical = self._same(framed.canonical, plain.canonical)

    def digest(self, facts_read: tuple[str, ...]) -> bytes:
        return self._same(self._framed.digest(facts_read), self._plain.digest(facts_read))

    def print(self, updated: datetime.date | None) -> Printed:
        return self._same(self._framed.print(updated), self._plain.print(updated))

    def _same(self, framed: T, plain: T) -> T:
        if framed != plain:
            raise Mismatch(self._template)
        return plain


class Pages:
    """Makes the pages of one locale; ``not_found_title`` is the title of the page for unknown addresses."""

    def __init__(self, builder: PageBuilder, printer: Printer, printing: Printing, not_found_title: str) -> None:
        self.builder = builder
        self.printer = printer
        self._printing = printing
        self._not_found_title = not_found_title
        self._made: Counter[Shape] = Counter()
        self._frames: dict[Shape, Frame | str] = {}

    def alone(self, route: Route) -> PlainPage:
        """The page of ``route``, made by itself; raises ContentError where an author's text does not work on it."""
        if route.topic is None:
            return PlainPage(self.builder.locale_page(route, self._not_found_title), self.printer)
        return self._alone(self.builder.subject(route))

    def _alone(self, subject: Subject) -> PlainPage:
        return PlainPage(self.builder.topic_page(subject, self.builder.content), self.printer)

    def framed(self, route: Route) -> Page | None:
        """The same page, made from the frame that it shares with others; None where there are too few of them.

        Raises whatever can go wrong with the page, which the page by itself explains.
        """
        if self._printing == "plain" or route.topic is None:
            return None
        subject = self.builder.subject(route)
        shape = self._shape(subject)
        self._made[shape] += 1
        if self._printing == "specialised" and self._made[shape] <= WORTH_IT:
            return None
        frame = self.frame(subject, shape)
        if isinstance(frame, str):
            return None
        page = FramedPage(frame, subject, lambda: self._alone(subject), self.printer)
        if self._printing == "verified":
            return VerifiedPage(page, self._alone(subject), f"{route.kind}.html")
        return page

    def explain(self, route: Route) -> Explained:
        """What becomes of the template of ``route``, which has a topic."""
        subject = self.builder.subject(route)
        frame = self.frame(subject, self._shape(subject))
        template, locale = f"{route.kind}.html", route.locale
        if isinstance(frame, str):
            return Explained(template, locale, subject.source.id, None, frame)
        return Explained(template, locale, subject.source.id, frame.form(is_dated=True).residual)

    def _shape(self, subject: Subject) -> Shape:
        tags = tuple([alternate.hreflang for alternate in subject.route.alternates])
        return (
            subject.route.kind,
            subject.source.id,
            tags,
            outcomes(subject.source, self.builder.content, subject.names),
        )

    def frame(self, subject: Subject, shape: Shape) -> Frame | str:
        """The frame of all pages of ``shape``, of which ``subject`` is one; or the reason why there is none."""
        if shape not in self._frames:
            try:
                self._frames[shape] = self._new_frame(subject, dict(shape[-1]))
            except CannotInline as why:
                self._frames[shape] = str(why)
        return self._frames[shape]

    def _new_frame(self, subject: Subject, conditions: Mapping[str, bool]) -> Frame:
        placeholders = Placeholders()
        content = SharedContent(self.builder.content, placeholders, conditions)
        draft = self.builder.topic_page(shared_subject(subject, placeholders), content)
        frame = Frame(draft, placeholders.reads, self.printer)
        # Now, so that what cannot be specialised is known before a page is made from it.
        frame.form(is_dated=False)
        return frame
