"""Placeholders for what only a page knows, so that what all pages share can be made once by the same code."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Any

from markupsafe import Markup
from msgspec.structs import replace

from generator.model import Source, Topic
from generator.plan.routes import Alternate
from generator.render.content import Content
from generator.render.local_texts import LocalTexts
from generator.render.page import Subject
from generator.render.partial.values import CannotInline
from generator.render.text_program import Wording
from generator.render.text_width import first_fitting
from generator.templating.contract import PlaceView, RegionView

_OPEN, _CLOSE = "\ue000", "\ue001"
"""Private characters, which no font shows and no author writes; a topic that has one is not specialised."""

_PLACEHOLDER = re.compile(f"{_OPEN}(\\d+){_CLOSE}")

Pieces = tuple[str | int, ...]
"""A text as its literal parts and the numbers of the placeholders among them."""


def pieces(text: str) -> Pieces:
    parts = enumerate(_PLACEHOLDER.split(text))
    return tuple(int(part) if index % 2 else str(part) for index, part in parts if part)


def filled(parts: Pieces, values: Mapping[int, str]) -> str:
    if len(parts) == 1 and isinstance(parts[0], int):
        return values[parts[0]]
    return "".join([part if isinstance(part, str) else values[part] for part in parts])


def has_placeholder(text: str) -> bool:
    return _OPEN in text or _CLOSE in text


DAY = 0
"""The placeholder of the day on which a page's content last changed, which is known after all else of it."""


class Reads:
    """What stands on a page instead of placeholders, by their numbers."""

    def __init__(self) -> None:
        self._fields: dict[int, str] = {}
        self._versions: dict[int, int] = {}

    def add(self, number: int, field: str) -> None:
        """Instead of the placeholder ``number`` stands that field of a subject, with dots."""
        self._fields[number] = field

    def add_version(self, number: int, version: int) -> None:
        """Instead of the placeholder ``number`` stands the path of that version of the page."""
        self._versions[number] = version

    def of(self, subject: Subject) -> dict[int, str]:
        """The values on the page of ``subject``."""
        values: dict[int, str] = dict(zip(self._fields, self._getter(subject), strict=False))
        versions = subject.route.versions
        for number, version in self._versions.items():
            values[number] = versions[version].path
        return values

    @cached_property
    def _getter(self) -> Callable[[Subject], tuple[str, ...]]:
        # All at once, which is several times faster than one by one. Of a single name it would give no tuple.
        return attrgetter(*self._fields.values(), "route.path", "route.path")


class Placeholders:
    """Gives placeholders out; ``reads`` are what stands instead of them, but for those of texts."""

    def __init__(self) -> None:
        self.reads = Reads()
        self._given = DAY

    def new(self) -> tuple[int, str]:
        """The number of a new placeholder, and the placeholder."""
        self._given += 1
        return self._given, f"{_OPEN}{self._given}{_CLOSE}"

    def stand_for(self, field: str) -> str:
        number, placeholder = self.new()
        self.reads.add(number, field)
        return placeholder

    def stand_for_version(self, version: int) -> str:
        number, placeholder = self.new()
        self.reads.add_version(number, version)
        return placeholder


class _UnknownDay(datetime.date):
    def isoformat(self) -> str:
        return f"{_OPEN}{DAY}{_CLOSE}"


UNKNOWN_DAY = _UnknownDay(1, 1, 1)
"""Stands for the day on which a page changed, where its structured data says it."""


class _Unread:
    """A value that no page may be made from while what pages share is worked out."""

    def _refuse(self, *_: object) -> bool:
        raise CannotInline("structured data that depends on a place's figures")

    __bool__ = __eq__ = __lt__ = _refuse
    __hash__ = __str__ = __repr__ = __format__ = __len__ = __iter__ = _refuse  # type: ignore[assignment]


class SharedContent(Content):
    """An author's texts as far as all pages of a kind share them; ``texts`` evaluates the others on each page.

    ``outcomes`` are those of the conditions, by their text.
    """

    def __init__(self, texts: LocalTexts, placeholders: Placeholders, outcomes: Mapping[str, bool]) -> None:
        self._texts = texts
        self._placeholders = placeholders
        self._outcomes = outcomes

    def html(self, source: Source, names: dict[str, object]) -> Markup:
        del names
        return Markup(self._shown(source, is_html=True))  # noqa: S704 - safe_html has seen it, or will on the page

    def text(self, source: Source, names: dict[str, object]) -> str:
        del names
        return self._shown(source, is_html=False)

    def fitting(self, sources: Sequence[Source], pixels: float, size: float, names: dict[str, object]) -> str:
        del names
        wordings = [self._wording(source, is_html=False) for source in sources]
        shared = [wording.shared for wording in wordings if wording.shared is not None]
        if len(shared) == len(wordings):
            return first_fitting(shared, pixels, size)
        number, placeholder = self._placeholders.new()
        self._texts.add(number, wordings, False, pixels, size)
        return placeholder

    def holds(self, source: Source, names: dict[str, object]) -> bool:
        del names
        return not source.text or self._outcomes[source.text]

    def _shown(self, source: Source, is_html: bool) -> str:
        wording = self._wording(source, is_html)
        if wording.shared is not None:
            return wording.shared
        number, placeholder = self._placeholders.new()
        self._texts.add(number, [wording], is_html)
        return placeholder

    def _wording(self, source: Source, is_html: bool) -> Wording:
        wording = self._texts.wording(source, is_html)
        shared = [part for part in (wording.shared, *(wording.parts or ())) if isinstance(part, str)]
        # A text can also name the character by its number.
        if any(map(has_placeholder, (source.text, *shared))):
            raise CannotInline("a private character, which is needed here")
        return wording


def conditions(topic: Topic) -> tuple[Source, ...]:
    """The conditions of a topic's sections and questions."""
    sources = [section.when for section in topic.sections] + [question.when for question in topic.questions]
    return tuple(source for source in sources if source.text)


def shared_subject(subject: Subject, placeholders: Placeholders) -> Subject:
    """``subject`` with placeholders for all that differs among the pages of its kind and topic.

    What stands around a place, and the places of a region, are left out: only the template shows them.
    """

    stand_for = placeholders.stand_for

    def version(number: int, hreflang: str) -> Alternate:
        return Alternate(hreflang, placeholders.stand_for_version(number))

    unread: Any = _Unread()
    named = {alternate.hreflang for alternate in subject.route.alternates}
    versions = tuple(version(number, other.hreflang) for number, other in enumerate(subject.route.versions))
    alternates = tuple(version for version in versions if version.hreflang in named)
    region: RegionView | None = None
    place: PlaceView | None = None
    if subject.region:
        known = {name: stand_for(f"region.{name}") for name in ("code", "name", "country", "path")}
        region = RegionView(**known, facts=unread)
    if subject.place and region:
        place = PlaceView(
            id=unread,
            name=stand_for("place.name"),
            qualified_name=stand_for("place.qualified_name"),
            full_name=stand_for("place.full_name"),
            county=unread,
            region=region,
            country=stand_for("place.country"),
            latitude=unread,
            longitude=unread,
            population=unread,
            time_zone=unread,
            facts=unread,
        )
    return Subject(
        route=replace(subject.route, path=stand_for("route.path"), versions=versions, alternates=alternates),
        source=subject.source,
        topic=subject.topic,
        names={},
        region=region,
        place=place,
        regions=subject.regions,
    )
