"""The template contract: every field that a template, and an author's text, may read.

``docs/templates.md`` is held to this file by a test. All values are plain; templates escape what they
print, and only fields typed ``Markup`` are HTML already.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from markupsafe import Markup
from msgspec import Struct, field

from generator.model import Direction, Measurement, Reference, Reviewer, RouteKind, Value


class VerificationView(Struct, frozen=True):
    name: str
    content: str


class AnalyticsView(Struct, frozen=True):
    script: str
    attributes: Mapping[str, str]


class ImageView(Struct, frozen=True):
    url: str
    path: str
    width: int
    height: int
    alt: str
    credit: str = ""


class AttributionView(Struct, frozen=True):
    text: str
    url: str


class SiteView(Struct, frozen=True):
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


class LocaleView(Struct, frozen=True):
    tag: str
    language: str
    name: str
    direction: Direction
    measurement: Measurement
    home_path: str
    disclaimer: str


class TopicView(Struct, frozen=True):
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


class RegionView(Struct, frozen=True):
    code: str
    name: str
    country: str
    path: str
    """The region's hub for this topic and locale."""
    facts: Mapping[str, Value] = field(default_factory=dict)

    def __getitem__(self, column: str) -> Value:
        """A column that a table attaches, so that templates read ``place.region.COLUMN``."""
        return self.facts[column]


class PlaceView(Struct, frozen=True):
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


class AlternateView(Struct, frozen=True):
    hreflang: str
    url: str


class LanguageView(Struct, frozen=True):
    """The same page in another locale, for people."""

    tag: str
    name: str
    direction: Direction
    path: str
    heading: str
    """The heading of the locale's home page, which says in its own words what the site is."""


class CrumbView(Struct, frozen=True):
    name: str
    path: str
    url: str


class QuestionView(Struct, frozen=True):
    id: str
    name: str
    answer: Markup
    """The answer with the allowed tags only: what the page shows and what the FAQ JSON-LD repeats."""


class SectionView(Struct, frozen=True):
    id: str
    title: str
    html: Markup
    questions: tuple[QuestionView, ...] = ()
    """The questions of the FAQ section; empty for every other section, whose questions stand in ``html``."""
    is_faq: bool = False


class CallToActionView(Struct, frozen=True):
    label: str
    url: str
    html: Markup


class NeighbourView(Struct, frozen=True):
    name: str
    region_label: str
    """The region's code where it is made of letters, as people write it, else the region's name."""
    path: str
    """Empty where the place has no page."""
    kilometres: float
    population: int


class PlaceLinkView(Struct, frozen=True):
    name: str
    county: str
    """Given only where another place of the region shares the name."""
    path: str
    population: int


class PlaceGroupView(Struct, frozen=True):
    letter: str
    """The initial of a long list's group; empty where the list is short enough to need none."""
    places: tuple[PlaceLinkView, ...]


class RegionLinkView(Struct, frozen=True):
    name: str
    path: str
    places: int


class TopicLinkView(Struct, frozen=True):
    name: str
    nav_label: str
    summary: str
    path: str


class ContentPageView(Struct, frozen=True):
    """Fields of its page that an author's text may read."""

    kind: RouteKind
    path: str
    url: str
    region: RegionView | None


class PageView(Struct, frozen=True):
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


TEMPLATE_NAMES: Mapping[str, type[Struct]] = {
    "site": SiteView,
    "locale": LocaleView,
    "topic": TopicView,
    "place": PlaceView,
    "page": PageView,
}
"""``topic`` is None on the pages without a topic, ``place`` on those without a place, ``locale`` never."""

CONTENT_NAMES: Mapping[str, type[Struct]] = {**TEMPLATE_NAMES, "page": ContentPageView}
FILTERS = ("number", "date", "distance", "time_zone")
"""Filters beyond Jinja's own: numbers, dates, distances in kilometres and time zones, as the locale writes them."""

CHANCE = "random"
"""The filter of Jinja that gives something else each time."""

OF_CHANCE = (f'the filter "{CHANCE}" gives something else in each build', "Write what all builds print.")
"""Fault of that filter, and what to do: pages are a function of their content, so that dates can be true."""
