"""A table of regions has no row for some of them.

Pages there are without what the table says, or say less than others. Add the row, or leave its cells empty to say
that this is known.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.rule import BUILD, rule
from generator.errors import Finding
from generator.load.rows import Rows

_TABLE = "content/tables/boards.csv"
GOOD = (Edit("TX,Texas Board", "TX,", _TABLE),)
BAD = (Edit("TX,Texas Board\n", "", _TABLE),)


@rule(severity="warning", evidence=BUILD, scope=Rows)
def row_missing(rows: Rows) -> Iterator[Finding]:
    return rows.told("row_missing")
