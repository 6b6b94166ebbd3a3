"""Places for which the conditions of the publish gate are true."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial

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
    """For each of ``gate.conditions`` the ids of the ``places`` for which it is true, and the faults of ``gate``.

    ``topics`` are the folders of all topics; ``at`` says where a key of the configuration stands.
    """
    gate = config.gate
    columns, findings = _columns(config.tables, at) if gate.conditions else ({}, [])
    if findings:
        return (), findings
    found: list[frozenset[int]] = []
    for number, condition in enumerate(gate.conditions):
        where = at(("gate", "conditions", number, "where"))
        asked = Condition(condition.where, where, f"gate.conditions[{number}].where", columns)
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
    """Names for conditions besides the columns of the places files, and how each is read of a place.

    Names that differ in capitals only are the same to SQL, so they may not both be there.
    """
    columns: dict[str, Reader] = {LOCAL_FACTS: _local_facts}
    taken = {name.lower() for name in (*COLUMNS, LOCAL_FACTS)}
    findings: list[Finding] = []
    for table_name, table in tables.items():
        where = at(("tables", table_name))
        prefix = "region_" if table.attach == "region" else ""
        named: dict[str, Reader] = {prefix + column: partial(_cell, table.attach, column) for column in table.columns}
        named[f"{table_name.replace('-', '_')}_rows"] = partial(_has_row, table)
        for name, read in named.items():
            if name.lower() in taken:
                what = f'a condition of the gate would know two columns as "{name}", one of them of this table'
                findings.append(Finding(where, what, "Rename the column or the table."))
            taken.add(name.lower())
            columns[name] = read
    return columns, findings


def _facts_of(place: Place, attach: str) -> Mapping[str, Value]:
    return place.region.facts if attach == "region" else place.facts


def _cell(attach: str, column: str, place: Place) -> Cell:
    value = _facts_of(place, attach).get(column)
    if isinstance(value, int) and not -_LARGEST <= value < _LARGEST:
        return float(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value.encode()[:_LONGEST].decode(errors="ignore") if isinstance(value, str) else value


def _has_row(table: TableConfig, place: Place) -> bool:
    facts = _facts_of(place, table.attach)
    return any(facts.get(column) not in (None, "") for column in table.columns)


def _local_facts(place: Place) -> int:
    said = {repr(value) for facts in (place.facts, place.region.facts) for value in facts.values() if value is not None}
    return len(said - {repr("")})
