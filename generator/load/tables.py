"""The marketer's own data: CSV files whose rows belong to regions or places."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from generator.config import ColumnConfig, TableConfig
from generator.errors import Finding, did_you_mean
from generator.load.cell_value import cell_value
from generator.load.csv_file import quoted, read_columns
from generator.load.row_rules import RowRules
from generator.load.rows import Row, Rows
from generator.model import Attribution, Place, Region, Value
from generator.templating.contract import PlaceView, RegionView

_TAKEN = {
    "place": frozenset({*PlaceView.__struct_fields__, "slug"}),
    "region": frozenset({*RegionView.__struct_fields__, "slug"}),
}
"""What templates read of a place or region already."""

Locate = Callable[[tuple[str, ...]], str]
"""Where a key of the configuration stands, by its path: ``("tables", "us_states", "columns", "board")``."""


class LoadedTables(Struct, frozen=True):
    """What the tables say of regions (by country and code) and places (by id), and what is wrong with them."""

    region_columns: tuple[str, ...] = ()
    place_columns: tuple[str, ...] = ()
    region_facts: Mapping[tuple[str, str], Mapping[str, Value]] = field(default_factory=dict)
    place_facts: Mapping[int, Mapping[str, Value]] = field(default_factory=dict)
    attributions: tuple[Attribution, ...] = ()
    frozen_regions: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Regions with a faulty row, with where it is."""
    frozen_places: Mapping[int, str] = field(default_factory=dict)
    """Places with a faulty row, and all places of the frozen regions."""
    uncertain_regions: frozenset[tuple[str, str]] = frozenset()
    uncertain_places: frozenset[int] = frozenset()
    """Subjects without a row in a table that has a row for nobody known: it may have been meant for them."""
    good_until: datetime.date = datetime.date.max
    """The last day on which every column that is good now still is."""
    findings: tuple[Finding, ...] = ()


class _Reading(Struct):
    """The rows of one table while they are read; a subject is a region's country and code, or a place's id."""

    table: TableConfig
    subjects: Mapping[str, tuple[str, str] | int]
    expired: Collection[str]
    rules: RowRules
    facts: dict[tuple[str, str] | int, dict[str, Value]] = field(default_factory=dict)
    frozen: dict[tuple[str, str] | int, str] = field(default_factory=dict)
    uncertain: set[tuple[str, str] | int] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)


def load_tables(
    content: Path,
    root: Path,
    tables: Mapping[str, TableConfig],
    regions: Iterable[Region],
    places: Iterable[Place],
    now: datetime.date,
    locate: Locate | None = None,
    other_ids: Collection[tuple[str, int]] = (),
    rules: RowRules | None = None,
) -> LoadedTables:
    """Read every table; a fault of a declaration or a whole file is a "stop", one of a row mostly an "error".

    ``other_ids`` are countries and ids of places that exist but are skipped or frozen: rows may name them, for
    nothing. A region or place with a faulty row is frozen. A column older than its maximum age on the day ``now``
    is empty everywhere, with one warning; so is each column that the file has and the configuration has not.
    ``rules`` are those that rows are held against, by default only what a row must be to be read.
    """
    at: Locate = locate or (lambda path: f"content/site.yaml, {'.'.join(path)}")
    regions, places = tuple(regions), tuple(places)
    findings = _declaration_faults(tables, at)
    facts: dict[tuple[str, str] | int, dict[str, Value]] = {}
    frozen: dict[tuple[str, str] | int, str] = {}
    uncertain: set[tuple[str, str] | int] = set()
    credits: dict[Attribution, None] = {}
    for name, table in tables.items():
        subjects: dict[str, tuple[str, str] | int]
        if table.attach == "region":
            subjects = {
                region.code: (region.country, region.code) for region in regions if region.country == table.country
            }
        else:
            subjects = {str(place.id): place.id for place in places if place.country == table.country}
            subjects |= {str(number): number for country, number in other_ids if country == table.country}
        expired = [column for column, declared in table.columns.items() if _expiry(table, declared) < now]
        for column in expired:
            last = _expiry(table, table.columns[column])
            what = f"the column {quoted(column)} was good until {last}, so pages are without it"
            where = at(("tables", name, "columns", column))
            cure = "Bring the file and its date up to date."
            findings.append(Finding(where, what, cure, "warning", "column_expired"))
        reading = _Reading(table, subjects, expired, rules or RowRules())
        _read_table(content / table.file, (content / table.file).relative_to(root).as_posix(), reading)
        findings += reading.findings
        uncertain |= reading.uncertain
        for subject, values in reading.facts.items():
            facts.setdefault(subject, {}).update(values)
        for subject, where in reading.frozen.items():
            frozen.setdefault(subject, where)
        if table.credit:
            credits[Attribution(table.source, table.source_url or "")] = None
            credits |= dict.fromkeys(Attribution(c.source) for c in table.columns.values() if c.source)
    frozen_regions = {subject: where for subject, where in frozen.items() if isinstance(subject, tuple)}
    frozen_places = {subject: where for subject, where in frozen.items() if isinstance(subject, int)}
    for place in places:
        where_region = frozen_regions.get((place.country, place.region.code))
        if where_region is not None:
            frozen_places.setdefault(place.id, where_region)
    return LoadedTables(
        region_columns=_columns(tables, "region"),
        place_columns=_columns(tables, "place"),
        region_facts={subject: values for subject, values in facts.items() if isinstance(subject, tuple)},
        place_facts={subject: values for subject, values in facts.items() if isinstance(subject, int)},
        attributions=tuple(credits),
        frozen_regions=frozen_regions,
        frozen_places=frozen_places,
        uncertain_regions=frozenset(subject for subject in uncertain if isinstance(subject, tuple)),
        uncertain_places=frozenset(subject for subject in uncertain if isinstance(subject, int)),
        good_until=min(
            (day for table in tables.values() for c in table.columns.values() if (day := _expiry(table, c)) >= now),
            default=datetime.date.max,
        ),
        findings=tuple(findings),
    )


def attach_facts(places: Iterable[Place], tables: LoadedTables) -> tuple[Place, ...]:
    """The places with what the tables say of them and of their regions, in the same order.

    Every declared column is there, ``None`` where no row gives it. Places of one region share one Region.
    """
    if not tables.region_columns and not tables.place_columns:
        return tuple(places)
    no_region_facts = dict.fromkeys(tables.region_columns)
    no_facts = dict.fromkeys(tables.place_columns)
    regions: dict[tuple[str, str], Region] = {}
    attached: list[Place] = []
    for place in places:
        key = (place.country, place.region.code)
        region = regions.get(key)
        if region is None:
            row = tables.region_facts.get(key, {})
            region = regions[key] = replace(place.region, facts={**place.region.facts, **no_region_facts, **row})
        facts = {**place.facts, **no_facts, **tables.place_facts.get(place.id, {})} if no_facts else place.facts
        attached.append(replace(place, region=region, facts=facts))
    return tuple(attached)


def _columns(tables: Mapping[str, TableConfig], attach: str) -> tuple[str, ...]:
    attached = (table for table in tables.values() if table.attach == attach)
    return tuple(dict.fromkeys(column for table in attached for column in table.columns))


def _expiry(table: TableConfig, column: ColumnConfig) -> datetime.date:
    """The last day on which pages may show the column."""
    if column.max_age_days is None:
        return datetime.date.max
    return _later(column.date or table.date, column.max_age_days)


def _later(day: datetime.date, days: int) -> datetime.date:
    ordinal = day.toordinal() + days
    return datetime.date.fromordinal(ordinal) if ordinal < datetime.date.max.toordinal() else datetime.date.max


def _declaration_faults(tables: Mapping[str, TableConfig], at: Locate) -> list[Finding]:
    findings: list[Finding] = []
    first: dict[tuple[str, str, str], str] = {}
    for name, table in tables.items():
        for column in table.columns:
            where = at(("tables", name, "columns", column))
            if not column.isidentifier() or column.startswith("_"):
                fix = "Use letters, digits and _, a letter first; rename the column in the file, too."
                findings.append(Finding(where, f"pages cannot use a column called {quoted(column)}", fix))
            elif column in _TAKEN[table.attach]:
                what = f"every {table.attach} has a {quoted(column)} already"
                findings.append(Finding(where, what, "Give the column another name, in the file, too."))
            other = first.setdefault((table.attach, table.country, column), name)
            if other != name:
                what = f'the table "{other}" already attaches a column {quoted(column)} to every {table.attach}'
                findings.append(Finding(where, what, "Give one of them another name."))
    return findings


def _read_table(path: Path, shown: str, reading: _Reading) -> None:
    table = reading.table
    by_column, findings = read_columns(path, shown, (table.key, *table.columns), row_severity="error")
    rows = by_column.rows()
    reading.findings += findings
    if rows:
        for column in rows[0].cells:
            if column != table.key and column not in table.columns:
                what = "the column is not declared in site.yaml, so pages cannot use it"
                fix = "Declare it under the table's columns, or delete it."
                where = f"{shown}:1, column {column}"
                reading.findings.append(Finding(where, what, fix, "warning", "column_undeclared"))
    elif not findings:
        fix = "Export it again, or take the table out of site.yaml."
        reading.findings.append(Finding(shown, "the table has no rows below its first line", fix))
    first: dict[tuple[str, str] | int, Row] = {}
    found: dict[tuple[str, str] | int, dict[str, Value]] = {}
    has_strays = False
    for row in rows:
        subject = _subject(row, reading)
        if subject is None:
            has_strays = True
            continue
        values = _values(row, reading) if row.is_whole else None
        other = first.setdefault(subject, row)
        if other is not row:
            what = f"{other.where()} already has the {table.attach} {quoted(row.cells[table.key])}"
            fault = Finding(row.where(table.key), what, "Keep one of the two rows.", "error", "row_key_repeated")
            reading.findings.append(fault)
        if values is None or other is not row:
            reading.frozen.setdefault(subject, row.where())
        else:
            found[subject] = values

    missing = {key: subject for key, subject in reading.subjects.items() if subject not in first}
    if has_strays:
        reading.uncertain.update(missing.values())
    elif missing and table.attach == "region" and rows:
        named = ", ".join(sorted(missing)[:_NAMED]) + (" and others" if len(missing) > _NAMED else "")
        what = f"there is no row for {named}, so pages there are without its columns"
        reading.findings.append(Finding(shown, what, "Add the row.", "warning", "row_missing"))
    kinds = {column: declared.type for column, declared in table.columns.items()}
    judged = reading.rules.judged(Rows(by_column, "table", kinds, tuple(reading.findings)))
    reading.findings = [*judged.findings]
    for subject, values in found.items():
        if first[subject].line in judged.faulty:
            reading.frozen.setdefault(subject, first[subject].where())
        else:
            reading.facts[subject] = values


def _subject(row: Row, reading: _Reading) -> tuple[str, str] | int | None:
    """What the row belongs to; a row with too many or too few cells is taken at its word, silently."""
    table = reading.table
    key = row.cells.get(table.key, "")
    subject = reading.subjects.get(key)
    if subject is None and row.is_whole:
        where = row.where(table.key)
        if not key:
            finding = Finding(where, "the cell is empty", _KEY_CURE[table.attach], "error", "row_key_unknown")
        else:
            what = f"no {table.attach} of {table.country} has the {_KEY[table.attach]} {quoted(key)}"
            cure = did_you_mean(key, reading.subjects) if table.attach == "region" else ""
            finding = Finding(where, what, cure or _KEY_CURE[table.attach], "error", "row_key_unknown")
        reading.findings.append(finding)
    return subject


_NAMED = 10
"""Regions without a row that one warning names."""

_KEY = {"region": "code", "place": "id"}
_KEY_CURE = {
    "region": "Write the region's code as in the places file, like TX.",
    "place": "Write the place's id as in the places file, like 4671654.",
}


def _values(row: Row, reading: _Reading) -> dict[str, Value] | None:
    """The declared cells by column; nothing when one is wrong, with a finding for each that is."""
    values: dict[str, Value] = {}
    is_faulty = False
    for column, declared in reading.table.columns.items():
        text = row.cells[column]
        if not text and declared.required:
            what, fix = "the cell is empty", "Fill it in: the column is required."
            reading.findings.append(Finding(row.where(column), what, fix, "error", "cell_missing"))
            is_faulty = True
            continue
        try:
            value = cell_value(text, declared.type) if text else None
        except ValueError as fault:
            what, fix = fault.args
            reading.findings.append(Finding(row.where(column), what, fix, "error", "cell_type"))
            is_faulty = True
            continue
        values[column] = None if column in reading.expired else value
    return None if is_faulty else values
