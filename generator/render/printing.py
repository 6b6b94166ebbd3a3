"""Prints pages: through Jinja alone, or through templates specialised to what many pages share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment
from msgspec import Struct

from generator.errors import Finding
from generator.model import Locale, RouteKind
from generator.render.layout import Layout, Slot
from generator.render.links import own_links
from generator.render.partial.syntax import Parsed
from generator.render.partial.values import Known, Value
from generator.render.printed import Printed, encoded
from generator.render.specialize import Specializer
from generator.templating.contract import LocaleView, PageView, PlaceView, SiteView, TopicView
from generator.templating.environment import template_environment, translations


class Mismatch(Exception):
    """The specialised form of a template prints something else than Jinja."""

    def __init__(self, template: str) -> None:
        super().__init__(template)
        what = "specialised to its topic and language this template prints something else than Jinja"
        fix = "Build with --plain, and send the template to a developer."
        self.finding = Finding(f"templates/{template}", what, fix)


class Printer:
    """Prints the pages of one locale."""

    def __init__(self, templates: Path, locale: Locale, site: SiteView, view: LocaleView) -> None:
        self.environment: Environment = template_environment(templates, locale)
        self.distance: Callable[[float], str] = self.environment.filters["distance"]
        self._translations = translations(locale)
        self._shared: Mapping[str, Any] = {"site": site, "locale": view}
        self._trees: dict[str, Parsed] = {}

    def print(self, page: PageView, topic: TopicView | None, place: PlaceView | None) -> Printed:
        """``page`` through Jinja; raises what its template raises."""
        template = self.environment.get_template(f"{page.kind}.html")
        text = template.render(**self._shared, topic=topic, place=place, page=page)
        return Printed(encoded(text), own_links(text))

    def specialize(self, kind: RouteKind, known: Mapping[str, Value], slots: Mapping[str, Slot]) -> Layout:
        """The template of ``kind`` specialised to ``known``, with the ``slots`` of Layout; raises CannotInline."""
        shared = {name: Known(view) for name, view in self._shared.items()}
        specializer = Specializer(self.environment, self._translations, {**shared, **known}, self._trees)
        name = f"{kind}.html"
        return Layout(name, specializer, specializer.template(name), slots)


class Explained(Struct, frozen=True):
    """What became of one template: what pages are joined from, or why it is left to Jinja as a whole."""

    template: str
    locale: str
    topic: str
    layout: Layout | None
    reason: str = ""


def explanations(explained: Explained) -> Iterator[str]:
    """What became of a template, in words, one line each."""
    shown = f"templates/{explained.template}, {explained.locale}, {explained.topic}"
    if explained.layout is None:
        yield f"{shown}: left to Jinja as a whole: {explained.reason}."
        return
    found = explained.layout.residual.left
    count = len(found)
    left = "nothing is left to Jinja" if not count else f"left to Jinja in {count} place{'s' if count > 1 else ''}"
    yield f"{shown}: {explained.layout.shared:,} characters are joined once; {left}."
    yield from (f"  templates/{at.template}:{at.line}: {at.reason}" for at in found)
