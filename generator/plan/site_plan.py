"""Decides every address of a site before any page is rendered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from generator.errors import Finding
from generator.model import INDEX, FrozenPlace, Place, Region, Site, Status
from generator.plan.addresses import GENERATED_FILES, make_address_book
from generator.plan.author_links import author_links
from generator.plan.batches import bucket_places, make_batches
from generator.plan.nearby import find_surroundings
from generator.plan.redirects import plan_redirects
from generator.plan.routes import AddressBook, Paths, Plan, Surroundings
from generator.plan.slugs import slugify

_FAULTY = "A row that the page needs is faulty."


def plan_site(
    site: Site, is_published: Callable[[str], bool], surroundings: Mapping[int, Surroundings] | None = None
) -> Plan:
    """Plan ``site``; ``is_published`` says whether an address already has a page from an earlier build.

    ``surroundings`` are the neighbours, where they are known already.

    Its ``faults`` are every address that two pages claim, and every redirect and link that leads nowhere.
    """
    regions = _regions(site)
    paths = Paths(site.config.urls, {region.key: slugify(region.name) or region.code.lower() for region in regions})
    book, findings = make_address_book(site, paths)
    redirects, faults = plan_redirects(site, paths, book)
    findings.extend(faults)
    findings.extend(_broken_links(site, book))
    grouped: dict[str, list[Place]] = {}
    for place in site.places:
        grouped.setdefault(place.region.key, []).append(place)
    by_region = {key: tuple(places) for key, places in grouped.items()}
    buckets = bucket_places(by_region)
    return Plan(
        site=site,
        paths=paths,
        batches=make_batches(site, by_region, buckets, paths),
        surroundings=find_surroundings(site.places, site.all_places) if surroundings is None else surroundings,
        book=book,
        by_region=by_region,
        buckets=buckets,
        redirects=redirects,
        exceptions=dict(_exceptions(site, paths, is_published)),
        faults=tuple(findings),
    )


def _regions(site: Site) -> list[Region]:
    regions = {place.region.key: place.region for place in site.places}
    regions.update((place.region.key, place.region) for place in site.unreadable_places)
    return [regions[key] for key in sorted(regions)]


def _exceptions(site: Site, paths: Paths, is_published: Callable[[str], bool]) -> Iterator[tuple[str, Status]]:
    """Addresses of pages for which a row is faulty, or may be, with what becomes of them."""
    uncertain = [place for place in site.places if place.id in site.uncertain]
    doubtful = (*_place_paths(site, paths, (*uncertain, *site.unreadable_places)), *_hub_paths(site, paths))
    yield from ((path, Status("frozen", _FAULTY, gate=INDEX)) for path in filter(is_published, doubtful))
    for place in site.places:
        if place.id in site.frozen:
            stays = Status("frozen", _FAULTY, f"It is {site.frozen[place.id]}.", INDEX)
            absent = Status("absent", _FAULTY, stays.detail)
            for path in _place_paths(site, paths, [place]):
                yield path, stays if is_published(path) else absent


def _place_paths(site: Site, paths: Paths, places: Iterable[Place | FrozenPlace]) -> Iterator[str]:
    for place in places:
        yield from (paths.place(topic, place.region, place.slug) for topic in site.topics_for(place.country))


def _hub_paths(site: Site, paths: Paths) -> Iterator[str]:
    for region in _regions(site):
        if region.key in site.frozen_regions:
            yield from (paths.region(topic, region) for topic in site.topics_for(region.country))


def _broken_links(site: Site, book: AddressBook) -> Iterator[Finding]:
    """Links of authors' texts to addresses that the site does not have; those with Jinja in them are not known yet."""
    files = GENERATED_FILES | {public.path for public in site.public_files}
    for topic in site.topics:
        for source, path in author_links(topic):
            if path not in files and not book.owners(path):
                what = f"a link leads to {path}, which the site does not have"
                yield Finding(source.where, what, book.cure(path, "Link to a page that it has."), rule="link_broken")
