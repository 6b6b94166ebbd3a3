"""A cell is written in capitals throughout, as exports often are.

“SAINT PAUL” is harder to read than “Saint Paul”, and some screen readers spell it out. Write names as people write
them. Found are two or more words in a row of four or more letters each, none of them a known abbreviation, and names of
places of one such word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.examples import Data
from generator.check.quoting import quoted
from generator.check.rule import HEURISTIC, rule
from generator.check.wording import SHOUTED, is_shouted
from generator.errors import Finding
from generator.load.rows import Rows

_SHOUTED = re.compile(SHOUTED.pattern.replace(r"[ \n-]", "[ -]"), re.MULTILINE)
_NAME = re.compile(r"^[A-ZÀ-ÖØ-Þ]{4,}$", re.MULTILINE)
GOOD = (
    Data("id,note\n1,The FDA and HIPAA COBRA rules\n2,YMCA\n3,WACO\n"),
    Data("id,name\n1,Waco\n2,TVA\n", of="places"),
)
BAD = (
    Data("id,note\n1,Clinics in SAINT PAUL\n"),
    Data("id,note\n1,A clinic\n2,CLÍNICAS CERCANAS\n"),
    Data("id,name\n1,WACO\n", of="places"),
)


@rule(severity="warning", evidence=HEURISTIC, scope=Rows)
def cell_shouting(rows: Rows) -> Iterator[Finding]:
    found = [(cell, match[0]) for cell, match in rows.matching(_SHOUTED) if is_shouted(match[0])]
    if rows.of != "table":
        found += [(cell, match[0]) for cell, match in rows.matching(_NAME)]
    for cell, shouted in found:
        yield Finding(cell.where, f"{quoted(shouted)} is written in capitals", "Write it as people write it.")
