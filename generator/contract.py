"""The template contract: what a template, and an author's text, may read.

``docs/templates.md`` is held to this file by a test. All values are plain; templates escape what they
print, and only fields typed ``Markup`` are HTML already.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from generator.model import Direction, Measurement, Reference, Reviewer, RouteKind, Value


@dataclass(frozen=True, slots=True)
class VerificationView:
    name: str
    content: str


@dataclass(frozen=True, slots=True)
class AnalyticsView:
    script: str
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ImageView:
    url: str
    path: str
    width: int
    height: int
    alt: str
    credit: str = ""


@dataclass(frozen=True, slots=True)
class AttributionView:
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class SiteView:
    brand: str
    base_url: str
    theme_color: str
    css: Markup
    social_image: ImageView
    icon_svg: str
    icon_png: str
    touch_icon: str
    verification: tuple[VerificationView, ...]
    analytics: AnalyticsView | None
    attributions: tuple[AttributionView, ...]


@dataclass(frozen=True, slots=True)
class LocaleView:
    tag: str
    language: str
    name: str
    direction: Direction
    measurement: Measurement
    home_path: str
    disclaimer: str


@dataclass(frozen=True, slots=True)
class TopicView:
    id: str
    name: str
    nav_label: str
    about_name: str
    schema_type: str
    is_medical: bool
    path: str
    reviewer: Reviewer | None
    last_reviewed: datetime.date | None
    updated: datetime.date | None
    references: tuple[Reference, ...]
    image: ImageView | None


@dataclass(frozen=True, slots=True)
class RegionView:
    code: str
    name: str
    country: str
    path: str
    """The region's hub for this topic and locale."""
    facts: Mapping[str, Value] = field(default_factory=dict)

    def __getitem__(self, column: str) -> Value:
        """A column that a table attaches, so that templates read ``place.region.COLUMN``."""
        return self.facts[column]


@dataclass(frozen=True, slots=True)
class PlaceView:
    id: int
    name: str
    qualified_name: str
    """The name, with the county in parentheses where another place of the region shares the name."""
    full_name: str
    """The name with the region's label, and with the county where another place of the region shares the name."""
    county: str | None
    """None where it is unknown."""
    region: RegionView
    country: str
    latitude: float
    longitude: float
    population: int
    time_zone: str
    facts: Mapping[str, Value] = field(default_factory=dict)

    def __getitem__(self, column: str) -> Value:
        """A column that a table attaches, so that templates read ``place.COLUMN``."""
        return self.facts[column]


@dataclass(frozen=True, slots=True)
class AlternateView:
    hreflang: str
    url: str


@dataclass(frozen=True, slots=True)
class LanguageView:
    """The same page in another locale, for people."""

    tag: str
    name: str
    direction: Direction
    path: str
    heading: str
    """The heading of the locale's home page, which says in its own words what the site is."""


@dataclass(frozen=True, slots=True)
class CrumbView:
    name: str
    path: str
    url: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    id: str
    name: str
    answer: Markup
    """The answer with the allowed tags only: what the page shows and what the FAQ JSON-LD repeats."""


@dataclass(frozen=True, slots=True)
class SectionView:
    id: str
    title: str
    html: Markup
    questions: tuple[QuestionView, ...] = ()
    """The questions of the FAQ section; empty for every other section, whose questions stand in ``html``."""
    is_faq: bool = False


@dataclass(frozen=True, slots=True)
class CallToActionView:
    label: str
    url: str
    html: Markup


@dataclass(frozen=True, slots=True)
class NeighbourView:
    name: str
    region_label: str
    """The region's code where it is made of letters, as people write it, else the region's name."""
    path: str
    """Empty where the place has no page."""
    kilometres: float
    population: int


@dataclass(frozen=True, slots=True)
class PlaceLinkView:
    name: str
    county: str
    """Given only where another place of the region shares the name."""
    path: str
    population: int


@dataclass(frozen=True, slots=True)
class PlaceGroupView:
    letter: str
    """The initial of a long list's group; empty where the list is short enough to need none."""
    places: tuple[PlaceLinkView, ...]


@dataclass(frozen=True, slots=True)
class RegionLinkView:
    name: str
    path: str
    places: int


@dataclass(frozen=True, slots=True)
class TopicLinkView:
    name: str
    nav_label: str
    summary: str
    path: str


@dataclass(frozen=True, slots=True)
class ContentPageView:
    """What an author's text may read of its page."""

    kind: RouteKind
    path: str
    url: str
    region: RegionView | None


@dataclass(frozen=True, slots=True)
class PageView:
    kind: RouteKind
    path: str
    url: str
    canonical: str
    """Empty on the page for unknown addresses, which has none."""
    robots: str
    title: str
    description: str
    h1: str
    summary: str
    alternates: tuple[AlternateView, ...]
    languages: tuple[LanguageView, ...]
    breadcrumb: tuple[CrumbView, ...]
    json_ld: tuple[Markup, ...]
    region: RegionView | None = None
    introduction: Markup = Markup("")
    sections: tuple[SectionView, ...] = ()
    call_to_action: CallToActionView | None = None
    nearest_larger: NeighbourView | None = None
    nearby: tuple[NeighbourView, ...] = ()
    places: tuple[PlaceGroupView, ...] = ()
    place_count: int = 0
    regions: tuple[RegionLinkView, ...] = ()
    topics: tuple[TopicLinkView, ...] = ()
    image: ImageView | None = None
    """The topic's image, else the site's card: what a shared link shows."""
    updated: datetime.date | None = None
    """When the page's content last changed, or the author's later date; None while nobody can know it."""


TEMPLATE_NAMES: Mapping[str, type] = {
    "site": SiteView,
    "locale": LocaleView,
    "topic": TopicView,
    "place": PlaceView,
    "page": PageView,
}
"""``topic`` is None on the pages without a topic, ``place`` on those without a place, ``locale`` never."""

CONTENT_NAMES: Mapping[str, type] = {**TEMPLATE_NAMES, "page": ContentPageView}
FILTERS = ("number", "date", "distance", "time_zone")
"""Filters beyond Jinja's own: numbers, dates, distances in kilometres and time zones, as the locale writes them."""
