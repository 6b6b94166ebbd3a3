"""Two places of one region have the same part of the address, or one of them had it before.

One page would take the other's address, or its visitors. Within a region each slug, also a former one, belongs to one
place for good.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.rule import BUILD, rule
from generator.errors import Finding
from generator.load.rows import Rows

GOOD = (Edit('"waco"', '"waco-2"', "content/places/us.csv"),)
BAD = (
    Edit('"waco"', '"austin"', "content/places/us.csv"),
    Edit('"waco",""', '"waco","austin"', "content/places/us.csv"),
)


@rule(severity="error", evidence=BUILD, scope=Rows)
def slug_repeated(rows: Rows) -> Iterator[Finding]:
    return rows.told("slug_repeated")
