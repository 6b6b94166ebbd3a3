"""The marketer's overrides of places: ``content/places/overrides.csv``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from generator.errors import Finding, Severity
from generator.load.csv_file import quoted, read_columns
from generator.load.gazetteer import Gazetteer, KnownPlace, described
from generator.load.override_row import COLUMNS, NAME_PREFIX, localised_names, names_a_region, row_faults
from generator.load.places import OVERRIDES_FILE, LoadedPlaces, RegionKey, mark_shared_names
from generator.load.row_rules import RowRules
from generator.load.rows import Columns, ColumnType, Row, Rows
from generator.model import FrozenPlace, Place, Region


class _Changes(Struct):
    """Every place while the rows change it, skipped ones too, and what the rows have said so far."""

    loaded: LoadedPlaces
    gazetteer: Gazetteer
    """The places and regions under the names that their files give them."""
    findings: list[Finding]
    places: dict[int, Place]
    skipped: set[int]
    regions: dict[RegionKey, Region]
    included: set[int] = field(default_factory=set)
    said: dict[tuple[str, object], Row] = field(default_factory=dict)
    slugs_from: dict[int, Row] = field(default_factory=dict)

    def stop(self, where: str, what: str, fix: str) -> None:
        self.findings.append(Finding(where, what, fix))


def apply_overrides(
    loaded: LoadedPlaces, content: Path, locale_tags: Collection[str], rules: RowRules | None = None
) -> LoadedPlaces:
    """``loaded`` under the overrides, if there are any; every fault is a "stop", for they are instructions.

    So is an error that ``rules`` find in texts that the rows give to pages.

    Rows address a place by its id, or by its name in the places file and its region code. Their order does
    not matter: what ``add`` adds is there for every row, and no two rows may do the same thing to one place.
    A place that is not found is only an "error" while rows of places cannot be read: it may be one of them.
    """
    if not (content / OVERRIDES_FILE).exists():
        return loaded
    known = (*COLUMNS, *(NAME_PREFIX + tag for tag in locale_tags))
    columns, findings = read_columns(content, OVERRIDES_FILE, ["action"], known)
    rows = columns.rows()
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
    """Findings of rules on the rows that give names."""
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
    gazetteer = Gazetteer(loaded.known, loaded.regions.values(), instead='Use "add" to make a new one.')
    places = {place.id: place for place in (*loaded.places, *loaded.skipped)}
    skipped = {place.id for place in loaded.skipped}
    return _Changes(loaded, gazetteer, findings, places, skipped, dict(loaded.regions))


def _add(changes: _Changes, row: Row, *, is_sound: bool) -> None:
    cells = row.cells
    region = changes.gazetteer.region(row) if cells.get("country") and cells.get("region_code") else None
    if isinstance(region, Finding):
        changes.findings.append(region)
    if taken := changes.gazetteer.of_id(cells.get("id", "")):
        what = f"the id {taken.id} is already taken by {described(taken)}"
        changes.stop(row.where("id"), what, 'To change that place use "include", "rename" or "localise".')
    elif is_sound and isinstance(region, Region):
        number = int(cells["id"])
        place = Place(
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
        changes.places[number] = place
        changes.gazetteer.add(place)
        changes.slugs_from[number] = row
        changes.included.add(number)


def _localise_region(changes: _Changes, row: Row) -> None:
    region = changes.gazetteer.region(row)
    if isinstance(region, Finding):
        changes.findings.append(region)
    elif _is_first(changes, row, "region", region.key):
        changes.regions[region.country, region.code] = replace(region, names=localised_names(row))


def _change_place(changes: _Changes, row: Row) -> None:
    action = row.cells["action"]
    # The name of a row that renames is the new one.
    named = replace(row, cells=row.cells | {"name": ""}) if action == "rename" else row
    found = changes.gazetteer.place(named)
    if isinstance(found, Finding):
        # While rows of places cannot be read, the place may stand in one of them.
        severity: Severity = "error" if changes.loaded.has_unreadable_rows else "stop"
        changes.findings.append(replace(found, severity=severity))
        return
    number = found.id
    kind = "selection" if action in ("include", "skip") else action
    if not _is_first(changes, row, kind, number) or isinstance(found, FrozenPlace):
        return
    place = changes.places[number]
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


def _is_first(changes: _Changes, row: Row, kind: str, subject: object) -> bool:
    earlier = changes.said.setdefault((kind, subject), row)
    if earlier is row:
        return True
    subject_kind = "region" if kind == "region" else "place"
    what = f'{earlier.where()} already has the action "{earlier.cells["action"]}" for the same {subject_kind}'
    changes.stop(row.where("action"), what, "Keep one of the two rows.")
    return False


def _check_slugs(changes: _Changes) -> None:
    """Check that no slug that a row has set is, or has been, another place's."""
    if not changes.slugs_from:
        return
    known: list[KnownPlace] = [*changes.places.values(), *changes.loaded.frozen]
    taken: dict[tuple[str, str], list[KnownPlace]] = {}
    for place in known:
        former = place.former_slugs if isinstance(place, Place) else ()
        for slug in {place.slug, *former}:
            taken.setdefault((place.region.key, slug), []).append(place)
    for number, row in sorted(changes.slugs_from.items()):
        changed = changes.places[number]
        slugs = (changed.slug, *changed.former_slugs)
        others = {other.id: other for slug in slugs for other in taken[changed.region.key, slug] if other.id != number}
        for _, other in sorted(others.items()):
            what = f"the slug {quoted(changed.slug)}, or a former one, belongs to {described(other)}"
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
