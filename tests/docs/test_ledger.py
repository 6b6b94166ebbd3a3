"""``docs/ledger.md`` says what the ledger is."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

from generator.ledger.schema import TABLES
from tests.docs.tables import ROOT, TABLE, meanings, refreshed

PAGE = (ROOT / "docs" / "ledger.md").read_text(encoding="utf-8")


def test_every_generated_table_is_what_the_schema_says() -> None:
    assert refreshed(PAGE) == PAGE, "run: python -m tests.docs.refresh"


def test_every_table_is_there_and_every_column_has_a_meaning() -> None:
    with closing(sqlite3.connect(":memory:")) as ledger:
        ledger.executescript(TABLES)
        names = {name for (name,) in ledger.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")}
    assert names == set(re.findall(r"^### `(\w+)`", PAGE, re.MULTILINE))
    tables = {match["name"].removeprefix("ledger "): meanings(match["body"]) for match in TABLE.finditer(PAGE)}
    assert set(tables) == names - {"build", "built"}
    assert [column for columns in tables.values() for column, meaning in columns.items() if not meaning] == []


def test_every_key_of_the_build_is_explained() -> None:
    store = (ROOT / "generator" / "ledger" / "store.py").read_text(encoding="utf-8")
    keys = set(re.findall(r'_(?:put|value)\("(\w+)"', store)) | {"inputs", "valid_from", "valid_until", "summary"}
    section = PAGE.split("### `build`")[1]
    assert [key for key in sorted(keys) if f"`{key}`" not in section] == []
