"""Selection of the places that get pages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.config import PlacesConfig
from generator.errors import Finding
from generator.load.condition import Condition, matching_ids
from generator.load.csv_file import quoted, read_columns
from generator.load.gazetteer import Gazetteer, described
from generator.load.places import LoadedPlaces
from generator.load.rows import Row
from generator.model import Place

DEFAULT_CONDITION = "population >= 15000"
_LIST_COLUMNS = ("name", "region", "county", "id", "country")


def select_places(
    loaded: LoadedPlaces, config: PlacesConfig, content: Path, where_label: str
) -> tuple[tuple[Place, ...], list[Finding]]:
    """The places that the configuration selects and those ``included``, by country, region code and id.

    ``where_label`` is where the condition stands, for messages. Included places always stay, and count
    towards ``limit``, which keeps the largest (of equals the one with the lower id). A row of the list that
    names a frozen place is not a fault, and selects nothing.
    """
    places, included = loaded.places, loaded.included
    if config.list is not None and config.where is not None:
        fix = "Keep one of them: places.where is a condition, places.list a file of names."
        return (), [Finding(where_label, "places.where and places.list are both set", fix)]
    if config.list is not None:
        found, findings = _listed(loaded, config.list, content)
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


def _listed(loaded: LoadedPlaces, file: str, content: Path) -> tuple[frozenset[int], list[Finding]]:
    """Ids of the places that the rows of the list name, each exactly one."""
    columns, findings = read_columns(content, file, ("name", "region"), _LIST_COLUMNS)
    gazetteer = Gazetteer((*loaded.places, *loaded.frozen), loaded.regions.values(), "region")
    ids: dict[int, Row] = {}
    for row in columns.rows():
        if not row.is_whole:
            continue
        empty = [column for column in ("name", "region") if not row.cells[column]]
        if empty:
            findings.append(Finding(row.where(empty[0]), "the cell is empty", "Name the place and its region."))
            continue
        place = gazetteer.place(row)
        if isinstance(place, Finding):
            findings.append(place)
        elif place.id in ids:
            what = f"{ids[place.id].where()} already lists {described(place)}"
            findings.append(Finding(row.where(), what, "Delete one of the two rows."))
        else:
            ids[place.id] = row
    return frozenset(ids), findings
