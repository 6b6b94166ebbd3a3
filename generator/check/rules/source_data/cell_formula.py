"""A cell holds a spreadsheet's formula, or the error that one gave.

“#N/A” and “#REF!” say that a value was looked up and not found, and the page would print just that. Mend the formula,
or empty the cell, and export the table again with its values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.examples import Data
from generator.check.quoting import quoted
from generator.check.rule import BUILD, rule
from generator.data_rows import Rows
from generator.errors import Finding

_FORMULA = re.compile(
    r"^#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|ERROR!|GETTING_DATA)"
    r"|^=[A-Z][A-Z.]*\(|^=\$?[A-Z]{1,3}\$?[0-9]+(?:[-+*/&]|$)",
    re.MULTILINE,
)
GOOD = (Data("id,note\n1,Clinic #1 = the best\n2,=\n3,#NAMES\n"),)
BAD = (
    Data("id,note\n1,#N/A\n"),
    Data("id,note\n1,A clinic\n2,#REF!\n"),
    Data('id,note\n1,"=VLOOKUP(A2,boards!A:B,2)"\n'),
    Data("id,note\n1,=B2&C2\n"),
)


@rule(severity="error", evidence=BUILD, scope=Rows)
def cell_formula(rows: Rows) -> Iterator[Finding]:
    for cell, _ in rows.matching(_FORMULA):
        fix = "Mend the formula, or empty the cell, and export the table again."
        yield Finding(cell.where, f"{quoted(cell.text)} is a formula, or its error", fix)
