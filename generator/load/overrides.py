"""The marketer's hand on the places: ``content/places/overrides.csv``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from generator.errors import Finding, Severity, did_you_mean
from generator.load.csv_file import quoted, read_rows
from generator.load.override_row import COLUMNS, NAME_PREFIX, localised_names, names_a_region, row_faults
from generator.load.places import (
    OVERRIDES_FILE,
    KnownPlace,
    LoadedPlaces,
    RegionKey,
    described,
    mark_shared_names,
)
from generator.load.row_rules import RowRules
from generator.load.rows import Columns, ColumnType, Row, Rows
from generator.model import FrozenPlace, Place, Region


class _Changes(Struct):
    """Every place while the rows change it, skipped and frozen ones too, and what the rows have said so far."""

    loaded: LoadedPlaces
    findings: list[Finding]
    places: dict[int, Place]
    skipped: set[int]
    frozen: dict[int, FrozenPlace]
    regions: dict[RegionKey, Region]
    by_name: dict[tuple[str, str], list[int]]
    included: set[int] = field(default_factory=set)
    said: dict[tuple[str, object], Row] = field(default_factory=dict)
    slugs_from: dict[int, Row] = field(default_factory=dict)

    def place(self, number: int) -> KnownPlace | None:
        return self.places.get(number) or self.frozen.get(number)

    def known(self) -> list[KnownPlace]:
        return [*self.places.values(), *self.frozen.values()]

    def stop(self, where: str, what: str, fix: str, severity: Severity = "stop") -> None:
        self.findings.append(Finding(where, what, fix, severity))


def apply_overrides(
    loaded: LoadedPlaces, content: Path, root: Path, locale_tags: Collection[str], rules: RowRules | None = None
) -> LoadedPlaces:
    """``loaded`` under the overrides, if there are any; every fault is a "stop", for they are instructions.

    So is what ``rules`` call an error in what the rows let pages say.

    Rows address a place by its id, or by its name in the places file and its region code. Their order does
    not matter: what ``add`` adds is there for every row, and no two rows may do the same thing to one place.
    A place that is not found is only an "error" while rows of places cannot be read: it may be one of them.
    """
    path = content / "places" / OVERRIDES_FILE
    if not path.exists():
        return loaded
    known = (*COLUMNS, *(NAME_PREFIX + tag for tag in locale_tags))
    rows, findings = read_rows(path, path.relative_to(root).as_posix(), ["action"], known)
    findings += _judged(rows, known, rules or RowRules())
    changes = _start(loaded, findings)
    sound: list[Row] = []
    for row in rows:
        if row.is_whole:
            faults = row_faults(row)
            findings += faults
            if row.cells["action"] == "add":
                _add(changes, row, is_sound=not faults)
            elif not faults:
                sound.append(row)
    for row in sound:
        if names_a_region(row):
            _localise_region(changes, row)
        else:
            _change_place(changes, row)
    _check_slugs(changes)
    return _result(changes)


def _judged(rows: Sequence[Row], known: Iterable[str], rules: RowRules) -> Iterator[Finding]:
    """What rules say of the rows that give names."""
    naming = tuple(row for row in rows if row.is_whole and row.cells["action"] in ("add", "rename", "localise"))
    if naming:
        columns = Columns.of(naming[0].shown, naming)
        kinds: dict[str, ColumnType] = {
            column: "text" for column in known if column in columns.cells and column.startswith(("name", "county"))
        }
        for found in rules.judged(Rows(columns, "overrides", kinds)).findings:
            # That stands, whatever is decided of the rule for rows of data.
            yield replace(found, severity="stop", rule="") if rules.keeps_back(found) else found


def _start(loaded: LoadedPlaces, findings: list[Finding]) -> _Changes:
    places = {place.id: place for place in (*loaded.places, *loaded.skipped)}
    frozen = {place.id: place for place in loaded.frozen}
    by_name: dict[tuple[str, str], list[int]] = {}
    for place in loaded.known:
        by_name.setdefault((place.region.code, place.name.casefold()), []).append(place.id)
    skipped = {place.id for place in loaded.skipped}
    return _Changes(loaded, findings, places, skipped, frozen, dict(loaded.regions), by_name)


def _add(changes: _Changes, row: Row, *, is_sound: bool) -> None:
    cells = row.cells
    region = changes.regions.get((cells.get("country", ""), cells.get("region_code", "")))
    if region is None and cells.get("country") and cells.get("region_code"):
        _unknown_region(changes, row)
    text = cells.get("id", "")
    number = int(text) if text.isascii() and text.isdecimal() else 0
    if taken := changes.place(number):
        what = f"the id {number} is already taken by {described(taken)}"
        changes.stop(row.where("id"), what, 'To change that place use "include", "rename" or "localise".')
    elif is_sound and region is not None:
        changes.slugs_from[number] = row
        changes.included.add(number)
        changes.by_name.setdefault((region.code, cells["name"].casefold()), []).append(number)
        changes.places[number] = Place(
            id=number,
            name=cells["name"],
            county=cells.get("county", ""),
            region=region,
            country=region.country,
            latitude=float(cells["latitude"]),
            longitude=float(cells["longitude"]),
            population=int(cells["population"]),
            time_zone=cells["time_zone"],
            slug=cells["slug"],
            source=row.where(),
            names=localised_names(row),
        )


def _unknown_region(changes: _Changes, row: Row) -> None:
    country, code = row.cells.get("country", ""), row.cells.get("region_code", "")
    known = [region.code for region in changes.regions.values() if country in ("", region.country)]
    if known:
        of = f" of {country}" if country else ""
        changes.stop(row.where("region_code"), f"no place is in a region {quoted(code)}{of}", did_you_mean(code, known))
    else:
        countries = {region.country for region in changes.regions.values()}
        what = f"there are no places of the country {quoted(country)}"
        changes.stop(row.where("country"), what, did_you_mean(country, countries))


def _localise_region(changes: _Changes, row: Row) -> None:
    country, code = row.cells.get("country", ""), row.cells["region_code"]
    keys = [key for key in changes.regions if key[1] == code and country in ("", key[0])]
    if not keys:
        _unknown_region(changes, row)
    elif len(keys) > 1:
        countries = ", ".join(sorted(key[0] for key in keys))
        changes.stop(row.where("country"), f'the region "{code}" exists in {countries}', "Fill in the country.")
    elif _is_first(changes, row, "region", keys[0]):
        region = changes.regions[keys[0]]
        changes.regions[keys[0]] = replace(region, names={**region.names, **localised_names(row)})


def _change_place(changes: _Changes, row: Row) -> None:
    action = row.cells["action"]
    place = _addressed(changes, row)
    if place is None:
        return
    number = place.id
    kind = "selection" if action in ("include", "skip") else action
    if not _is_first(changes, row, kind, number) or isinstance(place, FrozenPlace):
        return
    if action == "include":
        changes.included.add(number)
        changes.skipped.discard(number)
    elif action == "skip":
        changes.skipped.add(number)
    elif action == "localise":
        changes.places[number] = replace(place, names={**place.names, **localised_names(row)})
    else:
        slug = row.cells.get("slug") or place.slug
        former = place.former_slugs
        if slug != place.slug:
            former = (*(old for old in former if old != slug), place.slug)
            changes.slugs_from[number] = row
        changes.places[number] = replace(place, name=row.cells["name"], slug=slug, former_slugs=former)


def _addressed(changes: _Changes, row: Row) -> KnownPlace | None:
    """The one place that the row is about; else a finding."""
    cells = row.cells
    country, code = cells.get("country", ""), cells.get("region_code", "")
    severity: Severity = "error" if changes.loaded.has_unreadable_rows else "stop"
    if cells.get("id"):
        return _of_id(changes, row, severity)
    numbers = changes.by_name.get((code, cells["name"].casefold()), [])
    found = [place for number in numbers if (place := changes.place(number)) and country in ("", place.country)]
    if len(found) == 1:
        return found[0]
    if found:
        what = f"{quoted(cells['name'])} in {code} is ambiguous"
        listed = "; ".join(described(place) for place in sorted(found, key=lambda place: place.id))
        changes.stop(row.where("name"), what, f"Fill in the id of the one you mean: {listed}.")
        return None
    names = {p.name for p in changes.known() if p.region.code == code and country in ("", p.country)}
    if names:
        fix = did_you_mean(cells["name"], names, 'Use "add" to make it.')
        changes.stop(row.where("name"), f"no place in {code} is called {quoted(cells['name'])}", fix, severity)
    else:
        _unknown_region(changes, row)
    return None


def _of_id(changes: _Changes, row: Row, severity: Severity) -> KnownPlace | None:
    """The place that has the row's id, where none of its other cells says that another one is meant."""
    cells, number = row.cells, int(row.cells["id"])
    place = changes.place(number)
    if place is None:
        fix = 'Look it up in the places file, or use "add" to make it.'
        changes.stop(row.where("id"), f"no place has the id {number}", fix, severity)
        return None
    given = "" if cells["action"] == "rename" else cells.get("name", "")
    # A row may call it what the file does, whatever another row renames it to.
    is_called = given in ("", place.name) or number in changes.by_name.get((place.region.code, given.casefold()), [])
    is_in_region = cells.get("region_code", "") in ("", place.region.code)
    if is_called and is_in_region and cells.get("country", "") in ("", place.country):
        return place
    what = f"the id {number} is {described(place)}, which is not what the row's other cells say"
    changes.stop(row.where("id"), what, "Correct the id, or empty the cells that disagree with it.")
    return None


def _is_first(changes: _Changes, row: Row, kind: str, subject: object) -> bool:
    earlier = changes.said.setdefault((kind, subject), row)
    if earlier is row:
        return True
    subject_kind = "region" if kind == "region" else "place"
    what = f'{earlier.where()} already has the action "{earlier.cells["action"]}" for the same {subject_kind}'
    changes.stop(row.where("action"), what, "Keep one of the two rows.")
    return False


def _check_slugs(changes: _Changes) -> None:
    """No slug that a row has set may be, or have been, another place's."""
    if not changes.slugs_from:
        return
    taken: dict[tuple[str, str, str], list[int]] = {}
    for place in changes.known():
        former = place.former_slugs if isinstance(place, Place) else ()
        for slug in {place.slug, *former}:
            taken.setdefault((place.country, place.region.code, slug), []).append(place.id)
    for number, row in sorted(changes.slugs_from.items()):
        changed = changes.places[number]
        key = (changed.country, changed.region.code)
        others = {other for slug in (changed.slug, *changed.former_slugs) for other in taken[*key, slug]} - {number}
        for other in sorted(others):
            owner = changes.places.get(other) or changes.frozen[other]
            what = f"the slug {quoted(changed.slug)}, or a former one, belongs to {described(owner)}"
            changes.stop(row.where("slug"), what, "Choose another slug.")


def _result(changes: _Changes) -> LoadedPlaces:
    loaded, regions = changes.loaded, changes.regions
    places = [
        place if place.region is region else replace(place, region=region)
        for place in changes.places.values()
        for region in [regions[place.country, place.region.code]]
    ]
    used = (place for place in places if place.id not in changes.skipped)
    return replace(
        loaded,
        places=mark_shared_names(used, loaded.frozen),
        skipped=tuple(place for place in places if place.id in changes.skipped),
        regions=regions,
        included=frozenset(changes.included),
        findings=(*loaded.findings, *changes.findings),
    )
