"""Addresses and batches: what planning decides and rendering follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from generator.config import UrlConfig
from generator.model import Locale, Place, Redirect, Region, RouteKind, Site, Topic

BatchKind = Literal["site", "locale", "region"]
X_DEFAULT = "x-default"
NOT_FOUND = "/404.html"


@dataclass(frozen=True, slots=True)
class Alternate:
    """One member of a cluster of translations; ``hreflang`` is a locale's tag or ``x-default``."""

    hreflang: str
    path: str


@dataclass(frozen=True, slots=True)
class Route:
    """The decided address of one page."""

    kind: RouteKind
    path: str
    locale: str
    topic: Topic | None = None
    region: Region | None = None
    place: Place | None = None
    alternates: tuple[Alternate, ...] = ()
    is_held: bool = False
    """The page stays as it was last built, because a row that it needs is faulty."""

    @property
    def is_indexable(self) -> bool:
        return self.kind != "not_found"


@dataclass(frozen=True, slots=True)
class Batch:
    """The unit of work: a topic in a locale and a region, or a locale's own pages, or the site's."""

    name: str
    """Unique, and the name of the batch's sitemap: lower-case letters, digits, hyphens and dots."""
    kind: BatchKind
    locale: str = ""
    topic: Topic | None = None
    region: Region | None = None
    bucket: int = 0
    buckets: int = 1
    """More than one where the region has too many places for one batch; a place's id decides its bucket."""
    size: int = 0
    """Number of routes."""


@dataclass(frozen=True, slots=True)
class Paths:
    """Builds every address from the configured patterns."""

    patterns: UrlConfig
    region_slugs: Mapping[str, str]

    def home(self, locale: Locale) -> str:
        return self.patterns.home.format(locale=locale.slug)

    def topic(self, topic: Topic) -> str:
        return self.patterns.topic.format(locale=topic.locale.lower(), topic=topic.slug)

    def region(self, topic: Topic, region: Region) -> str:
        return self.patterns.region.format(
            locale=topic.locale.lower(),
            topic=topic.slug,
            country=region.country.lower(),
            region=self.region_slugs[region.key],
        )

    def place(self, topic: Topic, region: Region, slug: str) -> str:
        return self.place_prefix(topic) + self.place_tail(region, slug)

    def place_prefix(self, topic: Topic) -> str:
        """What a place's address begins with: the part that no place changes."""
        head, _ = _split_at_place(self.patterns.place)
        return head.format(locale=topic.locale.lower(), topic=topic.slug)

    def place_tail(self, region: Region, slug: str) -> str:
        """The rest of a place's address, the same for every topic and locale."""
        _, tail = _split_at_place(self.patterns.place)
        return tail.format(country=region.country.lower(), region=self.region_slugs[region.key], place=slug)


@cache
def _split_at_place(pattern: str) -> tuple[str, str]:
    cut = min(at for field in ("{country}", "{region}", "{place}") if (at := pattern.find(field)) >= 0)
    return pattern[:cut], pattern[cut:]


@dataclass(frozen=True, slots=True)
class AddressBook:
    """Every page's address; its size grows with the places, not with places times topics and locales."""

    single: Mapping[str, str]
    """Addresses of the pages without a place, with what makes each."""
    prefixes: Mapping[str, Topic]
    """Beginnings of the places' addresses, one a topic and locale."""
    tails: Mapping[str, Place]
    """Ends of the places' addresses, the same for every topic and locale that serves the country."""
    countries: Mapping[str, frozenset[str]]
    """Countries that each locale serves."""
    lengths: frozenset[int]
    """How long the beginnings are."""

    def owners(self, path: str) -> list[str]:
        """Everything that wants to stand at ``path``, as its author would name it."""
        owners = [self.single[path]] if path in self.single else []
        for length in self.lengths:
            topic = self.prefixes.get(path[:length])
            place = self.tails.get(path[length:])
            if topic and place and place.country in self.countries[topic.locale]:
                owners.append(f"{topic.slug_source} for {place.name} ({place.source})")
        return owners

    def has(self, path: str) -> bool:
        """Whether a page is to stand at ``path``."""
        return path in self.single or any(
            (topic := self.prefixes.get(path[:length]))
            and (place := self.tails.get(path[length:]))
            and place.country in self.countries[topic.locale]
            for length in self.lengths
        )

    def beginnings(self) -> Iterator[tuple[str, str]]:
        """Addresses of the pages without a place, and what those of the places begin with, with their owners."""
        yield from self.single.items()
        yield from ((prefix, topic.slug_source) for prefix, topic in self.prefixes.items())


class Neighbour(NamedTuple):
    """A place near another; a tuple, since a site has ten times as many as it has places."""

    place: Place
    kilometres: float


class Surroundings(NamedTuple):
    """What lies around a place: the nearest selected places, and the nearest one of all that is larger."""

    nearby: tuple[Neighbour, ...] = ()
    larger: Neighbour | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Every address that the site will have, without holding a list of them."""

    site: Site
    paths: Paths
    batches: tuple[Batch, ...]
    surroundings: Mapping[int, Surroundings]
    book: AddressBook
    by_region: Mapping[str, tuple[Place, ...]]
    """The selected places by region key, in order of id."""
    buckets: Mapping[int, int]
    """Bucket of each place whose region has more than one."""
    redirects: tuple[Redirect, ...] = ()
    kept: frozenset[str] = frozenset()
    """Published addresses that stay as they are, because the data that they need is faulty."""
    absent: frozenset[str] = frozenset()
    """Addresses that get no page for the same reason, never having been published."""

    def has(self, path: str) -> bool:
        """Whether the site is to have a page at ``path``."""
        return path not in self.absent and (path == NOT_FOUND or self.book.has(path))

    def topics_in(self, locale: str) -> tuple[Topic, ...]:
        return tuple(topic for topic in self.site.topics if topic.locale == locale)

    def regions_of(self, topic: Topic) -> tuple[Region, ...]:
        """The regions whose places have pages of ``topic``, in order of key."""
        countries = self._locale(topic.locale).countries
        return tuple(
            places[0].region for key, places in sorted(self.by_region.items()) if places[0].country in countries
        )

    def places_of(self, topic: Topic, region: Region) -> tuple[Place, ...]:
        """The places of ``region`` with a page of ``topic``."""
        places = self.by_region[region.key]
        if not self.absent:
            return places
        return tuple(place for place in places if self.place_path(topic, place) not in self.absent)

    def place_path(self, topic: Topic, place: Place) -> str:
        return self.paths.place(topic, place.region, place.slug)

    def routes(self, batch: Batch) -> Iterator[Route]:
        """The routes of ``batch``, hubs before their places, places in order of id."""
        if batch.kind == "site":
            yield Route("chooser", "/", self.site.default_locale.tag, alternates=self._home_alternates())
            yield Route("not_found", NOT_FOUND, self.site.default_locale.tag)
        elif batch.kind == "locale":
            yield Route(
                "home", self.paths.home(self._locale(batch.locale)), batch.locale, alternates=self._home_alternates()
            )
            for topic in self.topics_in(batch.locale):
                versions = self._versions(topic)
                alternates = self._alternates({t.locale: self.paths.topic(t) for t in versions})
                yield Route("topic", self.paths.topic(topic), batch.locale, topic, alternates=alternates)
        elif batch.topic and batch.region:
            yield from self._region_routes(batch, batch.topic, batch.region)

    def _region_routes(self, batch: Batch, topic: Topic, region: Region) -> Iterator[Route]:
        versions = [t for t in self._versions(topic) if region.country in self._locale(t.locale).countries]
        if batch.bucket == 0:
            alternates = self._alternates({t.locale: self.paths.region(t, region) for t in versions})
            path = self.paths.region(topic, region)
            yield Route("region", path, topic.locale, topic, region, None, alternates, path in self.kept)
        prefixes = {t.locale: self.paths.place_prefix(t) for t in versions}
        for place in self.places_of(topic, region):
            if self.buckets.get(place.id, 0) != batch.bucket:
                continue
            tail = self.paths.place_tail(region, place.slug)
            members = {tag: prefix + tail for tag, prefix in prefixes.items() if prefix + tail not in self.absent}
            path = members[topic.locale]
            yield Route("place", path, topic.locale, topic, region, place, self._alternates(members), path in self.kept)

    def _versions(self, topic: Topic) -> list[Topic]:
        return [other for other in self.site.topics if other.id == topic.id]

    def _locale(self, tag: str) -> Locale:
        return next(locale for locale in self.site.locales if locale.tag == tag)

    def _home_alternates(self) -> tuple[Alternate, ...]:
        homes = [Alternate(locale.tag, self.paths.home(locale)) for locale in self.site.locales]
        return (*homes, Alternate(X_DEFAULT, "/"))

    def _alternates(self, members: Mapping[str, str]) -> tuple[Alternate, ...]:
        """The cluster in the order of the locales, x-default last; a page without translations has none."""
        if len(members) < 2:
            return ()
        default = self.site.default_locale.tag
        found = [Alternate(locale.tag, members[locale.tag]) for locale in self.site.locales if locale.tag in members]
        return (*found, Alternate(X_DEFAULT, members[default])) if default in members else tuple(found)
