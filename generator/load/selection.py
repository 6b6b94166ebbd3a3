"""Selection of the places that get pages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from generator.config import PlacesConfig
from generator.errors import Finding, did_you_mean
from generator.load.condition import Condition, matching_ids
from generator.load.csv_file import quoted, read_rows
from generator.load.places import KnownPlace, described
from generator.load.rows import Row
from generator.model import FrozenPlace, Place

DEFAULT_CONDITION = "population >= 15000"
_LIST_COLUMNS = ("name", "region", "county", "id", "country")


def select_places(
    places: Sequence[Place],
    config: PlacesConfig,
    included: Collection[int],
    content: Path,
    where_label: str,
    frozen: Iterable[FrozenPlace] = (),
) -> tuple[tuple[Place, ...], list[Finding]]:
    """The places that the configuration selects and those ``included``, by country, region code and id.

    ``where_label`` is where the condition stands, for messages. ``included`` places always stay, and count
    towards ``limit``, which keeps the largest (of equals the one with the lower id). A row of the list that
    names a ``frozen`` place is not a fault, and selects nothing.
    """
    if config.list is not None and config.where is not None:
        fix = "Keep one of them: places.where is a condition, places.list a file of names."
        return (), [Finding(where_label, "places.where and places.list are both set", fix)]
    if config.list is not None:
        found, findings = _listed(places, config.list, content, frozen)
    else:
        found, findings = matching_ids(places, Condition(config.where or DEFAULT_CONDITION, where_label))
    if not findings and not found:
        findings = [_nothing_selected(places, config, where_label)]
    if findings:
        return (), findings
    always = [place for place in places if place.id in included]
    others = [place for place in places if place.id in found and place.id not in included]
    if config.limit is not None:
        others.sort(key=lambda place: (-place.population, place.id))
        others = others[: max(config.limit - len(always), 0)]
    return tuple(sorted((*always, *others), key=lambda place: (place.country, place.region.code, place.id))), []


def _nothing_selected(places: Sequence[Place], config: PlacesConfig, where_label: str) -> Finding:
    if not places:
        return Finding(where_label, "there are no places to select from", "Check the files in content/places.")
    largest = max(places, key=lambda place: (place.population, -place.id))
    by = f"the list {config.list}" if config.list else f"places.where, {quoted(config.where or DEFAULT_CONDITION)},"
    facts = f"There are {len(places):,} places; the largest is {largest.name} ({largest.region.code})"
    return Finding(where_label, f"{by} selects no place", f"{facts} with a population of {largest.population:,}.")


def _listed(
    places: Iterable[Place], file: str, content: Path, frozen: Iterable[FrozenPlace]
) -> tuple[frozenset[int], list[Finding]]:
    """Ids of the places that the rows of the list name, each exactly one."""
    rows, findings = read_rows(content / file, f"{content.name}/{file}", ("name", "region"), _LIST_COLUMNS)
    by_region: dict[str, list[KnownPlace]] = {}
    known: list[KnownPlace] = [*places, *frozen]
    for place in known:
        for region_name in {place.region.code.casefold(), place.region.name.casefold()}:
            by_region.setdefault(region_name, []).append(place)
    ids: dict[int, Row] = {}
    for row in rows:
        if not row.is_whole:
            continue
        match = _match(row, by_region)
        if isinstance(match, Finding):
            findings.append(match)
        elif match.id in ids:
            what = f"{ids[match.id].where()} already lists {described(match)}"
            findings.append(Finding(row.where(), what, "Delete one of the two rows."))
        else:
            ids[match.id] = row
    return frozenset(ids), findings


def _match(row: Row, by_region: Mapping[str, Sequence[KnownPlace]]) -> KnownPlace | Finding:
    """The one place that the row names, or what is wrong with the row."""
    cells = row.cells
    name, region = cells["name"], cells["region"]
    if not name or not region:
        return Finding(row.where("region" if name else "name"), "the cell is empty", "Name the place and its region.")
    country, number = cells.get("country", ""), cells.get("id", "")
    in_region = [place for place in by_region.get(region.casefold(), ()) if country in ("", place.country)]
    if not in_region:
        of = f" of {country}" if country else ""
        places = [place for group in by_region.values() for place in group]
        known = {text for place in places for text in (place.region.code, place.region.name)}
        fix = did_you_mean(region, known, "Write the region's code or name as the places file has it.")
        return Finding(row.where("region"), f"no place is in a region {quoted(region)}{of}", fix)
    found = [place for place in in_region if place.name.casefold() == name.casefold()]
    if not found:
        names = {place.name for place in in_region}
        fix = did_you_mean(name, names, "Write the name as the places file has it.")
        return Finding(row.where("name"), f"no place in {region} is called {quoted(name)}", fix)
    county = cells.get("county", "").casefold()
    exact = [
        place
        for place in found
        if number in ("", str(place.id)) and (isinstance(place, FrozenPlace) or county in ("", place.county.casefold()))
    ]
    labels = "; ".join(described(place) for place in sorted(exact or found, key=lambda place: place.id))
    if len(exact) == 1:
        return exact[0]
    if exact:
        return Finding(row.where("name"), f"{quoted(name)} in {region} is ambiguous", f"Fill in the id of: {labels}.")
    column = "id" if number and number not in {str(place.id) for place in found} else "county"
    what = f"{quoted(cells[column])} is not the {column} of {quoted(name)} in {region}"
    return Finding(row.where(column), what, f"There is: {labels}.")
