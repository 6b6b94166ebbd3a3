"""A postcode of the United States has lost its first zero.

Spreadsheet programs take “02108” for a number and write “2108”, which is no address in Boston. Format the column as
text before you export it, and declare it as text here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.examples import Data
from generator.check.quoting import quoted
from generator.check.rule import BUILD, rule
from generator.errors import Finding
from generator.load.rows import Rows

_NAME = re.compile(r"^zip$|(?:^|_)(?:zip_?code|postal_?code|post_?code)s?$", re.IGNORECASE)
_SHORT = re.compile(r"[0-9]{3,4}(?:-[0-9]{4})?")

GOOD = (Data("id,zip,clinics_per_zip\n1,02108,2108\n2,78701-1234,12\n3,,\n"),)
BAD = (
    Data("id,zip\n1,2108\n"),
    Data("id,postal_code\n1,78701\n2,2108-1234\n", types={"postal_code": "text"}),
    Data("id,clinic_zip_code\n1,501\n", types={"clinic_zip_code": "integer"}),
)


@rule(severity="warning", evidence=BUILD, scope=Rows)
def postcode_zero_lost(rows: Rows) -> Iterator[Finding]:
    for column in filter(_NAME.search, rows.kinds):
        short = {text for text in rows.columns.texts(column) if _SHORT.fullmatch(text)}
        for cell in rows.holding(short, [column]):
            fix = "Format the column as text in the spreadsheet, and declare it as text."
            yield Finding(cell.where, f"{quoted(cell.text)} lacks the zero that it begins with", fix)
