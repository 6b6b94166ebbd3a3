"""Makes the pages of one locale: from the frame that they share, or each by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from generator.model import RouteKind, Topic
from generator.order import Printing
from generator.render.built_page import FramedPage, Page, PlainPage, VerifiedPage
from generator.render.content import ContentRenderer
from generator.render.frame import Frame, Local
from generator.render.local_texts import LocalTexts
from generator.render.page import PageBuilder, Subject
from generator.render.partial.values import CannotInline, Value
from generator.render.placeholders import Placeholders, SharedContent, conditions, shared_subject
from generator.render.printing import Explained, Printer
from generator.routing import Route

Shape = tuple[RouteKind, str, tuple[str, ...], tuple[tuple[str, bool], ...]]
"""Kind, topic, translations and conditions: what decides which parts stand on a page."""

WORTH_IT = 30
"""Pages of one shape after which their frame is made: what that costs, Jinja needs for so many."""


class _Kind:
    """What is known of all pages of one kind and topic."""

    def __init__(self, names: Mapping[str, Value], topic: Topic, content: ContentRenderer) -> None:
        self.names = names
        truths = {source: LocalTexts(content, names).truth(source) for source in conditions(topic)}
        self.known = {source.text: truth for source, truth in truths.items() if truth is not None}
        self.open = tuple(source for source, truth in truths.items() if truth is None)


class Pages:
    """Makes the pages of one locale; ``not_found_title`` is the title of the page for unknown addresses."""

    def __init__(self, builder: PageBuilder, printer: Printer, printing: Printing, not_found_title: str) -> None:
        self.builder = builder
        self.printer = printer
        self._printing = printing
        self._not_found_title = not_found_title
        self._made: Counter[Shape] = Counter()
        self._kinds: dict[tuple[RouteKind, str], _Kind] = {}
        self._frames: dict[Shape, Frame | str] = {}

    def alone(self, route: Route) -> PlainPage:
        """The page of ``route``, made by itself; raises ContentError where an author's text does not work on it."""
        if route.topic is None:
            return PlainPage(self.builder.locale_page(route, self._not_found_title), self.printer, lambda: None)
        return self._alone(self.builder.subject(route))

    def _alone(self, subject: Subject) -> PlainPage:
        draft = self.builder.topic_page(subject, self.builder.content)
        return PlainPage(draft, self.printer, lambda: self._local(subject))

    def _local(self, subject: Subject) -> Local | None:
        frame = self._frame(subject, self._shape(subject))
        return None if isinstance(frame, str) else frame.local(subject)

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
        frame = self._frame(subject, shape)
        if isinstance(frame, str) or isinstance(frame.form(is_dated=False), str):
            return None
        page = FramedPage(frame, subject, lambda: self._alone(subject), self.printer)
        if self._printing == "verified":
            return VerifiedPage(page, self._alone(subject), f"{route.kind}.html")
        return page

    def explain(self, route: Route) -> Explained:
        """What becomes of the template of ``route``, which has a topic."""
        subject = self.builder.subject(route)
        frame = self._frame(subject, self._shape(subject))
        form = frame if isinstance(frame, str) else frame.form(is_dated=True)
        residual, reason = (None, form) if isinstance(form, str) else (form.residual, "")
        return Explained(f"{route.kind}.html", route.locale, subject.source.id, residual, reason)

    def _kind(self, subject: Subject) -> _Kind:
        key = (subject.route.kind, subject.source.id)
        if key not in self._kinds:
            self._kinds[key] = _Kind(self.builder.known_names(subject), subject.source, self.builder.content)
        return self._kinds[key]

    def _shape(self, subject: Subject) -> Shape:
        holds, names = self.builder.content.holds, subject.names
        outcomes = tuple([(source.text, holds(source, names)) for source in self._kind(subject).open])
        tags = tuple([alternate.hreflang for alternate in subject.route.alternates])
        return subject.route.kind, subject.source.id, tags, outcomes

    def _frame(self, subject: Subject, shape: Shape) -> Frame | str:
        """The frame of all pages of ``shape``, of which ``subject`` is one; or the reason why there is none."""
        if shape not in self._frames:
            try:
                self._frames[shape] = self._new_frame(subject, dict(shape[-1]))
            except CannotInline as why:
                self._frames[shape] = str(why)
        return self._frames[shape]

    def _new_frame(self, subject: Subject, outcomes: Mapping[str, bool]) -> Frame:
        kind, placeholders = self._kind(subject), Placeholders()
        texts = LocalTexts(self.builder.content, kind.names)
        content = SharedContent(texts, placeholders, {**kind.known, **outcomes})
        draft = self.builder.topic_page(shared_subject(subject, placeholders), content)
        return Frame(draft, placeholders.reads, texts, self.printer)
