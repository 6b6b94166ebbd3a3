"""Prints pages: through templates specialised to what many pages share, or through Jinja alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, nodes

from generator.contract import LocaleView, PageView, PlaceView, SiteView, TopicView
from generator.errors import Finding
from generator.model import Locale, RouteKind, Topic
from generator.order import Printing
from generator.render.content import ContentRenderer
from generator.render.environment import template_environment, translations
from generator.render.partial.values import CannotInline, Known, Record, Value
from generator.render.shared_page import shared_page
from generator.render.specialize import Residual, specialize

WORTH_IT = 30
"""Pages of one kind and topic after which its template is specialised: what that costs, Jinja needs for so many."""


class Mismatch(Exception):
    """The specialised form of a template prints something else than Jinja."""

    def __init__(self, template: str) -> None:
        super().__init__(template)
        what = "specialised to its topic and language this template prints something else than Jinja"
        fix = "Build with --plain, and send the template to a developer."
        self.finding = Finding(f"templates/{template}", what, fix)


@dataclass(frozen=True, slots=True)
class Explained:
    """What became of one template: the residual, or why it is left to Jinja as a whole."""

    template: str
    locale: str
    topic: str
    residual: Residual | None
    reason: str = ""


class Printer:
    """Prints the pages of one locale."""

    def __init__(
        self,
        templates: Path,
        locale: Locale,
        site: SiteView,
        view: LocaleView,
        topics: Iterable[Topic],
        printing: Printing,
    ) -> None:
        self.environment: Environment = template_environment(templates, locale)
        self._locale = locale
        self._translations = translations(locale)
        self._shared: Mapping[str, Any] = {"site": site, "locale": view}
        self._topics = {topic.id: topic for topic in topics}
        self._content = ContentRenderer(locale)
        self._printing = printing
        self._printed: Counter[tuple[RouteKind, str]] = Counter()
        self._trees: dict[str, nodes.Template] = {}
        self._residuals: dict[tuple[RouteKind, str], Explained] = {}

    def print(self, page: PageView, topic: TopicView | None, place: PlaceView | None) -> str:
        """The text of ``page``; raises what its template raises, and Mismatch."""
        explained = self.explain(page.kind, topic) if self._is_worth_it(page.kind, topic) else None
        if explained is None or explained.residual is None:
            return self._plain(page, topic, place)
        try:
            text = explained.residual.render({"place": place, "page": page})
        except Exception:  # noqa: BLE001 - Jinja itself says better what is wrong, and where
            return self._plain(page, topic, place)
        if self._printing == "verified" and text != self._plain(page, topic, place):
            raise Mismatch(explained.template)
        return text

    def _is_worth_it(self, kind: RouteKind, topic: TopicView | None) -> bool:
        """Whether to specialise the template of ``kind`` now, of which one page more is to be printed."""
        if self._printing != "specialised":
            return self._printing == "verified"
        key = (kind, topic.id if topic else "")
        self._printed[key] += 1
        return self._printed[key] > WORTH_IT

    def explain(self, kind: RouteKind, topic: TopicView | None) -> Explained:
        """The template of ``kind`` specialised to ``topic``, which is done once."""
        key = (kind, topic.id if topic else "")
        if key not in self._residuals:
            template = f"{kind}.html"
            residual, reason = None, ""
            try:
                residual = specialize(
                    self.environment, self._translations, template, self._known(kind, topic), self._trees
                )
            except CannotInline as why:
                reason = str(why)
            self._residuals[key] = Explained(template, self._locale.tag, key[1], residual, reason)
        return self._residuals[key]

    def _known(self, kind: RouteKind, topic: TopicView | None) -> dict[str, Value]:
        """What all pages of ``kind`` and ``topic`` share."""
        has_place = kind == "place"
        return {
            **{name: Known(view) for name, view in self._shared.items()},
            "topic": Known(topic),
            "place": Record({}, nodes.Name("place", "load")) if has_place else Known(None),
            "page": shared_page(kind, self._topics[topic.id] if topic else None, self._content),
        }

    def _plain(self, page: PageView, topic: TopicView | None, place: PlaceView | None) -> str:
        template = self.environment.get_template(f"{page.kind}.html")
        return template.render(**self._shared, topic=topic, place=place, page=page)


def explanations(explained: Explained) -> Iterator[str]:
    """What became of a template, in words, one line each."""
    shown = f"templates/{explained.template}, {explained.locale}" + (f", {explained.topic}" if explained.topic else "")
    if explained.residual is None:
        yield f"{shown}: left to Jinja as a whole: {explained.reason}."
        return
    count = len(explained.residual.left)
    left = "nothing is left to Jinja" if not count else f"left to Jinja in {count} place{'s' if count > 1 else ''}"
    yield f"{shown}: {explained.residual.shared:,} characters are joined once; {left}."
    yield from (f"  templates/{at.template}:{at.line}: {at.reason}" for at in explained.residual.left)
