"""A cell is empty whose column is required.

The pages of the row would lack what the others say. Fill it in, or declare the column without `required` where texts
can do without it.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.rule import BUILD, rule
from generator.errors import Finding
from generator.load.rows import Rows

_TABLE = "content/tables/boards.csv"
GOOD = (Edit("TX,Texas Board", "TX,", _TABLE),)
BAD = (Edit('"Waco"', '""', "content/places/us.csv"),)


@rule(severity="error", evidence=BUILD, scope=Rows)
def cell_missing(rows: Rows) -> Iterator[Finding]:
    return rows.told("cell_missing")
