"""A column is older than it may be, so pages are without it.

`max_age_days` says how long what the column states can be trusted. Look the data up again, and write the new day
under `date`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.rule import BUILD, rule
from generator.errors import Finding
from generator.load.rows import Rows

GOOD = (Edit('"board": {"type": "text"}', '"board": {"type": "text", "max_age_days": 200}', "content/site.yaml"),)
BAD = (Edit('"board": {"type": "text"}', '"board": {"type": "text", "max_age_days": 30}', "content/site.yaml"),)


@rule(severity="warning", evidence=BUILD, scope=Rows)
def column_expired(rows: Rows) -> Iterator[Finding]:
    return rows.told("column_expired")
