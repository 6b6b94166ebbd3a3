"""The letters of a cell are garbled, because a file was read in a wrong encoding.

“ClÃ­nica” for “Clínica” would stand on every page that shows the cell. Export the table again as “CSV UTF-8”, from the
program in which its letters are right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.examples import Data
from generator.check.quoting import quoted
from generator.check.rule import BUILD, rule
from generator.check.wording import GARBLED
from generator.errors import Finding
from generator.load.rows import Rows

_GARBLED = re.compile(GARBLED.pattern, re.MULTILINE)
GOOD = (Data("id,note\n1,“MAÇÃ” de ÂNGELA\n2,Clínica señor 25 °C\n"),)
BAD = (
    Data("id,note\n1,Una clÃ­nica\n"),
    Data("id,note\n1,A clinic\n2,At 25Â°C\n"),
    Data("id,name\n1,EspaÃ±ola\n", of="places"),
    Data("id,note\n1,A cl\ufffdnic\n"),
)


@rule(severity="error", evidence=BUILD, scope=Rows)
def cell_garbled(rows: Rows) -> Iterator[Finding]:
    for cell, match in rows.matching(_GARBLED, "text", "url"):
        what = f"{quoted(match[0])} stands in the cell: {quoted(cell.text)}"
        yield Finding(cell.where, what, "Export the table again as “CSV UTF-8”.")
