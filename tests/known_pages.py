"""What a ledger knows of pages, however they were made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from generator.check.facts import facts_of
from generator.ledger.store import open_ledger
from tests.sites import BASE, remembered


def all_that_is_known(site: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in the site's ledger but from which values its pages were made, and what stands on each of them."""
    known = remembered(site)
    del known["variants"], known["printed"]
    file = site / "output" / "ledger.sqlite"
    names = "path, cluster, title, description, h1, canonical, links"
    with open_ledger(file, read_only=True) as ledger, facts_of(ledger, file, BASE) as facts:
        return known | {"said": list(facts.query(f"SELECT {names} FROM pages ORDER BY path"))}
