"""Validation of a row of ``content/places/overrides.csv``, before any place is looked up."""

from __future__ import annotations

from collections.abc import Mapping

from generator.errors import Finding, did_you_mean
from generator.load.csv_file import quoted
from generator.load.place_row import cell_faults
from generator.load.rows import Row

ADDRESS = ("id", "name", "region_code", "country")
FACTS = ("latitude", "longitude", "population", "time_zone")
COLUMNS = ("action", *ADDRESS, "slug", "county", *FACTS, "reason")
NAME_PREFIX = "name:"

# What each action reads besides the address and the reason; the prefix stands for every localised name.
_READS: Mapping[str, tuple[str, ...]] = {
    "add": ("slug", "county", *FACTS, NAME_PREFIX),
    "include": (),
    "skip": (),
    "rename": ("slug",),
    "localise": (NAME_PREFIX,),
}


def localised_names(row: Row) -> dict[str, str]:
    """The names that the row gives, by locale tag."""
    cells = row.cells.items()
    return {column.removeprefix(NAME_PREFIX): text for column, text in cells if column.startswith(NAME_PREFIX) and text}


def names_a_region(row: Row) -> bool:
    """Whether the row localises a region itself, not a place."""
    return row.cells["action"] == "localise" and not row.cells.get("id") and not row.cells.get("name")


def row_faults(row: Row) -> list[Finding]:
    """Everything wrong with the row in itself, each a stop with its column."""
    action = row.cells["action"]
    if action not in _READS:
        what = f"unknown action {quoted(action)}" if action else "the cell is empty"
        return [Finding(row.where("action"), what, did_you_mean(action, _READS))]
    faults = _unread_cells(row, action)
    if action == "add":
        faults += cell_faults(row, (*ADDRESS, *FACTS, "slug", "county"))
    elif action == "rename":
        faults += cell_faults(row, ("id", "name", *(["slug"] if row.cells.get("slug") else [])))
    elif not names_a_region(row):
        faults += _address_faults(row)
    elif not row.cells.get("region_code"):
        what = "the row says neither which place nor which region it is about"
        faults.append(Finding(row.where(), what, "Fill in id, or name and region_code, or region_code alone."))
    if action == "skip" and not row.cells.get("reason"):
        faults.append(Finding(row.where("reason"), "the cell is empty", "Say why the place gets no pages."))
    if action == "localise" and not localised_names(row):
        fix = "Fill in a column like name:es-US, with the tag of one of the site's locales."
        faults.append(Finding(row.where(), "the row gives no localised name", fix))
    for tag, text in localised_names(row).items():
        if len(text) > 300:
            where = row.where(NAME_PREFIX + tag)
            faults.append(Finding(where, f"{quoted(text)} is not a name of at most 300 characters", "Shorten it."))
    return faults


def _unread_cells(row: Row, action: str) -> list[Finding]:
    reads = ("action", "reason", *ADDRESS, *_READS[action])
    return [
        Finding(row.where(column), f'the action "{action}" does not read this cell', "Empty it.")
        for column, text in row.cells.items()
        if text and column not in reads and not (NAME_PREFIX in reads and column.startswith(NAME_PREFIX))
    ]


def _address_faults(row: Row) -> list[Finding]:
    if row.cells.get("id"):
        return cell_faults(row, ("id",))
    if row.cells.get("name") and row.cells.get("region_code"):
        return []
    return [
        Finding(row.where(), "the row does not say which place it is about", "Fill in id, or name and region_code.")
    ]
