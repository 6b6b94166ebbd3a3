"""Fingerprint of a batch: digests of everything that its pages read, by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from pathlib import Path

import msgspec
from msgspec.structs import replace

from generator.config import SiteConfig
from generator.ledger.records import DIGEST_SIZE, Fingerprint
from generator.model import Locale, Place, Region, Topic
from generator.plan.routes import Batch, Plan
from generator.plan.statuses import topic_key
from generator.render.appearance import Appearance

_UNREAD_KEYS = {"places", "tables", "build", "robots", "hsts", "checks", "gate"}
"""Keys that no page reads: what they select and attach enters through the places, the rest through other files."""


_OF_DATA = frozenset(("exceptions", "region", "places", "neighbours", "hub", "verdicts"))
"""Parts that tell what is known of places; traces hold for any."""


def made_of(fingerprint: Fingerprint) -> str:
    """Digest of all that the traces of a batch's pages are made of."""
    return _digest(sorted((name, part) for name, part in fingerprint.parts.items() if name not in _OF_DATA))


class Fingerprints:
    """Digests of the inputs of the batches of one plan; inputs that several share are digested once."""

    def __init__(self, plan: Plan, appearance: Appearance, code: str) -> None:
        self._plan = plan
        self._templates = {kind: template.digest for kind, template in appearance.templates.items()}
        self._locales = {locale.tag: locale for locale in plan.site.locales}
        self._shared = {
            "code": code,
            "configuration": _digest(_keys(plan.site.config)),
            "appearance": _digest(
                [
                    appearance.css,
                    [image.path for image in appearance.images.all],
                    [repr(credit) for credit in plan.site.attributions],
                ]
            ),
            "languages": _digest([_language(locale) for locale in plan.site.locales]),
            # After an error some pages stay or are left out; then every batch may link differently.
            "exceptions": _digest(
                [sorted((path, one.state) for path, one in plan.exceptions.items()), plan.site.has_unreadable_rows]
            ),
        }
        self._catalogues = {locale.tag: _digest([locale.catalogue.hex()]) for locale in plan.site.locales}
        self._topics = {(topic.id, topic.locale): _digest([_article(topic)]) for topic in plan.site.topics}
        self._geographies: dict[tuple[str, int], dict[str, str]] = {}
        self._around: dict[tuple[str, int], tuple[frozenset[int], frozenset[int]]] = {}
        self._said: dict[str, str] = {}
        self._regions: dict[str, bytes] = {}
        self._links: dict[int, bytes] = {}

    def of(self, batch: Batch) -> Fingerprint:
        """The fingerprint of ``batch``: two with the same digest have the same pages, but for their dates."""
        parts = dict(self._shared)
        if batch.kind == "site":
            parts["templates"] = _digest([self._templates["chooser"], self._templates["not_found"]])
            parts["catalogue"] = self._catalogues[self._plan.site.default_locale.tag]
            parts["verdicts"] = repr(self._plan.statuses.everywhere)
        else:
            parts["catalogue"] = self._catalogues[batch.locale]
        if batch.kind == "locale":
            topics = self._plan.topics_in(batch.locale)
            parts["templates"] = _digest([self._templates["home"], self._templates["topic"]])
            parts["verdicts"] = _digest([self._plan.statuses.everywhere, *map(self._of_topics, topics)])
            parts["topics"] = _digest([self._topics[topic.id, topic.locale] for topic in topics])
            parts["translations"] = _digest([self._translations(topic) for topic in topics])
            parts["regions"] = _digest([self._region_counts(topic) for topic in topics])
        elif batch.topic and batch.region:
            parts["templates"] = _digest([self._templates["region"], self._templates["place"]])
            parts["topics"] = self._topics[batch.topic.id, batch.topic.locale]
            parts["translations"] = _digest([self._translations(batch.topic)])
            parts |= self._geography(batch, batch.region)
            parts["verdicts"] = self._statuses(batch, batch.topic, batch.region)
        state = blake2b(repr((batch.name, batch.bucket, sorted(parts.items()))).encode(), digest_size=DIGEST_SIZE)
        return Fingerprint(state.digest(), parts)

    def _of_topics(self, topic: Topic) -> str:
        """The status of ``topic`` in each language."""
        if topic.id not in self._said:
            statuses = self._plan.statuses
            versions = [other for other in self._plan.site.topics if other.id == topic.id]
            said = [statuses.is_enforced, statuses.everywhere, [statuses.of(version) for version in versions]]
            self._said[topic.id] = _digest(said)
        return self._said[topic.id]

    def _statuses(self, batch: Batch, topic: Topic, region: Region) -> str:
        """The statuses of the places of ``batch``, and the states of those around them."""
        pages = self._plan.statuses.pages
        versions = [version for version in self._plan.site.topics if version.id == topic.id]
        decided = {v.locale: pages[topic_key(v)] for v in versions if topic_key(v) in pages}
        if not decided:
            return self._of_topics(topic)
        own, around = self._own_and_around(batch, region)
        said: list[object] = [self._of_topics(topic)]
        for locale, found in decided.items():
            for number in sorted(around & found.keys()):
                # Of another place only the state matters; the reason is that page's own.
                said.append([locale, number, found[number] if number in own else found[number].state])
        return _digest(said)

    def _own_and_around(self, batch: Batch, region: Region) -> tuple[frozenset[int], frozenset[int]]:
        """The places of ``batch`` by id, and all that its pages name."""
        key = (region.key, batch.bucket)
        if key not in self._around:
            own = frozenset(place.id for place in self._own(batch, region))
            near = [self._plan.surroundings[number] for number in own]
            ids = {neighbour.place.id for around in near for neighbour in around.nearby}
            ids |= {around.larger.place.id for around in near if around.larger}
            ids |= {place.id for place in self._plan.by_region[region.key]}
            self._around[key] = own, frozenset(ids)
        return self._around[key]

    def _translations(self, topic: Topic) -> list[list[str]]:
        """The addresses of the other languages' versions, which alternates name."""
        return [
            [other.locale, other.slug, *sorted(self._locales[other.locale].countries)]
            for other in self._plan.site.topics
            if other.id == topic.id
        ]

    def _region_counts(self, topic: Topic) -> list[object]:
        """Fields of regions on the page of ``topic``, none of which come from tables."""
        slugs = self._plan.paths.region_slugs
        return [
            [region.key, region.name, region.names, slugs[region.key], len(self._plan.places_of(topic, region))]
            for region in self._plan.regions_of(topic)
        ]

    def _geography(self, batch: Batch, region: Region) -> dict[str, str]:
        """Digests of a batch's places, which are the same for every topic and locale."""
        key = (region.key, batch.bucket)
        if key not in self._geographies:
            self._geographies[key] = self._new_geography(batch, region)
        return self._geographies[key]

    def _new_geography(self, batch: Batch, region: Region) -> dict[str, str]:
        everyone, places = self._plan.by_region[region.key], self._own(batch, region)
        parts = {
            "region": self._region(everyone[0].region).hex(),
            "places": _joined(map(self._place, places)),
            "neighbours": self._neighbours(places),
        }
        if batch.bucket == 0:
            parts["hub"] = _joined(map(self._link, everyone))
        return parts

    def _own(self, batch: Batch, region: Region) -> list[Place]:
        """The places of ``batch``."""
        return [p for p in self._plan.by_region[region.key] if self._plan.buckets.get(p.id, 0) == batch.bucket]

    def _region(self, region: Region) -> bytes:
        if region.key not in self._regions:
            text = repr((region, self._plan.paths.region_slugs[region.key]))
            self._regions[region.key] = blake2b(text.encode(), digest_size=DIGEST_SIZE).digest()
        return self._regions[region.key]

    def _link(self, place: Place) -> bytes:
        """Digest of the fields of a place that other pages show."""
        known = self._links.get(place.id)
        if known is None:
            region = place.region
            said = (place.id, place.name, place.names, place.county, place.shares_name, place.population, place.slug)
            around = (region.key, region.name, region.names, self._plan.paths.region_slugs.get(region.key))
            known = self._links[place.id] = _short([said, around, place.id in self._plan.surroundings])
        return known

    def _place(self, place: Place) -> bytes:
        # A cell may hold a number of any length, which only repr spells.
        rest = (place.latitude, place.longitude, place.time_zone, place.country, repr(place.facts))
        return self._link(place) + _short(rest)

    def _neighbours(self, places: Iterable[Place]) -> str:
        """Digest of the neighbours of ``places``, and of each neighbour's fields, taken once."""
        said: list[object] = []
        named: dict[int, Place] = {}
        for place in places:
            around = self._plan.surroundings[place.id]
            near = (*around.nearby, around.larger) if around.larger else around.nearby
            said.append((len(around.nearby), [(other.place.id, other.kilometres) for other in near]))
            named |= {other.place.id: other.place for other in near}
        return _joined([_short(said), *(self._link(named[number]) for number in sorted(named))])


def _keys(config: SiteConfig) -> list[object]:
    return [config.model_dump(mode="json", exclude=_UNREAD_KEYS)]


def _article(topic: Topic) -> str:
    # No page shows where the picture lies on this machine.
    image = replace(topic.image, file=Path()) if topic.image else None
    return repr(replace(topic, image=image))


def _language(locale: Locale) -> str:
    return repr((locale.tag, locale.formats, locale.name, locale.direction, locale.measurement))


def _digest(parts: Sequence[object]) -> str:
    return blake2b(msgspec.json.encode(parts), digest_size=DIGEST_SIZE).hexdigest()


def _short(value: object) -> bytes:
    return blake2b(msgspec.msgpack.encode(value), digest_size=DIGEST_SIZE).digest()


def _joined(digests: Iterable[bytes]) -> str:
    return blake2b(b"".join(digests), digest_size=DIGEST_SIZE).hexdigest()
