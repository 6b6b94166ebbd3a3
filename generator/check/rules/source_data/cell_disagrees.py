"""A place's row contradicts its file, or what the other rows call its region.

One of them is wrong, and the place would get an address in the wrong country or region. Correct the cell, or move the
row.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.rule import BUILD, rule
from generator.errors import Finding
from generator.load.rows import Rows

GOOD = (Edit('"McLennan"', '"Another County"', "content/places/us.csv"),)
BAD = (
    Edit('"Waco","McLennan","TX","Texas"', '"Waco","McLennan","TX","Texsa"', "content/places/us.csv"),
    Edit('"McLennan","TX","Texas","US"', '"McLennan","TX","Texas","CA"', "content/places/us.csv"),
)


@rule(severity="error", evidence=BUILD, scope=Rows)
def cell_disagrees(rows: Rows) -> Iterator[Finding]:
    return rows.told("cell_disagrees")
