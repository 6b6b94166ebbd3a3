"""A table has a column that pages cannot use.

What pages may show is declared in `site.yaml`, with its source and its date. Either the declaration was forgotten, or
the name is written differently there.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.rule import BUILD, rule
from generator.errors import Finding
from generator.load.rows import Rows

_TABLE = "content/tables/boards.csv"
_TWO_ROWS = "region,board\nLA,Louisiana Board\nTX,Texas Board"
GOOD = (Edit("TX,Texas Board", "TX,Texan Board", _TABLE),)
BAD = (Edit(_TWO_ROWS, "region,board,telephone\nLA,Louisiana Board,1\nTX,Texas Board,2", _TABLE),)


@rule(severity="warning", evidence=BUILD, scope=Rows)
def column_undeclared(rows: Rows) -> Iterator[Finding]:
    return rows.told("column_undeclared")
