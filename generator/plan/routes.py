"""Routes, batches and the plan: records that planning makes and rendering reads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Literal

from msgspec import Struct, field

from generator.config import TableConfig, UrlConfig
from generator.errors import Finding
from generator.model import Locale, Place, Redirect, Region, RouteKind, Site, Topic
from generator.plan.verdicts import INDEX, NOTHING_TO_LIST, UNKNOWN_ADDRESS, Verdict, Verdicts

BatchKind = Literal["site", "locale", "region"]
X_DEFAULT = "x-default"
NOT_FOUND = "/404.html"


class Alternate(Struct, frozen=True):
    """One member of a cluster of translations; ``hreflang`` is a locale's tag or ``x-default``."""

    hreflang: str
    path: str


class Route(Struct, frozen=True):
    """The decided address of one page."""

    kind: RouteKind
    path: str
    locale: str
    topic: Topic | None = None
    region: Region | None = None
    place: Place | None = None
    versions: tuple[Alternate, ...] = ()
    """The page's translations and itself, x-default last; none where it has no translation."""
    alternates: tuple[Alternate, ...] = ()
    """Those of ``versions`` that name one another to search engines: the indexable ones, if this page is one."""
    is_frozen: bool = False
    """The page stays as it was last built, because a row that it needs is faulty."""
    verdict: Verdict = INDEX
    """The gate's verdict on the page, enforced or not."""
    is_indexable: bool = True

    def owner(self, table: TableConfig) -> Place | Region | None:
        """Place or region whose facts ``table`` gives to this page."""
        return self.place if table.attach == "place" else self.region


def cluster_key(route: Route) -> str:
    """The name that a page and its translations share."""
    subject = str(route.place.id) if route.place else route.region.key if route.region else ""
    return "/".join(part for part in (route.kind, route.topic.id if route.topic else "", subject) if part)


class Batch(Struct, frozen=True):
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


class Paths(Struct, frozen=True):
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

    def region_tail(self, region: Region) -> str:
        """The end of the address of a region's page, the same for every topic and locale."""
        _, tail = _split_at_place(self.patterns.region)
        return tail.format(country=region.country.lower(), region=self.region_slugs[region.key])

    def place(self, topic: Topic, region: Region, slug: str) -> str:
        return self.place_prefix(topic) + self.place_tail(region, slug)

    def place_prefix(self, topic: Topic) -> str:
        """The beginning of a place's address: the part that no place changes."""
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


class AddressBook(Struct, frozen=True):
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
    """Lengths of the beginnings."""

    def owners(self, path: str) -> list[str]:
        """Every claimant of ``path``, as its author would name it."""
        owners = [self.single[path]] if path in self.single else []
        places = self.places_at(path)
        return [*owners, *(f"{topic.slug_source} for {place.name} ({place.source})" for topic, place in places)]

    def places_at(self, path: str) -> Iterator[tuple[Topic, Place]]:
        """Each topic and place whose page has this address, which is at most one in a sound site."""
        for length in self.lengths:
            topic = self.prefixes.get(path[:length])
            place = self.tails.get(path[length:])
            if topic and place and place.country in self.countries[topic.locale]:
                yield topic, place

    def cure(self, path: str, otherwise: str) -> str:
        """How to mend an address that leads nowhere."""
        return f"Write {path}/ with a slash at its end." if self.owners(f"{path}/") else otherwise

    def beginnings(self) -> Iterator[tuple[str, str]]:
        """Addresses of the pages without a place, and beginnings of those of the places, with their owners."""
        yield from self.single.items()
        yield from ((prefix, topic.slug_source) for prefix, topic in self.prefixes.items())


class Neighbour(Struct, frozen=True):
    """A place near another."""

    place: Place
    kilometres: float


class Surroundings(Struct, frozen=True):
    """Neighbours of a place: the nearest selected places, and the nearest one of all that is larger."""

    nearby: tuple[Neighbour, ...] = ()
    larger: Neighbour | None = None


class Plan(Struct, frozen=True):
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
    frozen: frozenset[str] = frozenset()
    """Published addresses that stay as they are, because the data that they need is faulty."""
    absent: frozenset[str] = frozenset()
    """Addresses that get no page for the same reason, never having been published."""
    verdicts: Verdicts = field(default_factory=Verdicts)
    closed: Mapping[str, str] = field(default_factory=dict)
    """Addresses of hubs without a page, as the gate leaves them no place, and where links to them lead instead."""
    findings: tuple[Finding, ...] = ()
    """Redirects left out because of the gate, which their author may miss."""
    faults: tuple[Finding, ...] = ()
    """Faults that stop a build, each with the id of the rule that it breaks."""
    unlisted: frozenset[str] = frozenset()
    """Names of the batches without a page that may be indexed, which have no sitemap."""

    def told(self, rule: str) -> Iterator[Finding]:
        """The planner's findings against the rule of that id."""
        return (fault for fault in self.faults if fault.rule == rule)

    def has(self, path: str) -> bool:
        """Whether the site is to have a page at ``path``."""
        if path in self.absent or path in self.closed:
            return False
        return (
            path == NOT_FOUND
            or path in self.book.single
            or any(self.builds(topic, place) for topic, place in self.book.places_at(path))
        )

    def builds(self, topic: Topic, place: Place) -> bool:
        """Whether the gate lets a place have a page of ``topic``."""
        return self.verdicts.done(topic, place).has_page

    def link(self, topic: Topic, place: Place) -> str:
        """Target of a link to a place's page of ``topic``: that page, or nowhere ("").

        Where the page is folded, to its region's page, or to the topic's where the region has none.
        """
        path = self.place_path(topic, place)
        if path in self.absent:
            return ""
        if not self.verdicts.decides_places(topic):
            return path
        verdict = self.verdicts.done(topic, place)
        if verdict.decision == "fold":
            hub = self.paths.region(topic, place.region)
            return self.closed.get(hub, hub)
        return path if verdict.has_page else ""

    def instead_of(self, target: str) -> str:
        """Final target of a redirect to ``target``, which is an address or a path; "" where nothing is left."""
        path = target.partition("#")[0].partition("?")[0]
        if path in self.closed:
            return self.closed[path]
        for topic, place in self.book.places_at(path):
            link = self.link(topic, place)
            return target if link == path else link
        return target

    def topics_in(self, locale: str) -> tuple[Topic, ...]:
        return tuple(topic for topic in self.site.topics if topic.locale == locale)

    def regions_of(self, topic: Topic) -> tuple[Region, ...]:
        """The regions that have a page of ``topic``, in order of key."""
        countries = self._locale(topic.locale).countries
        regions = [places[0].region for _, places in sorted(self.by_region.items()) if places[0].country in countries]
        if self.closed:
            regions = [region for region in regions if self.paths.region(topic, region) not in self.closed]
        return tuple(regions)

    def places_of(self, topic: Topic, region: Region) -> tuple[Place, ...]:
        """The places of ``region`` with a page of ``topic``."""
        places = self.by_region[region.key]
        if self.verdicts.decides_places(topic):
            places = tuple(place for place in places if self.builds(topic, place))
        if not self.absent:
            return places
        return tuple(place for place in places if self.place_path(topic, place) not in self.absent)

    def place_path(self, topic: Topic, place: Place) -> str:
        return self.paths.place(topic, place.region, place.slug)

    def routes(self, batch: Batch) -> Iterator[Route]:
        """The routes of ``batch``, hubs before their places, places in order of id."""
        if batch.kind == "site":
            default = self.site.default_locale.tag
            yield self._own_route("chooser", "/", default, None, self._homes())
            yield Route("not_found", NOT_FOUND, default, verdict=UNKNOWN_ADDRESS, is_indexable=False)
        elif batch.kind == "locale":
            yield self._own_route(
                "home", self.paths.home(self._locale(batch.locale)), batch.locale, None, self._homes()
            )
            for topic in self.topics_in(batch.locale):
                members = {version.locale: self.paths.topic(version) for version in self._versions(topic)}
                yield self._own_route("topic", members[topic.locale], topic.locale, topic, self._cluster(members))
        elif batch.topic and batch.region:
            yield from self._region_routes(batch, batch.topic, batch.region)

    def unbuilt(self, batch: Batch) -> Iterator[tuple[str, Verdict]]:
        """The addresses of ``batch`` that get no page, because the gate folds or holds them."""
        if batch.topic and batch.region and self.verdicts.decides_places(batch.topic):
            hub = self.paths.region(batch.topic, batch.region)
            if batch.bucket == 0 and hub in self.closed:
                yield hub, NOTHING_TO_LIST
            for place in self.by_region[batch.region.key]:
                verdict = self.verdicts.done(batch.topic, place)
                if self.buckets.get(place.id, 0) == batch.bucket and not verdict.has_page:
                    yield self.place_path(batch.topic, place), verdict

    def _own_route(
        self, kind: RouteKind, path: str, locale: str, topic: Topic | None, versions: tuple[Alternate, ...]
    ) -> Route:
        """The route of a page without a place, about which the gate knows no more than about its topic."""
        open_tags = self._open(self._versions(topic)) if topic else frozenset(v.hreflang for v in versions)
        is_indexable = self.verdicts.done(topic).decision == "index"
        alternates = self._indexable(versions, open_tags) if is_indexable else ()
        said = self.verdicts.said(topic)
        return Route(kind, path, locale, topic, None, None, versions, alternates, False, said, is_indexable)

    def _region_routes(self, batch: Batch, topic: Topic, region: Region) -> Iterator[Route]:
        languages = [t for t in self._versions(topic) if region.country in self._locale(t.locale).countries]
        verdicts, open_tags = self.verdicts, self._open(languages)
        is_open = topic.locale in open_tags
        if batch.bucket == 0:
            hubs = {t.locale: self.paths.region(t, region) for t in languages}
            path = hubs[topic.locale]
            versions = self._cluster({tag: hub for tag, hub in hubs.items() if hub not in self.closed})
            alternates = self._indexable(versions, open_tags) if is_open else ()
            said, is_frozen = verdicts.said_of_region(topic, region.key), path in self.frozen
            if path not in self.closed:
                yield Route(
                    "region", path, topic.locale, topic, region, None, versions, alternates, is_frozen, said, is_open
                )
        prefixes = {t.locale: self.paths.place_prefix(t) for t in languages}
        decided = [t for t in languages if verdicts.decides_places(t)]
        is_plain = not decided and len(open_tags) == len(languages)
        for place in self.places_of(topic, region):
            if self.buckets.get(place.id, 0) != batch.bucket:
                continue
            tail = self.paths.place_tail(region, place.slug)
            members = {tag: prefix + tail for tag, prefix in prefixes.items() if prefix + tail not in self.absent}
            indexable = open_tags
            for version in decided:
                verdict = verdicts.done(version, place)
                if not verdict.has_page:
                    members.pop(version.locale, None)
                if verdict.decision != "index":
                    indexable -= {version.locale}
            path = members[topic.locale]
            versions = self._cluster(members)
            is_indexable = topic.locale in indexable
            alternates = versions if is_plain else self._indexable(versions, indexable) if is_indexable else ()
            said, is_frozen = verdicts.said(topic, place), path in self.frozen
            yield Route(
                "place", path, topic.locale, topic, region, place, versions, alternates, is_frozen, said, is_indexable
            )

    def _open(self, versions: Iterable[Topic]) -> frozenset[str]:
        """Locales in which the pages of a topic may be indexed, as far as the topic decides it."""
        return frozenset(version.locale for version in versions if self.verdicts.done(version).decision == "index")

    def _indexable(self, versions: tuple[Alternate, ...], tags: Collection[str]) -> tuple[Alternate, ...]:
        """Those of ``versions`` in the locales ``tags``, which name one another; none where only one is left."""
        default = self.site.default_locale.tag
        if not versions or all(version.hreflang in tags for version in versions if version.hreflang != X_DEFAULT):
            return versions
        found = tuple(v for v in versions if v.hreflang in tags or (v.hreflang == X_DEFAULT and default in tags))
        return found if sum(version.hreflang != X_DEFAULT for version in found) > 1 else ()

    def _versions(self, topic: Topic) -> list[Topic]:
        return [other for other in self.site.topics if other.id == topic.id]

    def _locale(self, tag: str) -> Locale:
        return next(locale for locale in self.site.locales if locale.tag == tag)

    def _homes(self) -> tuple[Alternate, ...]:
        homes = [Alternate(locale.tag, self.paths.home(locale)) for locale in self.site.locales]
        return (*homes, Alternate(X_DEFAULT, "/"))

    def _cluster(self, members: Mapping[str, str]) -> tuple[Alternate, ...]:
        """The cluster in the order of the locales, x-default last; a page without translations has none."""
        if len(members) < 2:
            return ()
        default = self.site.default_locale.tag
        found = [Alternate(locale.tag, members[locale.tag]) for locale in self.site.locales if locale.tag in members]
        return (*found, Alternate(X_DEFAULT, members[default])) if default in members else tuple(found)
