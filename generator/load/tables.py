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
from generator.load.places import LoadedPlaces
from generator.load.row_rules import RowRules
from generator.load.rows import Row, Rows
from generator.model import Attribution, Place, Region, Value
from generator.templating.contract import PlaceView, RegionView

_TAKEN = {
    "place": frozenset({*PlaceView.__struct_fields__, "slug"}),
    "region": frozenset({*RegionView.__struct_fields__, "slug"}),
}
"""Names that templates already read of a place or region."""

Locate = Callable[[tuple[str, ...]], str]
"""Where a key of the configuration stands, by its path: ``("tables", "us_states", "columns", "board")``."""

Subject = str | int
"""The key of a region, or the id of a place."""


class LoadedTables(Struct, frozen=True):
    """Facts of regions and places from the tables, and the tables' faults."""

    facts: dict[Subject, dict[str, Value]] = field(default_factory=dict)
    frozen: dict[Subject, str] = field(default_factory=dict)
    """Subjects with a faulty row, with its file and line."""
    uncertain: set[Subject] = field(default_factory=set)
    """Subjects without a row in a table that has a row with an unknown key: it may have been meant for them."""
    attributions: tuple[Attribution, ...] = ()
    good_until: datetime.date = datetime.date.max
    """The last day on which every column that is good now still is."""
    findings: list[Finding] = field(default_factory=list)


class _Reading(Struct):
    """The rows of one table while they are read."""

    table: TableConfig
    subjects: Mapping[str, Subject]
    """Subjects that rows may be about, by their keys."""
    expired: Collection[str]
    findings: list[Finding] = field(default_factory=list)


def load_tables(
    content: Path,
    tables: Mapping[str, TableConfig],
    places: LoadedPlaces,
    now: datetime.date,
    at: Locate,
    rules: RowRules,
) -> LoadedTables:
    """Read every table; a fault of a declaration or a whole file is a "stop", one of a row mostly an "error".

    Rows may also name skipped and frozen places, to no effect. A column older than its maximum age on the day ``now``
    is empty everywhere, with one warning; so is each column that the file has and the configuration has not.
    ``at`` says where a key of the configuration stands. ``rules`` are those that rows are held against.
    """
    loaded = LoadedTables(findings=_declaration_faults(tables, at))
    credits: dict[Attribution, None] = {}
    for name, table in tables.items():
        expired = [column for column, declared in table.columns.items() if _expiry(table, declared) < now]
        for column in expired:
            last = _expiry(table, table.columns[column])
            what = f"the column {quoted(column)} was good until {last}, so pages are without it"
            where = at(("tables", name, "columns", column))
            cure = "Bring the file and its date up to date."
            loaded.findings.append(Finding(where, what, cure, "warning", "column_expired"))
        _read_table(content, _Reading(table, _subjects(table, places), expired), rules, loaded)
        if table.credit:
            credits[Attribution(table.source, table.source_url or "")] = None
            credits |= dict.fromkeys(Attribution(c.source) for c in table.columns.values() if c.source)
    expiries = [_expiry(table, column) for table in tables.values() for column in table.columns.values()]
    good_until = min((day for day in expiries if day >= now), default=datetime.date.max)
    return replace(loaded, attributions=tuple(credits), good_until=good_until)


def _subjects(table: TableConfig, places: LoadedPlaces) -> dict[str, Subject]:
    if table.attach == "region":
        return {region.code: region.key for region in places.regions.values() if region.country == table.country}
    return {str(place.id): place.id for place in places.known if place.country == table.country}


def attach_facts(
    places: Iterable[Place], tables: Mapping[str, TableConfig], facts: Mapping[Subject, Mapping[str, Value]]
) -> tuple[Place, ...]:
    """The places with the ``facts`` of them and of their regions, in the same order.

    Every column that ``tables`` declare is there, ``None`` where no row gives it. Places of one region share one
    Region.
    """
    if not tables:
        return tuple(places)
    empty: dict[str, dict[str, Value]] = {"region": {}, "place": {}}
    for table in tables.values():
        empty[table.attach] |= dict.fromkeys(table.columns)
    regions: dict[str, Region] = {}
    attached: list[Place] = []
    for place in places:
        key = place.region.key
        if key not in regions:
            regions[key] = replace(place.region, facts={**empty["region"], **facts.get(key, {})})
        attached.append(replace(place, region=regions[key], facts={**empty["place"], **facts.get(place.id, {})}))
    return tuple(attached)


def _expiry(table: TableConfig, column: ColumnConfig) -> datetime.date:
    """The last day on which pages may show the column."""
    try:
        return (column.date or table.date) + datetime.timedelta(column.max_age_days or 10**9)
    except OverflowError:
        return datetime.date.max


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


def _read_table(content: Path, reading: _Reading, rules: RowRules, loaded: LoadedTables) -> None:
    """Read one table into ``loaded``."""
    table = reading.table
    by_column, findings = read_columns(content, table.file, (table.key, *table.columns), row_severity="error")
    rows, shown = by_column.rows(), by_column.shown
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
    first: dict[Subject, Row] = {}
    found: dict[Subject, dict[str, Value]] = {}
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
            loaded.frozen.setdefault(subject, row.where())
        else:
            found[subject] = values

    missing = {key: subject for key, subject in reading.subjects.items() if subject not in first}
    if has_strays:
        loaded.uncertain.update(missing.values())
    elif missing and table.attach == "region" and rows:
        named = ", ".join(sorted(missing)[:_NAMED]) + (" and others" if len(missing) > _NAMED else "")
        what = f"there is no row for {named}, so pages there are without its columns"
        reading.findings.append(Finding(shown, what, "Add the row.", "warning", "row_missing"))
    kinds = {column: declared.type for column, declared in table.columns.items()}
    judged = rules.judged(Rows(by_column, "table", kinds, tuple(reading.findings)))
    loaded.findings.extend(judged.findings)
    for subject, values in found.items():
        if first[subject].line in judged.faulty:
            loaded.frozen.setdefault(subject, first[subject].where())
        else:
            loaded.facts.setdefault(subject, {}).update(values)


def _subject(row: Row, reading: _Reading) -> Subject | None:
    """Subject of the row; the key of a row with too many or too few cells is trusted, without a finding."""
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
