"""Division of the work into batches whose names, and so whose sitemaps, never depend on one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from hashlib import blake2b

from generator.model import Place, Site
from generator.plan.routes import Batch, Paths

MAX_ROUTES = 5_000
"""Routes a batch may hold: a tenth of what a sitemap may list, which leaves room for 40 locales' alternates."""

_FAN_OUT = 64

_EVENNESS = 0.9
"""Hashing fills buckets unevenly: at this mean load the fullest of 64 stays below the limit by seven deviations."""


def bucket_places(by_region: Mapping[str, tuple[Place, ...]], max_routes: int = MAX_ROUTES) -> dict[int, int]:
    """The bucket of each place whose region has too many for one batch; the others are left out.

    A place's bucket depends on its id alone, so a new place moves no other. Buckets are 64, or 64 × 64
    where those are still too full.
    """
    buckets: dict[int, int] = {}
    for places in by_region.values():
        count = 1
        while len(places) >= max_routes * count * (1 if count == 1 else _EVENNESS):
            count *= _FAN_OUT
        if count > 1:
            buckets.update((place.id, bucket_of(place.id, count)) for place in places)
    return buckets


def bucket_of(place_id: int, buckets: int) -> int:
    digest = blake2b(str(place_id).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") % buckets


def make_batches(
    site: Site, by_region: Mapping[str, tuple[Place, ...]], buckets: Mapping[int, int], paths: Paths
) -> tuple[Batch, ...]:
    """The site's own pages, then each locale's, then every topic × locale × region."""
    batches = [Batch("site", "site", size=2)]
    for locale in site.locales:
        own = sum(topic.locale == locale.tag for topic in site.topics)
        batches.append(Batch(locale.slug, "locale", locale.tag, size=1 + own))
    for topic in site.topics:
        for key, places in sorted(by_region.items()):
            region = places[0].region
            if region.country not in site.countries[topic.locale]:
                continue
            # Slugs hold no dots, so no two names can run into each other.
            name = f"{topic.locale.lower()}.{topic.slug}.{region.country.lower()}-{paths.region_slugs[key]}"
            sizes = Counter([0, *(buckets.get(place.id, 0) for place in places)])
            count = 1 if places[0].id not in buckets else max(sizes) + 1
            for bucket, size in sorted(sizes.items()):
                own_name = name if count == 1 else f"{name}.{bucket:04d}"
                batches.append(Batch(own_name, "region", topic.locale, topic, region, bucket, count, size))
    return tuple(batches)
