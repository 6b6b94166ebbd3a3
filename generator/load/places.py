"""The places of every country, from ``content/places/<country>.csv``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from generator.errors import Finding, did_you_mean
from generator.load.csv_file import quoted, read_columns
from generator.load.gazetteer import KnownPlace
from generator.load.place_row import cell_fault, knows_time_zones, unsound
from generator.load.places_format import PLACE_COLUMNS
from generator.load.row_rules import RowRules
from generator.load.rows import Columns, ColumnType, Rows
from generator.model import FrozenPlace, Place, Region

OVERRIDES_FILE = "places/overrides.csv"
RegionKey = tuple[str, str]
"""A country's code and a region's code."""

_CHECKED = tuple(column for column in PLACE_COLUMNS if column != "skip")
_IDENTITY = ("id", "country", "region_code", "slug")
SHOWN_COLUMNS: Mapping[str, ColumnType] = {
    "name": "text",
    "county": "text",
    "region": "text",
    "latitude": "number",
    "longitude": "number",
    "population": "integer",
}
"""Columns of a place's row that pages show."""


class LoadedPlaces(Struct, frozen=True):
    """Every row of every country, sorted out; ``places`` are sorted by country, region code and id."""

    places: tuple[Place, ...] = ()
    skipped: tuple[Place, ...] = ()
    """Places that get no pages, because their rows or the overrides say so."""
    reasons: Mapping[int, str] = field(default_factory=dict)
    """Reasons why places are skipped, by id."""
    frozen: tuple[FrozenPlace, ...] = ()
    regions: Mapping[RegionKey, Region] = field(default_factory=dict)
    """The regions of all rows, also of skipped and frozen ones."""
    has_unreadable_rows: bool = False
    """A row could not be identified, so no published page of a place may be removed."""
    included: frozenset[int] = frozenset()
    """Ids of the places that get pages whatever the configuration selects."""
    findings: tuple[Finding, ...] = ()

    @property
    def known(self) -> tuple[KnownPlace, ...]:
        return (*self.places, *self.skipped, *self.frozen)


class _File(Struct, frozen=True):
    """A country's file: its names of regions, its faults, and those of each row, by its number."""

    columns: Columns
    country: str
    regions: Mapping[RegionKey, Region]
    told: list[Finding]
    faults: dict[int, list[Finding]]

    def region(self, code: str) -> Region | None:
        return self.regions.get((self.country, code))

    def is_identified(self, number: int) -> bool:
        faults = {fault.where for fault in self.faults.get(number, ())}
        return faults.isdisjoint(self.columns.where(number, column) for column in _IDENTITY)

    def blame(self, number: int, column: str, what: str, fix: str, rule: str) -> None:
        fault = Finding(self.columns.where(number, column), what, fix, "error", rule)
        self.faults.setdefault(number, []).append(fault)


def places_files(content: Path) -> list[Path]:
    """The files of places, sorted."""
    found = sorted((content / "places").glob("*.csv"))
    return [path for path in found if path != content / OVERRIDES_FILE and path.name[0] != "."]


def load_places(content: Path, rules: RowRules | None = None) -> LoadedPlaces:
    """Read the places of every country: some 0.2 s for 21,700 rows and all rules.

    A fault of a whole file is a "stop". A faulty row is an "error" for each of its faults: its place goes to
    ``frozen``, or sets ``has_unreadable_rows`` when its id, country, region code or slug is among the faults.
    ``rules`` are those that rows are held against, by default only what a row must be to be read.
    """
    findings: list[Finding] = []
    files: list[_File] = []
    paths = places_files(content)
    for path in paths:
        below = f"places/{path.name}"
        if not re.fullmatch(r"[a-z]{2}\.csv", path.name):
            what = "the file is not named after a country"
            findings.append(Finding(f"content/{below}", what, "Give it a name like us.csv."))
            continue
        columns, told = read_columns(content, below, PLACE_COLUMNS, PLACE_COLUMNS, row_severity="error")
        country = path.stem.upper()
        files.append(_File(columns, country, _regions(columns, country), told, {}))
    if not paths:
        cure = "Make one with the places command, like us.csv."
        findings.append(Finding("content/places", "there is no file of places", cure))
    if not knows_time_zones():
        cure = "Install the Python package tzdata."
        findings += (fault for file in files for fault in file.told)
        return LoadedPlaces(findings=(*findings, Finding("time zones", "this computer does not know any", cure)))
    for file in files:
        _check_cells(file)
    _check_ids(files)
    _check_slugs(files)
    faulty: list[frozenset[int]] = []
    for file in files:
        faults = (*file.told, *(fault for _, own in sorted(file.faults.items()) for fault in own))
        judged = (rules or RowRules()).judged(Rows(file.columns, "places", SHOWN_COLUMNS, faults))
        findings += judged.findings
        faulty.append(judged.faulty)
    return _sorted_out(files, faulty, findings)


def mark_shared_names(places: Iterable[Place], frozen: Iterable[FrozenPlace]) -> tuple[Place, ...]:
    """The places with ``shares_name`` set right, sorted by country, region code and id.

    A frozen place keeps its name taken, so that a faulty row does not change another place's pages.
    """
    listed = sorted(places, key=lambda place: (place.country, place.region.code, place.id))
    names = [(place.country, place.region.code, place.name) for place in listed]
    counts = Counter(names)
    counts.update((place.country, place.region.code, place.name) for place in frozen)
    return tuple(
        [
            place if place.shares_name == (counts[name] > 1) else replace(place, shares_name=not place.shares_name)
            for place, name in zip(listed, names, strict=True)
        ]
    )


def _regions(columns: Columns, country: str) -> dict[RegionKey, Region]:
    """The regions of a country, each with the name that most of its rows give."""
    names: dict[str, Counter[str]] = {}
    for (code, name), count in Counter(zip(columns.cells["region_code"], columns.cells["region"], strict=True)).items():
        if name:
            names.setdefault(code, Counter())[name] = count
    return {
        (country, code): Region(code, counts.most_common(1)[0][0], country)
        for code, counts in sorted(names.items())
        if re.fullmatch(r"[A-Z0-9]{1,8}", code)
    }


def _check_cells(file: _File) -> None:
    """Look at the different texts of each column, and at a cell where one of them may not stand there."""
    columns, country = file.columns, file.country
    cells = columns.cells
    suspects = {column: unsound(column, columns.texts(column)) for column in _CHECKED}
    suspects["country"] |= {*columns.texts("country")} - {country}
    suspects["region"] |= {
        name
        for code, name in {*zip(cells["region_code"], cells["region"], strict=True)}
        if (region := file.region(code)) and name != region.name
    }
    for number, column in columns.holding(suspects):
        text, region = cells[column][number], file.region(cells["region_code"][number])
        if fault := cell_fault(column, text):
            file.blame(number, column, *fault, "cell_type" if text else "cell_missing")
        elif column == "country":
            what = f'{quoted(text)} is not the country that the file is named after, "{country}"'
            file.blame(number, column, what, "Move the row to that country's file.", "cell_disagrees")
        elif column == "region" and region and region.name != text:
            what = f"{quoted(text)} is not what other rows call the region {region.code}"
            cure = did_you_mean(text, [region.name], f"They call it {region.name}.")
            file.blame(number, column, what, cure, "cell_disagrees")


def _check_ids(files: Sequence[_File]) -> None:
    counts = Counter(chain.from_iterable(file.columns.cells["id"] for file in files))
    repeated = {text for text, count in counts.items() if count > 1 and text}
    first: dict[str, str] = {}
    for file in files if repeated else ():
        for number, text in enumerate(file.columns.cells["id"]):
            if text in repeated:
                if text in first:
                    what = f"the id {quoted(text)} is already taken by {first[text]}"
                    file.blame(number, "id", what, "Give each place an id of its own.", "row_key_repeated")
                first.setdefault(text, file.columns.where(number))


def _check_slugs(files: Sequence[_File]) -> None:
    given = [
        (column, file, number, (country, code, slug))
        for column in ("slug", "former_slugs")
        for file in files
        for cells, known in [(file.columns.cells, {code for _, code in file.regions})]
        for number, (country, code, text) in enumerate(
            zip(cells["country"], cells["region_code"], cells[column], strict=True)
        )
        if text and code in known
        for slug in text.split()
    ]
    counts = Counter([key for *_, key in given])
    taken: dict[tuple[str, str, str], str] = {}
    for column, file, number, key in given if len(counts) < len(given) else ():
        row, slug = file.columns.where(number), key[2]
        owner = taken.setdefault(key, row)
        if owner == row and (column == "slug" or slug != file.columns.cells["slug"][number]):
            continue
        what = f"the slug {quoted(slug)} is already taken by {'the place itself' if owner == row else owner}"
        fix = "Within a region each slug, also a former one, belongs to one place."
        file.blame(number, column, what, fix, "slug_repeated")


def _sorted_out(files: Sequence[_File], faulty: Sequence[Collection[int]], findings: Sequence[Finding]) -> LoadedPlaces:
    """``faulty`` are the lines of each file that can be read and that a rule lets no page be made of."""
    places: list[Place] = []
    skipped: list[Place] = []
    reasons: dict[int, str] = {}
    frozen: list[FrozenPlace] = []
    has_unreadable_rows = any(file.columns.ragged for file in files)
    for file, lines in zip(files, faulty, strict=True):
        columns = file.columns
        own = {code: region for (_, code), region in file.regions.items()}
        cells = [columns.cells[column] for column in PLACE_COLUMNS]
        for number, (line, row) in enumerate(zip(columns.lines, zip(*cells, strict=True), strict=True)):
            key, name, county, code, _, country, north, east, people, zone, slug, former, skip = row
            region = own.get(code)
            if region and number not in file.faults and line not in lines:
                where, at = f"{columns.shown}:{line}", (float(north), float(east))
                former_slugs = tuple(former.split()) if former else ()
                place = Place(
                    int(key), name, county, region, country, *at, int(people), zone, slug, where, former_slugs
                )
                (skipped if skip else places).append(place)
                if skip:
                    reasons[place.id] = skip
            elif region and file.is_identified(number):
                frozen.append(FrozenPlace(int(key), name, region, slug, columns.where(number)))
            else:
                has_unreadable_rows = True
    regions = {key: region for file in files for key, region in file.regions.items()}
    return LoadedPlaces(
        places=mark_shared_names(places, frozen),
        skipped=tuple(skipped),
        reasons=reasons,
        frozen=tuple(frozen),
        regions=regions,
        has_unreadable_rows=has_unreadable_rows,
        findings=tuple(findings),
    )
