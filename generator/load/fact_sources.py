"""Sources of the facts of one place: the row of a table, its origin and its date."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator.config import TableConfig
from generator.load.csv_file import read_columns
from generator.load.rows import Row
from generator.model import Place


def fact_sources(content: Path, tables: Mapping[str, TableConfig], place: Place) -> Mapping[str, str]:
    """The source of each column that tables give to ``place`` or its region, by the name under which texts read it.

    Reads the files anew; a column without a row is left out.
    """
    found: dict[str, str] = {}
    for table in tables.values():
        is_of_region = table.attach == "region"
        row = rows_by_key(content, table).get(place.region.code if is_of_region else str(place.id))
        if row and table.country == place.country:
            for column, declared in table.columns.items():
                credit = f"{declared.source or table.source}, {declared.date or table.date}"
                found[f"place.region.{column}" if is_of_region else f"place.{column}"] = (
                    f"{row.where(column)} ({credit})"
                )
    return found


def rows_by_key(content: Path, table: TableConfig) -> Mapping[str, Row]:
    """The rows of ``table`` by what they are about, of several the first; reads the file anew."""
    columns, _ = read_columns(content, table.file, (table.key,))
    return {row.cells.get(table.key, ""): row for row in reversed(columns.rows())}
