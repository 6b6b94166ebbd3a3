"""Sites with a publish gate, and what their builds say of it."""

from __future__ import annotations

import datetime
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from generator.commands.pages import summary_lines
from tests.sites import (
    BOARD_TABLE,
    Built,
    make_site,
)

CLINICS = BOARD_TABLE | {
    "file": "tables/clinics.csv",
    "attach": "place",
    "key": "id",
    "columns": {"clinics": {"type": "integer"}},
}
ROWS = {"content/tables/clinics.csv": "id,clinics\n4671654,12\n4684888,7\n4739526,\n"}
TABLES = {"boards": BOARD_TABLE, "clinics": CLINICS}
TEMPLE = "/en-us/sciatica/texas/temple/"
TEXAS = "/en-us/sciatica/texas/"
SHREVEPORT = "/en-us/sciatica/louisiana/shreveport/"
SMALL = {"where": "population < 100000", "reason": "The town is small."}
REVIEWED = {"reviewer": {"name": "A. Person", "credentials": "MD"}, "last_reviewed": datetime.date(2026, 3, 1)}


def gated(folder: Path, **gate: Any) -> Path:
    return make_site(folder, ROWS, tables=TABLES, gate={"mode": "enforce"} | gate)


def verdicts(site: Path) -> dict[str, tuple[str, str, str]]:
    """What the ledger says of every address: state, verdict and reason."""
    with closing(sqlite3.connect(site / "output" / "ledger.sqlite")) as ledger:
        built = ledger.execute("SELECT path, state, verdict, reason FROM pages WHERE state IN ('live', 'noindex')")
        others = ledger.execute("SELECT path, 'unbuilt', verdict, reason FROM unbuilt")
        return {path: tuple(rest) for path, *rest in (*built.fetchall(), *others.fetchall())}


def kept_back(site: Path) -> set[str]:
    """Addresses that the gate names, but for the page for unknown ones."""
    return {path for path, (_, verdict, _) in verdicts(site).items() if verdict != "index" and path != "/404.html"}


def robots(built: Built, path: str) -> str:
    return str(built.page(path).find("meta", attrs={"name": "robots"})["content"])  # type: ignore[index]


def sitemaps(built: Built) -> str:
    return "".join(file.read_text("utf-8") for file in sorted((built.folder / "sitemaps").glob("*.xml")))


def links(page: BeautifulSoup) -> set[str]:
    return {str(link["href"]) for link in page.select("a[href]")}


def said(built: Built) -> str:
    return "\n".join(summary_lines(built.summary))
