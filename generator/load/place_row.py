"""Validation of the cells of a place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache
from importlib import resources
from zoneinfo import available_timezones

from generator.errors import Finding, did_you_mean
from generator.load.csv_file import quoted
from generator.load.rows import Row

_SLUG = "(?![a-z0-9-]{201})[a-z0-9]+(?:-[a-z0-9]+)*"
_NAME = ".{1,300}"
_NAME_NATURE = "a name of at most 300 characters"

# The lengths of numbers keep them within SQLite's integers, those of slugs within what file systems allow a name.
_CELLS = {
    "id": ("[1-9][0-9]{0,14}", "a whole number above zero", "Write the GeoNames id, like 4671654."),
    "name": (_NAME, _NAME_NATURE, "Write the place's name."),
    "county": (f"(?:{_NAME})?", _NAME_NATURE, "Shorten it."),
    "region_code": ("[A-Z0-9]{1,8}", "a region's code", "Write it in capitals, like TX."),
    "region": (_NAME, _NAME_NATURE, "Write the region's name, like Texas."),
    "country": ("[A-Z]{2}", "a country's code", "Write two capital letters, like US."),
    "latitude": (
        r"-?(?:[0-8]?[0-9](?:\.[0-9]{1,20})?|90(?:\.0{1,20})?)",
        "a latitude from -90 to 90",
        "Write degrees with a decimal point, like 30.26715.",
    ),
    "longitude": (
        r"-?(?:(?:[0-9]?[0-9]|1[0-7][0-9])(?:\.[0-9]{1,20})?|180(?:\.0{1,20})?)",
        "a longitude from -180 to 180",
        "Write degrees with a decimal point, like -97.74306.",
    ),
    "population": ("[0-9]{1,15}", "a whole number, zero or more", "Write digits only, like 15000."),
    "time_zone": (".+", "a known time zone", "Write a name like America/Chicago."),
    "slug": (_SLUG, "a slug", "Use a-z, 0-9 and single hyphens, at most 200 characters, like san-antonio."),
    "former_slugs": (
        f"(?:{_SLUG}(?: +{_SLUG})*)?",
        "a list of slugs with spaces between them",
        "Use a-z, 0-9 and single hyphens in each, like st-paul.",
    ),
}
_MATCHERS = {column: re.compile(pattern).fullmatch for column, (pattern, _, _) in _CELLS.items()}


@cache
def known_time_zones() -> frozenset[str]:
    """Names of the time zone database that this computer has; empty when it has none."""
    return frozenset(available_timezones())


@cache
def _listed_time_zones() -> frozenset[str]:
    """Those of ``known_time_zones`` that the package tzdata lists: to know them takes a hundredth of the time."""
    try:
        return frozenset(resources.files("tzdata").joinpath("zones").read_text("utf-8").split())
    except (ModuleNotFoundError, OSError):
        return frozenset()


def knows_time_zones() -> bool:
    return bool(_listed_time_zones() or known_time_zones())


def unsound(column: str, texts: Collection[str]) -> set[str]:
    """Those of ``texts``, the different cells of a column, that may not stand in it."""
    if column == "time_zone":
        unlisted = {*texts} - _listed_time_zones()
        return unlisted - known_time_zones() if unlisted else unlisted
    is_sound = _MATCHERS[column]
    return {text for text in texts if not is_sound(text)}


def cell_fault(column: str, text: str) -> tuple[str, str] | None:
    """The fault of a cell of a place, and what to do."""
    if not unsound(column, [text]):
        return None
    _, nature, fix = _CELLS[column]
    if not text:
        return "the cell is empty", fix
    if column == "time_zone":
        fix = did_you_mean(text, known_time_zones(), fix)
    elif nature == _NAME_NATURE:
        fix = "Shorten it."
    return f"{quoted(text)} is not {nature}", fix


def cell_faults(row: Row, columns: Iterable[str]) -> list[Finding]:
    """Everything wrong with these cells of a place's row, each as a stop; an absent cell counts as empty."""
    told = [(column, cell_fault(column, row.cells.get(column, ""))) for column in columns]
    return [Finding(row.where(column), *fault) for column, fault in told if fault]
