"""Places for which the conditions of the publish gate are true."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping, Sequence

from generator.config import SiteConfig, TableConfig
from generator.errors import Finding, did_you_mean
from generator.load.condition import COLUMNS, Cell, Condition, matching_ids
from generator.model import Place, Value

LOCAL_FACTS = "local_facts"
"""The column that counts the different facts that tables give to a place and to its region."""

_LARGEST = 2**63
_LONGEST = 900
"""Bytes of a text that a condition sees; SQLite is held to little more."""

Reader = Callable[[Place], Cell]
Locate = Callable[[tuple[str | int, ...]], str]


def gated_places(
    config: SiteConfig, places: Sequence[Place], topics: Collection[str], at: Locate
) -> tuple[tuple[frozenset[int], ...], list[Finding]]:
    """For each of ``gate.conditions`` the ids of the ``places`` for which it is true, and what is wrong in ``gate``.

    ``topics`` are the folders of all topics; ``at`` says where a key of the configuration stands.
    """
    gate = config.gate
    columns, findings = _columns(config.tables, at) if gate.conditions else ({}, [])
    if findings:
        return (), findings

    def cells(place: Place) -> tuple[Cell, ...]:
        return tuple(read(place) for read in columns.values())

    found: list[frozenset[int]] = []
    for number, condition in enumerate(gate.conditions):
        where = at(("gate", "conditions", number, "where"))
        asked = Condition(condition.where, where, f"gate.conditions[{number}].where", tuple(columns), cells)
        ids, faults = matching_ids(places, asked)
        found.append(ids)
        findings += faults
        for topic in condition.topics:
            if topic not in topics:
                what = f'gate.conditions[{number}] names the topic "{topic}", which the site does not have'
                findings.append(Finding(where, what, did_you_mean(topic, topics)))
    known = _facts(config.tables)
    for name in gate.required:
        if name not in known:
            what = f'gate.required names "{name}", which no table has'
            findings.append(Finding(at(("gate", "required")), what, did_you_mean(name, known)))
    return tuple(found), findings


def _facts(tables: Mapping[str, TableConfig]) -> list[str]:
    """The facts of all tables, named as texts read them."""
    prefix = {"place": "place.", "region": "place.region."}
    return [prefix[table.attach] + column for table in tables.values() for column in table.columns]


def _columns(tables: Mapping[str, TableConfig], at: Locate) -> tuple[dict[str, Reader], list[Finding]]:
    """What a condition may name besides the columns of the places files, and how it is read of a place.

    Names that differ in capitals only are the same to SQL, so they may not both be there.
    """
    columns: dict[str, Reader] = {LOCAL_FACTS: _local_facts}
    taken = {name.lower() for name in (*COLUMNS, LOCAL_FACTS)}
    findings: list[Finding] = []
    for table_name, table in tables.items():
        is_of_region = table.attach == "region"
        where = at(("tables", table_name))
        named = {f"region_{c}" if is_of_region else c: _reading(c, is_of_region) for c in table.columns}
        named[f"{table_name.replace('-', '_')}_rows"] = _counting(tuple(table.columns), is_of_region)
        for name, read in named.items():
            if name.lower() in taken:
                what = f'a condition of the gate would know two columns as "{name}", one of them of this table'
                findings.append(Finding(where, what, "Rename the column or the table."))
            taken.add(name.lower())
            columns[name] = read
    return columns, findings


def _reading(column: str, is_of_region: bool) -> Callable[[Place], Cell]:
    return lambda place: _cell((place.region.facts if is_of_region else place.facts).get(column))


def _counting(columns: Sequence[str], is_of_region: bool) -> Callable[[Place], Cell]:
    """Whether a table has a row for a place, as a number."""

    def count(place: Place) -> int:
        facts = place.region.facts if is_of_region else place.facts
        return int(any(facts.get(column) not in (None, "") for column in columns))

    return count


def _local_facts(place: Place) -> int:
    said = {repr(value) for facts in (place.facts, place.region.facts) for value in facts.values() if value is not None}
    return len(said - {repr("")})


def _cell(value: Value) -> Cell:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int) and not -_LARGEST <= value < _LARGEST:
        return float(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value.encode()[:_LONGEST].decode(errors="ignore") if isinstance(value, str) else value
