"""The places files and the overrides beside them, as a refresh reads and writes them.

A refresh builds on the files, so a row that cannot be understood stops it: guessing could change a URL.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from generator.commands.places.place_rows import PlaceRow, Rename
from generator.errors import Finding, SiteError
from generator.load.csv_file import read_columns
from generator.load.place_row import cell_faults
from generator.load.places import OVERRIDES_FILE, load_places, places_files
from generator.load.places_format import PLACE_COLUMNS
from generator.model import Place


def read_places(content: Path) -> tuple[PlaceRow, ...]:
    """The rows of all countries, none where there is no file yet.

    Raises SiteError with everything that a build would say of them.
    """
    if not places_files(content):
        return ()
    loaded = load_places(content)
    if loaded.findings:
        raise SiteError(loaded.findings)
    with_pages = (_row(place, "") for place in loaded.places)
    return (*with_pages, *(_row(place, loaded.reasons[place.id]) for place in loaded.skipped))


def _row(place: Place, skip: str) -> PlaceRow:
    cells = {
        column: getattr(place, column) for column in PLACE_COLUMNS if column not in ("region_code", "region", "skip")
    }
    return PlaceRow(region_code=place.region.code, region=place.region.name, skip=skip, **cells)


def read_renames(content: Path) -> dict[int, Rename]:
    """The new slugs that the overrides ask for, by GeoNames id; rows without one only change a name.

    Other actions, and ids that no country has, are for the build to judge. Raises SiteError with every fault.
    """
    if not (content / OVERRIDES_FILE).exists():
        return {}
    columns, findings = read_columns(content, OVERRIDES_FILE, ("action", "id", "slug"))
    renames: dict[int, Rename] = {}
    for row in columns.rows():
        if not row.is_whole or row.cells["action"] != "rename" or not row.cells["slug"]:
            continue
        if faults := cell_faults(row, ["id"]):
            findings += faults
            continue
        id = int(row.cells["id"])
        if id in renames:
            what = f"id {id} is also renamed at {renames[id].where}"
            findings.append(Finding(row.where(), what, "Keep one of the two rows."))
        renames.setdefault(id, Rename(row.cells["slug"], row.where()))
    if findings:
        raise SiteError(findings)
    return renames


def places_text(rows: Iterable[PlaceRow]) -> str:
    """The whole text of a places file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, PLACE_COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        cells = {column: getattr(row, column) for column in PLACE_COLUMNS}
        writer.writerow({**cells, "former_slugs": " ".join(row.former_slugs)})
    return text.getvalue()
