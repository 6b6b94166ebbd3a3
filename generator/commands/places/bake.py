"""Merge of the cities that GeoNames lists now into the places file of their country.

The parts of URLs are frozen: an id keeps its slug, its region and its region's name, and no id ever takes a slug
that another one of the region has or had.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import count

from msgspec import Struct
from msgspec.structs import replace

from generator.commands.places.place_rows import Country, PlaceRow, Rename
from generator.commands.places.place_rules import clean_name, dropped_because, skip_reasons
from generator.errors import Finding, SiteError
from generator.plan.slugs import MAX_SLUG, slugify


class BakeReport(Struct, frozen=True):
    """Counts of how the rows of one country came about."""

    rows: int
    added: int
    dropped: Mapping[str, int]
    """Rows left out, by the mark in their name."""
    cleaned: tuple[tuple[str, str], ...]
    """Names as listed and as written, where they differ."""
    skipped: Mapping[str, int]
    """Rows that get no pages, by reason; ids are left out of the reason."""
    without_county: int
    vanished: int
    """Rows that GeoNames no longer lists, kept as they were."""
    renamed: int
    moved: int
    """Rows that GeoNames now puts in another region, kept in the old one because their URLs hold it."""


class Baked(Struct, frozen=True):
    """The rows of one country's file, sorted by region code and id."""

    rows: tuple[PlaceRow, ...]
    report: BakeReport


def bake(country: Country, existing: Iterable[PlaceRow], renames: Mapping[int, Rename]) -> Baked:
    """Every row of the country's places file; the same for any order of the input.

    A region without a name goes by its code. ``renames`` of ids that are not in this country are left alone.
    Raises SiteError with every rename that cannot be done.
    """
    before = {row.id: row for row in existing}
    listed = {city.id: city for city in country.cities}
    marks = {city.id: mark for city in listed.values() if (mark := dropped_because(city.name))}
    clean = {
        city.id: replace(city, name=clean_name(city.name), region_code=before.get(city.id, city).region_code)
        for city in listed.values()
        if city.id not in marks or city.id in before
    }
    unmarked = (city for city in clean.values() if city.id not in marks)
    skips = skip_reasons(unmarked, country.feature_codes, country.counties)
    # A row that is in the file already is never dropped, or its slug would be free for another place.
    skips |= {id: f'GeoNames now calls it "{listed[id].name}"' for id in marks if id in before}
    written = {row.region_code: row.region for row in sorted(before.values(), key=lambda row: -row.id)}
    names = {**country.region_names, **written}
    fresh = [
        replace(
            city,
            county=_county(city.name, country.counties.get(city.id, "")),
            region=names.get(city.region_code, city.region_code),
            slug=before[city.id].slug if city.id in before else "",
            former_slugs=before[city.id].former_slugs if city.id in before else (),
            skip=skips.get(city.id, ""),
        )
        for city in clean.values()
    ]
    vanished = [row for row in before.values() if row.id not in clean]
    rows = _with_slugs([*fresh, *vanished], renames)
    cleaned = {(listed[id].name, city.name) for id, city in clean.items() if city.name != listed[id].name}
    reasons = (re.sub(r"\bsame place as .*", "same place as another row", row.skip) for row in rows if row.skip)
    report = BakeReport(
        rows=len(rows),
        added=sum(row.id not in before for row in rows),
        dropped=_counted(mark for id, mark in marks.items() if id not in before),
        cleaned=tuple(sorted(cleaned)),
        skipped=_counted(reasons),
        without_county=sum(not row.county for row in rows),
        vanished=len(vanished),
        renamed=sum(row.id in before and row.slug != before[row.id].slug for row in rows),
        moved=sum(city.region_code != listed[id].region_code for id, city in clean.items()),
    )
    return Baked(rows=rows, report=report)


def _county(name: str, county: str) -> str:
    """Nothing when the place is its own county, as Baltimore is in "City of Baltimore"."""

    def bare(text: str) -> str:
        return slugify(re.sub(r"\bSt\.? ", "Saint ", text.removeprefix("City of ")))

    return "" if bare(county) == bare(name) else county


def _counted(reasons: Iterable[str]) -> dict[str, int]:
    """The number of each, the most frequent first."""
    return dict(sorted(Counter(reasons).items(), key=lambda item: (-item[1], item[0])))


def _with_slugs(rows: Iterable[PlaceRow], renames: Mapping[int, Rename]) -> tuple[PlaceRow, ...]:
    """The rows in the file's order, each with its slug; those that have one keep it unless it is renamed."""
    # The largest comes first and so has the plain slug; a skipped row comes after every row that has pages.
    by_claim = sorted(rows, key=lambda row: (bool(row.skip), -row.population, row.id))
    owners = {(row.region_code, slug): row.id for row in by_claim for slug in (row.slug, *row.former_slugs) if slug}
    done: list[PlaceRow] = []
    findings: list[Finding] = []
    unnamed: list[PlaceRow] = []
    for row in by_claim:
        rename = renames.get(row.id)
        if rename is None or rename.slug == row.slug:
            (done if row.slug else unnamed).append(row)
        elif finding := _refused(row, rename, owners):
            findings.append(finding)
        else:
            former = tuple(slug for slug in (*row.former_slugs, row.slug) if slug and slug != rename.slug)
            done.append(replace(row, slug=rename.slug, former_slugs=former))
    if findings:
        raise SiteError(findings)
    for row in unnamed:
        slug = next(slug for slug in _candidates(row) if owners.setdefault((row.region_code, slug), row.id) == row.id)
        done.append(replace(row, slug=slug))
    return tuple(sorted(done, key=lambda row: (row.region_code, row.id)))


def _refused(row: PlaceRow, rename: Rename, owners: dict[tuple[str, str], int]) -> Finding | None:
    if not rename.slug or slugify(rename.slug) != rename.slug:
        better = slugify(rename.slug)
        return Finding(
            where=rename.where,
            what=f'"{rename.slug}" cannot be the slug of {row.name}',
            fix=f'Write "{better}".' if better else "Use lower-case letters, digits and single hyphens.",
        )
    owner = owners.setdefault((row.region_code, rename.slug), row.id)
    if owner != row.id:
        return Finding(
            where=rename.where,
            what=f'"{rename.slug}" cannot be the slug of {row.name}: id {owner} in {row.region} has it or had it',
            fix="Choose another slug.",
        )
    return None


def _candidates(row: PlaceRow) -> Iterator[str]:
    """Slugs for a new place, the best first: its name, with its county, with its id; the last never ends."""
    name = slugify(row.name)
    if name:
        yield name
        if row.county:
            yield slugify(f"{name} {row.county}")
    for attempt in count(1):
        tail = f"{row.id}" if attempt == 1 else f"{row.id}-{attempt}"
        yield slugify(f"{name[: MAX_SLUG - len(tail) - 1]}-{tail}")
