"""A country's places file and the overrides beside it, read strictly and written whole.

A refresh builds on the file, so a row that cannot be understood stops it: guessing could change a URL.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.commands.places.place_rows import PlaceRow, Rename
from generator.errors import Finding, SiteError
from generator.load.places_format import PLACE_COLUMNS
from generator.plan.slugs import slugify

_SURPLUS = ""
"""Key of what a row has beyond its header's columns."""


def read_places(path: Path, shown: str) -> tuple[PlaceRow, ...]:
    """The rows of a places file, none when there is no such file; ``shown`` is its name in messages.

    Raises SiteError with every row that cannot be read, is listed twice, or claims a slug of another row.
    """
    if not path.exists():
        return ()
    rows: list[PlaceRow] = []
    findings: list[Finding] = []
    ids: dict[int, int] = {}
    owners: dict[tuple[str, str], tuple[int, int]] = {}
    for line, cells in _cells(path, shown, PLACE_COLUMNS):
        where = f"{shown}:{line}"
        try:
            row = _row(cells)
        except ValueError as error:
            findings.append(
                Finding(where, f"this row cannot be read ({error})", "Correct it, or take back the change.")
            )
            continue
        if row.id in ids:
            findings.append(Finding(where, f"id {row.id} is also in line {ids[row.id]}", "Keep one of the two rows."))
            continue
        ids[row.id] = line
        for slug in (row.slug, *row.former_slugs):
            owner, owner_line = owners.setdefault((row.region_code, slug), (row.id, line))
            if owner != row.id:
                what = f'the slug "{slug}" of {row.name} also belongs to line {owner_line}'
                findings.append(Finding(where, what, "Give back the slug that the row had."))
        rows.append(row)
    if findings:
        raise SiteError(findings)
    return tuple(rows)


def read_renames(path: Path, shown: str) -> dict[int, Rename]:
    """The new slugs that the overrides ask for, by GeoNames id; rows without one only change a name.

    Other actions, and ids that no country has, are for the build to judge. Raises SiteError with every fault.
    """
    if not path.exists():
        return {}
    renames: dict[int, Rename] = {}
    findings: list[Finding] = []
    for line, cells in _cells(path, shown, ("action", "id", "slug")):
        where = f"{shown}:{line}"
        slug = cells["slug"].strip()
        if cells["action"].strip() != "rename" or not slug:
            continue
        id = cells["id"].strip()
        if not (id.isascii() and id.isdigit()):
            fix = "Write the number in the places file's first column."
            findings.append(Finding(where, f'"{id}" is no GeoNames id', fix))
        elif int(id) in renames:
            what = f"id {id} is also renamed at {renames[int(id)].where}"
            findings.append(Finding(where, what, "Keep one of the two rows."))
        else:
            renames[int(id)] = Rename(slug=slug, where=where)
    if findings:
        raise SiteError(findings)
    return renames


def places_text(rows: Iterable[PlaceRow]) -> str:
    """The whole text of a places file."""
    lines = [_line(PLACE_COLUMNS)]
    for row in rows:
        cells = {column: getattr(row, column) for column in PLACE_COLUMNS}
        lines.append(_line({**cells, "former_slugs": " ".join(row.former_slugs)}.values()))
    return "".join(lines)


def write_whole(path: Path, text: str) -> None:
    """Write the file in one step, so that an interruption leaves the old one; UTF-8, line ends as they are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.new")
    try:
        temporary.write_text(text, encoding="utf-8", newline="")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _line(cells: Iterable[object]) -> str:
    # The writer quotes a line break within a cell only when its own line ends hold it.
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue().removesuffix("\r\n") + "\n"


def _cells(path: Path, shown: str, columns: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row's last line and its cells by column; a header that lacks one of the columns stops everything."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        finding = Finding(shown, f"this is not UTF-8 text (byte {error.start + 1})", 'Save it as "CSV UTF-8".')
        raise SiteError([finding]) from None
    reader = csv.reader(io.StringIO(text, newline=""))
    header = [name.strip() for name in next(reader, [])]
    if missing := [column for column in columns if column not in header]:
        raise SiteError(
            Finding(f"{shown}:1", f'the column "{column}" is missing', "Give the file its first line back.")
            for column in missing
        )
    for cells in reader:
        if any(cell.strip() for cell in cells):
            padded = [*cells, *[""] * (len(header) - len(cells))]
            yield reader.line_num, {**dict(zip(header, padded, strict=False)), _SURPLUS: "".join(padded[len(header) :])}


def _row(cells: dict[str, str]) -> PlaceRow:
    if cells[_SURPLUS]:
        raise ValueError("it has more cells than the header")
    former_slugs = tuple(cells["former_slugs"].split())
    for slug in (cells["slug"], *former_slugs):
        if not slug or slugify(slug) != slug:
            raise ValueError(f'"{slug}" is no slug')
    return PlaceRow(
        id=_whole(cells, "id"),
        name=cells["name"],
        county=cells["county"],
        region_code=cells["region_code"],
        region=cells["region"],
        country=cells["country"],
        latitude=_decimal(cells, "latitude"),
        longitude=_decimal(cells, "longitude"),
        population=_whole(cells, "population"),
        time_zone=cells["time_zone"],
        slug=cells["slug"],
        former_slugs=former_slugs,
        skip=cells["skip"],
    )


def _whole(cells: dict[str, str], column: str) -> int:
    if not re.fullmatch("[0-9]+", cells[column]):
        raise ValueError(f'{column} "{cells[column]}" is no whole number')
    return int(cells[column])


def _decimal(cells: dict[str, str], column: str) -> float:
    try:
        number = float(cells[column])
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise ValueError(f'{column} "{cells[column]}" is no number')
    return number
