"""The places of every country, from ``content/places/<country>.csv``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from generator.errors import Finding, Severity, did_you_mean
from generator.load.csv_file import quoted, read_rows
from generator.load.place_row import cell_faults, is_sound, known_time_zones
from generator.load.places_format import PLACE_COLUMNS
from generator.load.row_rules import RowRules
from generator.load.rows import ColumnType, Row, Rows
from generator.model import Place, Region

OVERRIDES_FILE = "overrides.csv"
RegionKey = tuple[str, str]
"""A country's code and a region's code."""

_CHECKED = tuple(column for column in PLACE_COLUMNS if column != "skip")
_IDENTITY = ("id", "country", "region_code", "slug")
_DISAGREES: tuple[Severity, str] = ("error", "cell_disagrees")
SHOWN_COLUMNS: Mapping[str, ColumnType] = {
    "name": "text",
    "county": "text",
    "region": "text",
    "latitude": "number",
    "longitude": "number",
    "population": "integer",
}
"""What pages show of a place's row."""


class SkippedPlace(Struct, frozen=True):
    """A place without pages, and the reason that its row gives."""

    place: Place
    reason: str


class IdentifiedPlace(Struct, frozen=True):
    """A place whose row is faulty and says at least which place it is, so that its pages can be left alone."""

    id: int
    name: str
    country: str
    region_code: str
    slug: str
    where: str


class LoadedPlaces(Struct, frozen=True):
    """Every row of every country, sorted out; ``places`` are sorted by country, region code and id."""

    places: tuple[Place, ...] = ()
    skipped: tuple[SkippedPlace, ...] = ()
    frozen: tuple[IdentifiedPlace, ...] = ()
    regions: Mapping[RegionKey, Region] = field(default_factory=dict)
    """The regions of all rows, also of skipped and frozen ones."""
    has_unreadable_rows: bool = False
    """A row could not be identified, so no published page of a place may be removed."""
    findings: tuple[Finding, ...] = ()


class _Entry(Struct, frozen=True):
    row: Row
    region: Region | None
    faults: list[Finding]


def places_files(content: Path) -> list[Path]:
    """The files of places, sorted."""
    found = sorted((content / "places").glob("*.csv"))
    return [path for path in found if path.name != OVERRIDES_FILE and path.name[0] != "."]


def load_places(content: Path, root: Path, rules: RowRules | None = None) -> LoadedPlaces:
    """Read the places of every country: 0.3 to 0.4 s for 21,700 rows.

    A fault of a whole file is a "stop". A faulty row is an "error" for each of its faults: its place goes to
    ``frozen``, or sets ``has_unreadable_rows`` when its id, country, region code or slug is among the faults.
    ``rules`` are those that rows are held against, by default only what a row must be to be read.
    """
    findings: list[Finding] = []
    entries: list[_Entry] = []
    told: dict[str, list[Finding]] = {}
    regions: dict[RegionKey, Region] = {}
    files = places_files(content)
    for path in files:
        shown = path.relative_to(root).as_posix()
        if not re.fullmatch(r"[a-z]{2}\.csv", path.name):
            findings.append(Finding(shown, "the file is not named after a country", "Give it a name like us.csv."))
            continue
        rows, faults = read_rows(path, shown, PLACE_COLUMNS, PLACE_COLUMNS, row_severity="error")
        told[shown] = faults
        country = path.stem.upper()
        found = _regions(rows, country)
        regions |= found
        entries += (_entry(row, country, found) for row in rows)
    if not files:
        shown = (content / "places").relative_to(root).as_posix()
        findings.append(Finding(shown, "there is no file of places", "Make one with the places command, like us.csv."))
    if not known_time_zones():
        cure = "Install the Python package tzdata."
        findings += (fault for faults in told.values() for fault in faults)
        return LoadedPlaces(findings=(*findings, Finding("time zones", "this computer does not know any", cure)))
    _check_ids(entries)
    _check_slugs(entries)
    faulty: set[tuple[str, int]] = set()
    for shown, faults in told.items():
        own = [entry for entry in entries if entry.row.shown == shown]
        faults += (fault for entry in own for fault in entry.faults)
        whole = tuple(entry.row for entry in own if entry.row.is_whole)
        judged = (rules or RowRules()).judged(Rows(shown, "places", whole, SHOWN_COLUMNS, tuple(faults)))
        findings += judged.findings
        faulty.update((shown, line) for line in judged.faulty)
    return _sorted_out(entries, regions, faulty, findings)


def mark_shared_names(places: Iterable[Place], frozen: Iterable[IdentifiedPlace]) -> tuple[Place, ...]:
    """The places with ``shares_name`` set right, sorted by country, region code and id.

    A frozen place keeps its name taken, so that a faulty row does not change another place's pages.
    """
    listed = sorted(places, key=lambda place: (place.country, place.region.code, place.id))
    names = Counter((place.country, place.region.code, place.name) for place in listed)
    names.update((place.country, place.region_code, place.name) for place in frozen)
    shared = {key for key, count in names.items() if count > 1}
    return tuple(
        place if place.shares_name == shares else replace(place, shares_name=shares)
        for place in listed
        for shares in [(place.country, place.region.code, place.name) in shared]
    )


def _regions(rows: list[Row], country: str) -> dict[RegionKey, Region]:
    """A region's name is the one that most of its rows give."""
    names: dict[str, Counter[str]] = {}
    for row in rows:
        if row.is_whole and row.cells["region"]:
            names.setdefault(row.cells["region_code"], Counter())[row.cells["region"]] += 1
    return {
        (country, code): Region(code, counts.most_common(1)[0][0], country)
        for code, counts in sorted(names.items())
        if re.fullmatch(r"[A-Z0-9]{1,8}", code)
    }


def _entry(row: Row, country: str, regions: Mapping[RegionKey, Region]) -> _Entry:
    if not row.is_whole:
        return _Entry(row, None, [])
    cells = row.cells
    faults: list[Finding] = []
    if not is_sound(cells):
        faults += (
            replace(fault, severity="error", rule="cell_type" if row.cells[column] else "cell_missing")
            for column in _CHECKED
            for fault in cell_faults(row, [column])
        )
    if cells["country"] != country and not any(fault.where == row.where("country") for fault in faults):
        what = f'{quoted(cells["country"])} is not the country that the file is named after, "{country}"'
        faults.append(Finding(row.where("country"), what, "Move the row to that country's file.", *_DISAGREES))
    region = regions.get((country, cells["region_code"]))
    if region and cells["region"] and region.name != cells["region"]:
        what = f"{quoted(cells['region'])} is not what other rows call the region {region.code}"
        cure = did_you_mean(cells["region"], [region.name])
        faults.append(Finding(row.where("region"), what, cure.replace("Known:", "They call it"), *_DISAGREES))
    return _Entry(row, region, faults)


def _check_ids(entries: list[_Entry]) -> None:
    first: dict[str, Row] = {}
    for entry in entries:
        if entry.row.is_whole and (text := entry.row.cells["id"]):
            other = first.setdefault(text, entry.row)
            if other is not entry.row:
                what = f"the id {quoted(text)} is already taken by {other.where()}"
                fix = "Give each place an id of its own."
                entry.faults.append(Finding(entry.row.where("id"), what, fix, "error", "row_key_repeated"))


def _check_slugs(entries: list[_Entry]) -> None:
    taken: dict[tuple[str, str, str], Row] = {}
    located = [entry for entry in entries if entry.region]
    for column in ("slug", "former_slugs"):
        for entry in located:
            row = entry.row
            for slug in row.cells[column].split():
                other = taken.setdefault((row.cells["country"], row.cells["region_code"], slug), row)
                if other is row and (column == "slug" or slug != row.cells["slug"]):
                    continue
                owner = "the place itself" if other is row else other.where()
                what = f"the slug {quoted(slug)} is already taken by {owner}"
                fix = "Within a region each slug, also a former one, belongs to one place."
                entry.faults.append(Finding(row.where(column), what, fix, "error", "slug_repeated"))


def _sorted_out(
    entries: list[_Entry],
    regions: Mapping[RegionKey, Region],
    faulty: Collection[tuple[str, int]],
    findings: list[Finding],
) -> LoadedPlaces:
    """``faulty`` are rows that can be read and that a rule lets no page be made of, by file and line."""
    places: list[Place] = []
    skipped: list[SkippedPlace] = []
    frozen: list[IdentifiedPlace] = []
    has_unreadable_rows = False
    for entry in entries:
        row, cells = entry.row, entry.row.cells
        if entry.region and not entry.faults and (row.shown, row.line) not in faulty:
            place = _place(row, entry.region)
            if cells["skip"]:
                skipped.append(SkippedPlace(place, cells["skip"]))
            else:
                places.append(place)
        elif entry.region and not {row.where(column) for column in _IDENTITY} & {f.where for f in entry.faults}:
            frozen.append(
                IdentifiedPlace(
                    int(cells["id"]), cells["name"], entry.region.country, entry.region.code, cells["slug"], row.where()
                )
            )
        else:
            has_unreadable_rows = True
    return LoadedPlaces(
        mark_shared_names(places, frozen), tuple(skipped), tuple(frozen), regions, has_unreadable_rows, tuple(findings)
    )


def _place(row: Row, region: Region) -> Place:
    cells = row.cells
    return Place(
        id=int(cells["id"]),
        name=cells["name"],
        county=cells["county"],
        region=region,
        country=region.country,
        latitude=float(cells["latitude"]),
        longitude=float(cells["longitude"]),
        population=int(cells["population"]),
        time_zone=cells["time_zone"],
        slug=cells["slug"],
        source=row.where(),
        former_slugs=tuple(cells["former_slugs"].split()),
    )
