"""Pages made by plain Jinja, the reference for all other ways of making them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment

from generator.model import Locale
from generator.render.content_digest import content_digest, data_texts, joined, page_texts
from generator.render.main_text import main_texts
from generator.render.page import Draft
from generator.render.shown_facts import ShownFacts, shown_on
from generator.templating.contract import LocaleView, PageView, SiteView
from generator.templating.environment import template_environment


def encoded(text: str) -> bytes:
    """``text`` in bytes; half of a character, which UTF-8 does not have, as a reference."""
    return text.encode("utf-8", "xmlcharrefreplace")


class Printer:
    """Prints the pages of one locale through its templates."""

    def __init__(self, templates: Path, locale: Locale, site: SiteView, view: LocaleView) -> None:
        self.environment: Environment = template_environment(templates, locale)
        self.distance: Callable[[float], str] = self.environment.filters["distance"]
        self.shared: Mapping[str, Any] = {"site": site, "locale": view}
        """Values that all pages of the locale read."""

    def print(self, draft: Draft, page: PageView) -> str:
        """``page``, that of ``draft`` with its date; raises what its template raises."""
        template = self.environment.get_template(f"{page.kind}.html")
        return template.render(**self.shared, topic=draft.topic, place=draft.place, page=page)


class PlainPage:
    """One page, complete but for the date of its last change."""

    def __init__(self, draft: Draft, printer: Printer) -> None:
        self._draft = draft
        self._printer = printer
        self.title, self.description = draft.page.title, draft.page.description
        self.h1, self.canonical = draft.page.h1, draft.page.canonical

    def facts(self, facts_read: tuple[str, ...]) -> ShownFacts:
        """The facts of the page, of those that its templates show."""
        return shown_on(self._draft.page, self._draft.place, facts_read, self._printer.distance)

    def main_texts(self) -> tuple[tuple[str, bool], ...]:
        """The texts of the page's main part, each with whether it is HTML."""
        return tuple(main_texts(self._draft.page))

    def digest(self, facts: ShownFacts) -> bytes:
        """The content digest of the page with these facts."""
        draft = self._draft
        texts = joined([*page_texts(draft.page, draft.topic), *data_texts(draft.nodes)])
        return content_digest(encoded(texts), facts.encoded)

    def print(self, updated: datetime.date | None) -> str:
        """The page as it is published; ``updated`` is the date that it may claim."""
        return self._printer.print(self._draft, self._draft.dated(updated))
