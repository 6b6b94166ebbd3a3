"""A row has more cells than the first line has columns, or fewer.

Nobody can tell which cell belongs to which column, so no page is made of the row. Mostly a comma stands in a cell
that is not in quotation marks.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.rule import BUILD, rule
from generator.errors import Finding
from generator.load.rows import Rows

_TABLE = "content/tables/boards.csv"
GOOD = (Edit("TX,Texas Board", 'TX,"Texas Board, Medical"', _TABLE),)
BAD = (
    Edit("TX,Texas Board", "TX,Texas Board, Medical", _TABLE),
    Edit("TX,Texas Board", "TX", _TABLE),
)


@rule(severity="error", evidence=BUILD, scope=Rows)
def row_cells(rows: Rows) -> Iterator[Finding]:
    return rows.told("row_cells")
