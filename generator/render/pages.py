"""Makes the pages of one locale: from the frame that they share, or each by itself."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec
from msgspec import Struct

from generator.model import RouteKind, Source, Topic
from generator.options import Printing
from generator.plan.routes import Route
from generator.render.built_page import FramedPage, Page, PlainPage, VerifiedPage
from generator.render.content import ContentRenderer
from generator.render.frame import Frame, Local
from generator.render.local_texts import LocalTexts, Piece
from generator.render.local_words import local_text
from generator.render.page import PageBuilder, Subject
from generator.render.partial.values import CannotInline, Value
from generator.render.placeholders import Placeholders, SharedContent, conditions, has_placeholder, shared_subject
from generator.render.printing import Explained, Printer
from generator.render.shown import ShownFacts
from generator.render.specialize import UnusualPage

Shape = tuple[RouteKind, str, bool, tuple[str, ...], int, tuple[bool, ...]]
"""Kind, topic, whether it may be indexed, translations, how many of them are named to search engines, and conditions:
what decides which parts stand on a page."""

WORTH_IT = 12
"""Pages of one shape for which their frame is worth making: what that costs, Jinja needs for so many."""

LONE = 5
"""Frames for fewer pages that cost no more than to compile the template of a kind, which its first page alone needs."""


class Glimpse(Struct, frozen=True):
    """What the page of a place will say: the facts that it shows, and as far as it can be told what only it says.

    ``words`` counts those of its own, ``main`` are the pieces of its main text, ``names`` its place's names in words.
    """

    place: int
    facts: Sequence[object]
    words: int | None = None
    main: Sequence[Piece] | None = None
    names: frozenset[str] = frozenset()


def _has_private(value: object) -> bool:
    """Whether a text of ``value`` has a character of which placeholders are made."""
    return has_placeholder(msgspec.json.encode(value, enc_hook=str).decode())


class _Kind:
    """What is known of all pages of one kind and topic."""

    def __init__(self, names: Mapping[str, Value], topic: Topic, content: ContentRenderer) -> None:
        self.names = names
        self._open = LocalTexts(content, names)
        self._conditions: list[str] = []
        self._known: dict[str, bool] = {}
        for condition in conditions(topic):
            truth = Source(f"{{% if {condition.text} %}}true{{% endif %}}", condition.where)
            wording = self._open.wording(truth, is_html=False)
            if wording.shared is None:
                self._open.add(len(self._conditions), [wording], is_html=False)
                self._conditions.append(condition.text)
            else:
                self._known[condition.text] = bool(wording.shared)

    def outcomes(self, names: dict[str, object]) -> tuple[bool, ...]:
        """Whether each condition is true on the page of ``names``, of those that only the page can answer."""
        if not self._conditions:
            return ()
        answers, _ = self._open.evaluate(names)
        return tuple([bool(answers[number]) for number in range(len(self._conditions))])

    def holding(self, outcomes: tuple[bool, ...]) -> dict[str, bool]:
        """Whether each condition of the topic is true, by its text."""
        return {**self._known, **dict(zip(self._conditions, outcomes, strict=True))}


class Pages:
    """Makes the pages of one locale; ``not_found_title`` is the title of the page for unknown addresses."""

    def __init__(self, builder: PageBuilder, printer: Printer, printing: Printing, not_found_title: str) -> None:
        self.builder = builder
        self.printer = printer
        self._printing = printing
        self._not_found_title = not_found_title
        self._is_private = _has_private(builder.config.model_dump(mode="json"))
        self._expected: Counter[Shape] = Counter()
        self._lone: dict[RouteKind, set[Shape]] = {}
        self._kinds: dict[tuple[RouteKind, str], _Kind] = {}
        self._frames: dict[Shape, Frame | str] = {}
        self._shown = ShownFacts(printer.distance)

    def anew(self) -> Pages:
        """The same for pages of which nothing is known yet, which are made by themselves."""
        return Pages(self.builder.anew(), self.printer, "plain", self._not_found_title)

    def subject(self, route: Route) -> Subject | None:
        """What the page of ``route`` is about; None where that is no topic."""
        return self.builder.subject(route) if route.topic else None

    def alone(self, route: Route, subject: Subject | None) -> PlainPage:
        """The page of ``route``, made by itself; raises ContentError where an author's text does not work on it."""
        if subject is None:
            return PlainPage(
                self.builder.locale_page(route, self._not_found_title), self.printer, self._shown, lambda: None
            )
        draft = self.builder.topic_page(subject, self.builder.content)
        return PlainPage(draft, self.printer, self._shown, lambda: self._local(subject))

    def _local(self, subject: Subject) -> Local | None:
        frame = self._frame(subject, self._shape(subject))
        return None if isinstance(frame, str) else frame.local(subject)

    def framed(self, route: Route, subject: Subject, coming: int) -> Page | None:
        """The same page, made from the frame that it shares with others; None where there are too few of them.

        ``coming`` is how many more like it are known to come. Raises whatever can go wrong with the page, which
        the page by itself explains.
        """
        if self._printing == "plain":
            return None
        shape = self._shape(subject)
        # Once enough are expected that is settled, also for processes that begin later.
        self._expected[shape] = max(self._expected[shape] + 1, coming)
        if self._printing == "specialised" and self._expected[shape] <= WORTH_IT:
            lone = self._lone.setdefault(route.kind, set())
            if len(lone) < LONE:
                lone.add(shape)
            if shape not in lone:
                return None
        frame = self._frame(subject, shape)
        if isinstance(frame, str) or not frame.is_of_use:
            return None
        page = FramedPage(frame, subject, lambda: self.alone(route, subject), self._shown)
        if self._printing == "verified":
            return VerifiedPage(page, self.alone(route, subject), f"{route.kind}.html")
        return page

    def glimpse(self, route: Route, facts_read: tuple[str, ...]) -> Glimpse:
        """What the page of ``route``, which is a place's, will say; raises what a text of its author raises."""
        subject = self.builder.subject(route)
        number = route.place.id if route.place else 0
        shown = self._shown.of(subject, facts_read)
        frame = self._frame(subject, self._shape(subject))
        if isinstance(frame, str):
            return Glimpse(number, shown.facts)
        main, own = frame.main_text(subject)
        words = local_text(own, shown.names, shown.words).words
        return Glimpse(number, shown.facts, words, main, shown.names)

    def own_texts(self, route: Route) -> list[tuple[Source, list[Piece]]]:
        """The author's texts on the page of ``route`` that are not the same on all pages, with where each stands."""
        subject = self.builder.subject(route)
        frame = self._frame(subject, self._shape(subject))
        return [] if isinstance(frame, str) else [*frame.own_texts(subject)]

    def whole(self, route: Route, updated: datetime.date | None) -> list[Piece]:
        """The page of ``route`` in pieces of HTML; raises UnusualPage where nobody can tell what is its own."""
        subject = self.builder.subject(route)
        frame = self._frame(subject, self._shape(subject))
        if isinstance(frame, str):
            raise UnusualPage(frame)
        return frame.whole(subject, updated, lambda: self.alone(route, subject).whole(updated))

    def explain(self, route: Route) -> Explained:
        """What becomes of the template of ``route``, which has a topic."""
        subject = self.builder.subject(route)
        frame = self._frame(subject, self._shape(subject))
        form = frame if isinstance(frame, str) else frame.form(is_dated=True)
        layout, reason = (None, form) if isinstance(form, str) else (form.layout, "")
        return Explained(f"{route.kind}.html", route.locale, subject.source.id, layout, reason)

    def _kind(self, subject: Subject) -> _Kind:
        key = (subject.route.kind, subject.source.id)
        if key not in self._kinds:
            self._kinds[key] = _Kind(self.builder.known_names(subject), subject.source, self.builder.content)
        return self._kinds[key]

    def _shape(self, subject: Subject) -> Shape:
        route, outcomes = subject.route, self._kind(subject).outcomes(subject.names)
        tags = tuple([version.hreflang for version in route.versions])
        if route.alternates != route.versions:
            tags += tuple([alternate.hreflang for alternate in route.alternates])
        return route.kind, subject.source.id, route.is_indexable, tags, len(route.alternates), outcomes

    def _frame(self, subject: Subject, shape: Shape) -> Frame | str:
        """The frame of all pages of ``shape``, of which ``subject`` is one; or the reason why there is none."""
        if shape not in self._frames:
            try:
                self._frames[shape] = self._new_frame(subject, shape[-1])
            except CannotInline as why:
                self._frames[shape] = str(why)
        return self._frames[shape]

    def _new_frame(self, subject: Subject, outcomes: tuple[bool, ...]) -> Frame:
        if self._is_private or _has_private(subject.source):
            raise CannotInline("a private character, which is needed here")
        kind, placeholders = self._kind(subject), Placeholders()
        texts = LocalTexts(self.builder.content, kind.names)
        content = SharedContent(texts, placeholders, kind.holding(outcomes))
        draft = self.builder.topic_page(shared_subject(subject, placeholders), content)
        return Frame(draft, placeholders.reads, texts, self.printer)
