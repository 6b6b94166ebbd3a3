"""Domain model of the product: frozen records; nothing here reads or writes a file.

Fields typed ``Source`` hold an author's text with Jinja in it, which each page evaluates; all others are
plain values.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct, field

from generator.config import SiteConfig
from generator.errors import Finding

Value = str | int | float | bool | datetime.date | None
Direction = Literal["ltr", "rtl"]
Measurement = Literal["metric", "us"]
RouteKind = Literal["chooser", "home", "topic", "region", "place", "not_found"]


class Locale(Struct, frozen=True):
    """A language as one audience reads it: a BCP 47 tag with its catalogue, direction and measures."""

    tag: str
    formats: str
    """The CLDR locale that numbers, dates and names follow: the tag's own, or its language's."""
    name: str
    direction: Direction
    measurement: Measurement
    countries: frozenset[str]
    catalogue: bytes = b""
    """The compiled gettext catalogue (.mo); empty where the templates' own English serves."""

    @property
    def slug(self) -> str:
        return self.tag.lower()

    @property
    def language(self) -> str:
        return self.tag.split("-")[0]


class Region(Struct, frozen=True):
    """A first-level division of a country: a US state."""

    code: str
    name: str
    country: str
    names: Mapping[str, str] = field(default_factory=dict)
    """Localised names by locale tag; a locale without one reads ``name``."""
    facts: Mapping[str, Value] = field(default_factory=dict)
    """The row that tables attach to the region, by column name."""

    @property
    def key(self) -> str:
        return f"{self.country}-{self.code}"


_NOTHING: Mapping[str, Any] = {}


class Place(Struct, frozen=True):
    """A city with its region and the rows that tables attach to it."""

    id: int
    name: str
    county: str
    region: Region
    country: str
    latitude: float
    longitude: float
    population: int
    time_zone: str
    slug: str
    source: str
    """File and line that declare the place, for messages."""
    former_slugs: tuple[str, ...] = ()
    names: Mapping[str, str] = _NOTHING
    facts: Mapping[str, Value] = _NOTHING
    shares_name: bool = False
    """Another place of the region has the same name, so the county must tell them apart."""


class Source(Struct, frozen=True):
    """An author's text as Jinja source, with the file and line where it begins."""

    text: str
    where: str
    lines: tuple[tuple[int, int], ...] = ()
    """Lines of ``text`` that hold Jinja, counted from one, and the line of the file on which each stands."""

    def at(self, line: int) -> str:
        """The file and line of what stands on this line of ``text``; where the text begins, if that is not known."""
        known = [pair for pair in self.lines if pair[0] <= line]
        if not known:
            return self.where
        own, in_file = known[-1]
        return f"{self.where.rpartition(':')[0]}:{in_file + line - own}"


class Question(Struct, frozen=True):
    """A question as plain text and its answer as HTML of the allowed tags.

    ``when`` is a Jinja expression, empty when the question always stands.
    """

    id: str
    name: Source
    answer: Source
    in_faq: bool
    when: Source


class Section(Struct, frozen=True):
    """One part of an article under a level-two heading; the introduction has no title.

    The title is plain text, the rest HTML. A FAQ section's HTML is what stands before its first question.
    """

    id: str
    title: Source
    html: Source
    when: Source
    is_faq: bool = False


class Reviewer(Struct, frozen=True):
    name: str
    credentials: str = ""
    url: str = ""


class Reference(Struct, frozen=True):
    """A work that the article rests on."""

    title: str
    publisher: str = ""
    url: str = ""


class Image(Struct, frozen=True):
    """A picture beside the topic's files; ``path`` is the published one, with the digest in its name."""

    file: Path
    path: str
    width: int
    height: int
    alt: str
    credit: str = ""


class CallToAction(Struct, frozen=True):
    label: Source
    url: str
    html: Source


class RegionPage(Struct, frozen=True):
    """Words of a topic's region hubs."""

    titles: tuple[Source, ...]
    descriptions: tuple[Source, ...]
    h1: Source
    summary: Source


class Topic(Struct, frozen=True):
    """One subject in one locale."""

    id: str
    locale: str
    source: str
    slug: str
    slug_source: str
    """File and line that give the slug, for messages about addresses."""
    short_name: str
    nav_label: str
    schema_type: str
    about_name: str
    h1: Source
    summary: Source
    titles: tuple[Source, ...]
    descriptions: tuple[Source, ...]
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    """Every question of the page in page order, those of the FAQ section and those of the body."""
    region_page: RegionPage
    call_to_action: CallToAction
    is_medical: bool
    translation_pending: bool = False
    reviewer: Reviewer | None = None
    last_reviewed: datetime.date | None = None
    updated: datetime.date | None = None
    references: tuple[Reference, ...] = ()
    image: Image | None = None


class Redirect(Struct, frozen=True):
    source: str
    target: str
    status: int
    where: str


class PublicFile(Struct, frozen=True):
    """A file of ``content/public/`` that is published as it is; ``path`` starts with a slash."""

    file: Path
    path: str


class Attribution(Struct, frozen=True):
    """Credit that a data source asks for, printed in the footer."""

    text: str
    url: str = ""


class FrozenPlace(Struct, frozen=True):
    """A place whose row is faulty, known well enough to leave its published pages alone."""

    id: int
    name: str
    region: Region
    slug: str
    where: str

    @property
    def country(self) -> str:
        return self.region.country


class Site(Struct, frozen=True):
    """Everything under ``content/``, loaded and valid."""

    root: Path
    config: SiteConfig
    locales: tuple[Locale, ...]
    """The default locale first, then as configured."""
    topics: tuple[Topic, ...]
    """Sorted by id, then in the order of the locales."""
    places: tuple[Place, ...] = ()
    """The selected places, sorted by country, region code and id."""
    all_places: tuple[Place, ...] = ()
    """Every usable row, selected or not: the candidates for "nearest larger city"."""
    redirects: tuple[Redirect, ...] = ()
    public_files: tuple[PublicFile, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    frozen: Mapping[int, str] = field(default_factory=dict)
    """Selected places with a faulty row in a table, and where it is: their pages stay as they were last built."""
    uncertain: frozenset[int] = frozenset()
    """Selected places for which a row with an unknown key may be meant: published pages stay, new ones are made."""
    frozen_regions: frozenset[str] = frozenset()
    """Keys of the regions of which either is true: a published hub stays as it was."""
    unreadable_places: tuple[FrozenPlace, ...] = ()
    """Places whose own row is faulty: nothing links to them, and their pages stay as they were last built."""
    has_unreadable_rows: bool = False
    """A row of places could not even be identified, so no published page may be removed."""
    good_until: datetime.date = datetime.date.max
    """The last day for which the site reads as it does now; on the next a column of a table expires."""
    findings: tuple[Finding, ...] = ()
    """Findings that do not stop the build: faulty rows, expired columns, pending translations."""
    judged: tuple[Finding, ...] = ()
    """Findings of rules while it was loaded, before rule settings apply."""
    gated: tuple[frozenset[int], ...] = ()
    """Ids of the selected places for which each of the gate's conditions is true, in their order."""

    @property
    def default_locale(self) -> Locale:
        return self.locales[0]

    @property
    def countries(self) -> Mapping[str, frozenset[str]]:
        """The countries that each locale serves, by its tag."""
        return {locale.tag: locale.countries for locale in self.locales}

    def topics_for(self, country: str) -> tuple[Topic, ...]:
        """The topics of which places of the country have pages."""
        countries = self.countries
        return tuple(topic for topic in self.topics if country in countries[topic.locale])


Decision = Literal["index", "noindex", "fold", "withhold"]
"""``noindex``: built, and search engines are asked to leave it out. ``fold``: no page, links to it lead to its region's
page. ``withhold``: no page, and nothing links to it."""

State = Literal[Decision, "frozen", "absent"]
"""``frozen``: the page stays as it was last built, because something that it needs is faulty. ``absent``: for the same
reason it is not built, and never was."""


class Status(Struct, frozen=True):
    """Fate of a page, with its reason: ``cause``, which many pages share, and ``detail``, that of this one alone.

    ``gate`` is the status that the gate gives to the page, where that does not take effect: because the gate only
    reports, or because the page is frozen.
    """

    state: State
    cause: str = ""
    detail: str = ""
    gate: Status | None = None

    @property
    def reason(self) -> str:
        return f"{self.cause} {self.detail}".strip()

    @property
    def said(self) -> Status:
        """Status that the gate gives to the page, whether it takes effect or not."""
        return self.gate.said if self.gate else self

    @property
    def has_page(self) -> bool:
        return self.state in ("index", "noindex", "frozen")

    @property
    def is_indexable(self) -> bool:
        """Whether search engines may index the page as it stands."""
        return self.state == "index" or (self.state == "frozen" and self.gate is not None and self.gate.is_indexable)


INDEX = Status("index")


class LikePages(Struct, frozen=True):
    """Of ``pages`` pages of a topic's places in one language, ``alike`` share at least ``most`` with another one.

    Shares are parts of the main text, from 0 to 1. ``page`` and ``other``, which share the most, are addresses;
    ``differs`` says in words what they do not share. ``source`` is the topic's file.
    """

    source: str
    pages: int
    alike: int
    most: float
    page: str
    other: str
    share: float
    differs: tuple[str, ...]
