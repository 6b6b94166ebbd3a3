"""Two rows are about the same region or place.

They may say different things, and nobody can tell which of them is meant. Keep one of the two.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.rule import BUILD, rule
from generator.errors import Finding
from generator.load.rows import Rows

_TABLE = "content/tables/boards.csv"
GOOD = (Edit("TX,Texas Board", "TX,Louisiana Board", _TABLE),)
BAD = (
    Edit("TX,Texas Board", "TX,Texas Board\nTX,Texas Board", _TABLE),
    Edit("4739526", "4671654", "content/places/us.csv"),
)


@rule(severity="error", evidence=BUILD, scope=Rows)
def row_key_repeated(rows: Rows) -> Iterator[Finding]:
    return rows.told("row_key_repeated")
