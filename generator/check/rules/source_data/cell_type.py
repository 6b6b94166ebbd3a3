"""A cell holds something else than its column says.

A number with a unit, a date as people say it, or an address without its beginning cannot be printed as what it is.
The message says how to write it.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.rule import BUILD, rule
from generator.errors import Finding
from generator.load.rows import Rows

GOOD = (Edit('"132356"', '"0"', "content/places/us.csv"),)
BAD = (
    Edit('"132356"', '"132,356"', "content/places/us.csv"),
    Edit('"31.54933"', '"31° 32"', "content/places/us.csv"),
    Edit('"board": {"type": "text"}', '"board": {"type": "url"}', "content/site.yaml"),
)


@rule(severity="error", evidence=BUILD, scope=Rows)
def cell_type(rows: Rows) -> Iterator[Finding]:
    return rows.told("cell_type")
