"""One page, all of it but when its content changed: made by itself, or from the frame that it shares with others."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Protocol, TypeVar

from generator.render.content_digest import combined, content_digest, data_texts, page_texts
from generator.render.frame import Frame, Local
from generator.render.local_words import NO_LOCAL_TEXT, LocalText
from generator.render.page import Draft, Subject
from generator.render.placeholders import filled
from generator.render.printed import Printed
from generator.render.printing import Mismatch, Printer
from generator.render.robots_tag import asks_to_be_left_out
from generator.render.shown import Shown, ShownFacts
from generator.templating.contract import PageView

T = TypeVar("T")


class Page(Protocol):
    """One page, all of it but when its content changed."""

    title: str
    description: str
    h1: str
    canonical: str

    def facts(self, facts_read: tuple[str, ...]) -> Shown:
        """The facts of the page, of those that its templates show."""
        ...

    def digest(self, facts: Shown) -> bytes:
        """The content digest of the page with these facts."""
        ...

    def local_text(self, facts: Shown) -> LocalText | None:
        """The words that only this page has; None where they cannot be told from those that others have."""
        ...

    def print(self, updated: datetime.date | None) -> Printed:
        """The page as it is published; ``updated`` is the date that it may claim."""
        ...


class PlainPage(Page):
    """A page that is made by itself; ``local`` is what it alone knows, None where it has no frame."""

    def __init__(self, draft: Draft, printer: Printer, shown: ShownFacts, local: Callable[[], Local | None]) -> None:
        self._draft = draft
        self._printer = printer
        self._shown = shown
        self._local = local
        self.title, self.description = draft.page.title, draft.page.description
        self.h1, self.canonical = draft.page.h1, draft.page.canonical

    def facts(self, facts_read: tuple[str, ...]) -> Shown:
        return self._shown.on(self._draft.page, self._draft.place, facts_read)

    def digest(self, facts: Shown) -> bytes:
        draft = self._draft
        return content_digest((*page_texts(draft.page, draft.topic), *data_texts(draft.nodes)), facts.encoded)

    def local_text(self, facts: Shown) -> LocalText | None:
        if self._draft.topic is None:
            return NO_LOCAL_TEXT
        local = self._local()
        return local.text(facts) if local else None

    def print(self, updated: datetime.date | None) -> Printed:
        return self._printer.print(self.whole(updated), self._draft.topic, self._draft.place)

    def whole(self, updated: datetime.date | None) -> PageView:
        """The page as a template reads it."""
        return self._draft.dated(updated)


class FramedPage(Page):
    """A page that is made from a frame; ``alone`` makes it by itself."""

    def __init__(self, frame: Frame, subject: Subject, alone: Callable[[], PlainPage], shown: ShownFacts) -> None:
        self._frame = frame
        self._local = frame.local(subject)
        self._alone = alone
        self._shown = shown
        values = self._local.values
        self.title, self.description = filled(frame.title, values), filled(frame.description, values)
        self.h1, self.canonical = filled(frame.h1, values), filled(frame.canonical, values)

    def facts(self, facts_read: tuple[str, ...]) -> Shown:
        return self._shown.of(self._local.subject, facts_read)

    def digest(self, facts: Shown) -> bytes:
        return combined(self._frame.digests(self._local), facts.encoded)

    def local_text(self, facts: Shown) -> LocalText:
        return self._local.text(facts)

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

    def facts(self, facts_read: tuple[str, ...]) -> Shown:
        return self._same(self._framed.facts(facts_read), self._plain.facts(facts_read))

    def digest(self, facts: Shown) -> bytes:
        return self._same(self._framed.digest(facts), self._plain.digest(facts))

    def local_text(self, facts: Shown) -> LocalText | None:
        return self._same(self._framed.local_text(facts), self._plain.local_text(facts))

    def print(self, updated: datetime.date | None) -> Printed:
        framed, plain = self._framed.print(updated), self._plain.print(updated)
        self._same(framed[:2], plain[:2])
        if framed.is_silent and asks_to_be_left_out(plain.body):
            raise Mismatch(self._template)
        return plain

    def _same(self, framed: T, plain: T) -> T:
        if framed != plain:
            raise Mismatch(self._template)
        return plain
