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
from generator.errors import Finding
from generator.load.rows import Rows

_ERRORS = r"N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|ERROR!|GETTING_DATA|NV\b|¡\w+!|¿\w+\?"
_CELL = r"\$?[A-Z]{1,3}\$?[0-9]+"
_FORMULA = re.compile(
    # The first characters of all that follow, which takes a tenth of the time.
    rf"(?=[#E=+])(?:(?<!\w)#(?:{_ERRORS})|^#{{3,}}$|^Err:[0-9]+$"
    rf"|^=\s*[A-Za-z_][\w.]*\(|^[=+]\s*{_CELL}\s*(?:[-+*/&:^]|$)|^=\s*(?:'[^'\n]+'|\w+)!\$?[A-Z]|^=\w+\|)",
    re.MULTILINE,
)
"""What spreadsheet programs print for an error, in English and Spanish, and what begins a formula."""

GOOD = (Data("id,note\n1,Clinic #1 = the best\n2,=\n3,#NAMES\n4,=Health\n5,#NVP\n6,+1 555 0100\n7,Unit #12\n"),)
BAD = (
    Data("id,note\n1,#N/A\n"),
    Data("id,note\n1,A clinic\n2,#REF!\n"),
    Data('id,note\n1,"=VLOOKUP(A2,boards!A:B,2)"\n'),
    Data("id,note\n1,=B2&C2\n"),
    Data("id,note\n1,Call #N/A\n"),
    Data("id,note\n1,#¡REF!\n"),
    Data("id,note\n1,=Sheet1!A1\n"),
    Data("id,note\n1,=vlookup(A1;B:C;2)\n"),
    Data("id,note\n1,#####\n"),
    Data("id,site\n1,https://www.example.com/#N/A\n", types={"site": "url"}),
)


@rule(severity="error", evidence=BUILD, scope=Rows)
def cell_formula(rows: Rows) -> Iterator[Finding]:
    for cell, _ in rows.matching(_FORMULA, "text", "url"):
        fix = "Mend the formula, or empty the cell, and export the table again."
        yield Finding(cell.where, f"{quoted(cell.text)} is a formula, or its error", fix)
