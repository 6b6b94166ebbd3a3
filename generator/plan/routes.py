"""Routes, batches and the plan: records that planning makes and rendering reads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import Literal

from msgspec import Struct, field

from generator.config import TableConfig, UrlConfig
from generator.errors import Finding
from generator.model import INDEX, Locale, Place, Redirect, Region, RouteKind, Site, Status, Topic
from generator.plan.statuses import Statuses

BatchKind = Literal["site", "locale", "region"]
X_DEFAULT = "x-default"
NOT_FOUND = "/404.html"
UNKNOWN_ADDRESS = Status("noindex", "It stands for every address that the site does not have.")


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
    status: Status = INDEX

    @property
    def is_indexable(self) -> bool:
        return self.status.is_indexable

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


class Plan(Struct, frozen=True, dict=True):
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
    statuses: Statuses = field(default_factory=Statuses)
    """Statuses that the gate gives to pages."""
    exceptions: Mapping[str, Status] = field(default_factory=dict)
    """Statuses, whatever the gate says, of pages for which something is faulty: they are frozen or absent."""
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
        if exception := self.exceptions.get(path):
            return exception.has_page
        if path in self.book.single or path == NOT_FOUND:
            return path not in self.closed
        return any(self.statuses.of(topic, place.id).has_page for topic, place in self.book.places_at(path))

    @cached_property
    def frozen(self) -> Mapping[str, Status]:
        """Published addresses that stay as they are, because something that they need is faulty."""
        return {path: status for path, status in self.exceptions.items() if status.state == "frozen"}

    @cached_property
    def closed(self) -> Mapping[str, str]:
        """Addresses of hubs without a page, and where links to them lead instead."""
        return {
            hub: self.paths.topic(topic)
            for topic in self.site.topics
            if self.decides_places(topic)
            for hub, region in self.hubs(topic)
            if not self._status(hub, topic, region.key).has_page
        }

    @cached_property
    def lacks_pages(self) -> bool:
        """Whether some page cannot be made and never was."""
        return any(not status.has_page for status in self.exceptions.values())

    def decides_places(self, topic: Topic) -> bool:
        """Whether some places may have no page of ``topic``, or one that is treated in another way than the rest."""
        return self.lacks_pages or self.statuses.decides_places(topic)

    def _status(self, path: str, topic: Topic, page: int | str) -> Status:
        return self.exceptions.get(path) or self.statuses.of(topic, page)

    def hub(self, topic: Topic, region: Region) -> str:
        """Target of a link to a region's page of ``topic``: that page, or the topic's where there is none."""
        path = self.paths.region(topic, region)
        return self.closed.get(path, path)

    def link(self, topic: Topic, place: Place) -> str:
        """Target of a link to a place's page of ``topic``: that page, or nowhere ("").

        Where the page is folded, to its region's page, or to the topic's where the region has none.
        """
        path = self.place_path(topic, place)
        status = self._status(path, topic, place.id)
        if status.state == "fold":
            return self.hub(topic, place.region)
        return path if status.has_page else ""

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

    def hubs(self, topic: Topic) -> Iterator[tuple[str, Region]]:
        """The regions in which ``topic`` has places, in order of key, each with the address of its page."""
        countries = self._locale(topic.locale).countries
        for _, places in sorted(self.by_region.items()):
            if places[0].country in countries:
                yield self.paths.region(topic, places[0].region), places[0].region

    def regions_of(self, topic: Topic) -> tuple[Region, ...]:
        """The regions that have a page of ``topic``, in order of key."""
        return tuple(region for hub, region in self.hubs(topic) if hub not in self.closed)

    def places_of(self, topic: Topic, region: Region) -> tuple[Place, ...]:
        """The places of ``region`` with a page of ``topic``."""
        places = self.by_region[region.key]
        if not self.decides_places(topic):
            return places
        return tuple(p for p in places if self._status(self.place_path(topic, p), topic, p.id).has_page)

    def place_path(self, topic: Topic, place: Place) -> str:
        return self.paths.place(topic, place.region, place.slug)

    def routes(self, batch: Batch) -> Iterator[Route]:
        """The routes of ``batch``, hubs before their places, places in order of id."""
        if batch.kind == "site":
            default = self.site.default_locale.tag
            yield self._own_route("chooser", "/", default, None, self._homes())
            yield Route("not_found", NOT_FOUND, default, status=UNKNOWN_ADDRESS)
        elif batch.kind == "locale":
            yield self._own_route(
                "home", self.paths.home(self._locale(batch.locale)), batch.locale, None, self._homes()
            )
            for topic in self.topics_in(batch.locale):
                members = {version.locale: self.paths.topic(version) for version in self._versions(topic)}
                yield self._own_route("topic", members[topic.locale], topic.locale, topic, self._cluster(members))
        elif batch.topic and batch.region:
            yield from self._region_routes(batch, batch.topic, batch.region)

    def unbuilt(self, batch: Batch) -> Iterator[tuple[str, Status]]:
        """The addresses of ``batch`` that get no page, and why."""
        topic, region = batch.topic, batch.region
        if topic and region and self.decides_places(topic):
            own = [p for p in self.by_region[region.key] if self.buckets.get(p.id, 0) == batch.bucket]
            pages: dict[str, int | str] = {self.place_path(topic, place): place.id for place in own}
            if batch.bucket == 0:
                pages[self.paths.region(topic, region)] = region.key
            found = ((path, self._status(path, topic, page)) for path, page in pages.items())
            yield from ((path, status) for path, status in found if not status.has_page)

    def _own_route(
        self, kind: RouteKind, path: str, locale: str, topic: Topic | None, versions: tuple[Alternate, ...]
    ) -> Route:
        """The route of a page without a place, about which the gate knows no more than about its topic."""
        status = self.statuses.of(topic)
        open_tags = self._open(self._versions(topic)) if topic else frozenset(v.hreflang for v in versions)
        alternates = self._indexable(versions, open_tags) if status.is_indexable else ()
        return Route(kind, path, locale, topic, None, None, versions, alternates, status)

    def _region_routes(self, batch: Batch, topic: Topic, region: Region) -> Iterator[Route]:
        languages = [t for t in self._versions(topic) if region.country in self._locale(t.locale).countries]
        if batch.bucket == 0:
            hubs = {t.locale: self.paths.region(t, region) for t in languages}
            if hubs[topic.locale] not in self.closed:
                found = {t.locale: self._status(hubs[t.locale], t, region.key) for t in languages}
                yield self._route("region", topic, region, None, hubs, found)
        prefixes = {t.locale: self.paths.place_prefix(t) for t in languages}
        is_plain = not self.exceptions and not any(map(self.statuses.decides_places, languages))
        open_tags = self._open(languages)
        for place in self.by_region[region.key]:
            if self.buckets.get(place.id, 0) != batch.bucket:
                continue
            tail = self.paths.place_tail(region, place.slug)
            members = {tag: prefix + tail for tag, prefix in prefixes.items()}
            path = members[topic.locale]
            if is_plain:
                # Here each page has its translations, which differ in nothing but the languages' statuses.
                versions, status = self._cluster(members), self.statuses.of(topic, place.id)
                alternates = self._indexable(versions, open_tags) if status.is_indexable else ()
                yield Route("place", path, topic.locale, topic, region, place, versions, alternates, status)
            elif self._status(path, topic, place.id).has_page:
                found = {t.locale: self._status(members[t.locale], t, place.id) for t in languages}
                yield self._route("place", topic, region, place, members, found)

    def _route(
        self,
        kind: RouteKind,
        topic: Topic,
        region: Region,
        place: Place | None,
        members: Mapping[str, str],
        found: Mapping[str, Status],
    ) -> Route:
        """The route of one of ``members``, pages by their languages, whose statuses are ``found``."""
        status, path = found[topic.locale], members[topic.locale]
        versions = self._cluster({tag: member for tag, member in members.items() if found[tag].has_page})
        open_tags = [tag for tag, one in found.items() if one.is_indexable]
        alternates = self._indexable(versions, open_tags) if status.is_indexable else ()
        return Route(kind, path, topic.locale, topic, region, place, versions, alternates, status)

    def _open(self, versions: Iterable[Topic]) -> frozenset[str]:
        """Locales in which the pages of a topic may be indexed, as far as the topic decides it."""
        return frozenset(version.locale for version in versions if self.statuses.of(version).is_indexable)

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
