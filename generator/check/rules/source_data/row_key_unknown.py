"""A row of a table belongs to no region or place that there is.

Its data reach no page, and the page that they were meant for is without them. Write the region's code, or the place's
id, as the places file has it.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.rule import BUILD, rule
from generator.errors import Finding
from generator.load.rows import Rows

_TABLE = "content/tables/boards.csv"
GOOD = (Edit("TX,Texas Board", "TX,Another Board", _TABLE),)
BAD = (
    Edit("TX,Texas Board", "TX,Texas Board\nTZ,Texas Board", _TABLE),
    Edit("TX,Texas Board", "TX,Texas Board\n,A Board", _TABLE),
)


@rule(severity="error", evidence=BUILD, scope=Rows)
def row_key_unknown(rows: Rows) -> Iterator[Finding]:
    return rows.told("row_key_unknown")
