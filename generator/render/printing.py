"""Prints pages: through Jinja alone, or through templates specialised to what many pages share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment

from generator.contract import LocaleView, PageView, PlaceView, SiteView, TopicView
from generator.errors import Finding
from generator.model import Locale, RouteKind
from generator.render.environment import template_environment, translations
from generator.render.links import own_links
from generator.render.partial.syntax import Parsed
from generator.render.partial.values import Known, Value
from generator.render.specialize import Residual, Specializer


class Mismatch(Exception):
    """The specialised form of a template prints something else than Jinja."""

    def __init__(self, template: str) -> None:
        super().__init__(template)
        what = "specialised to its topic and language this template prints something else than Jinja"
        fix = "Build with --plain, and send the template to a developer."
        self.finding = Finding(f"templates/{template}", what, fix)


class Printed(NamedTuple):
    """A page in bytes, and the links of ``own_links``."""

    body: bytes
    links: tuple[str, ...]


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

    def specialize(self, kind: RouteKind, known: Mapping[str, Value]) -> Residual:
        """The template of ``kind`` specialised to ``known``; raises CannotInline."""
        shared = {name: Known(view) for name, view in self._shared.items()}
        specializer = Specializer(self.environment, self._translations, {**shared, **known}, self._trees)
        return specializer.residual(f"{kind}.html", specializer.template(f"{kind}.html"))


def encoded(text: str) -> bytes:
    """``text`` as it is published; half of a character, which UTF-8 does not have, as a reference."""
    return text.encode("utf-8", "xmlcharrefreplace")


@dataclass(frozen=True, slots=True)
class Explained:
    """What became of one template: the residual, or why it is left to Jinja as a whole."""

    template: str
    locale: str
    topic: str
    residual: Residual | None
    reason: str = ""


def explanations(explained: Explained) -> Iterator[str]:
    """What became of a template, in words, one line each."""
    shown = f"templates/{explained.template}, {explained.locale}, {explained.topic}"
    if explained.residual is None:
        yield f"{shown}: left to Jinja as a whole: {explained.reason}."
        return
    count = len(explained.residual.left)
    left = "nothing is left to Jinja" if not count else f"left to Jinja in {count} place{'s' if count > 1 else ''}"
    yield f"{shown}: {explained.residual.shared:,} characters are joined once; {left}."
    yield from (f"  templates/{at.template}:{at.line}: {at.reason}" for at in explained.residual.left)
