"""A cell has a space where none belongs, or two.

“St.  Paul” and “Waco , TX” look like a mistake wherever the cell is shown, and a name that is written in two ways is
two names to whoever searches for it. Take the space out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.examples import Data
from generator.check.quoting import quoted
from generator.check.rule import BUILD, rule
from generator.errors import Finding
from generator.load.rows import Rows

_SPACES = re.compile(
    # The first characters of all that follow, which takes a fourth of the time.
    r"(?=[ \xa0,])(?:(?<=\S)[ \xa0]{2,}(?=\S)|(?<=\w) ,(?=\s|$)|^,|(?<=\() |(?<=\S) (?=\)))",
    re.MULTILINE,
)
GOOD = (Data("id,note\n1,A clinic (new)\n2,3 : 1\n3,Une clinique : ouverte\n"),)
BAD = (
    Data("id,note\n1,St.  Paul\n"),
    Data('id,note\n1,A clinic\n2,"Waco , TX"\n'),
    Data("id,note\n1,A clinic ( new)\n"),
)


@rule(severity="warning", evidence=BUILD, scope=Rows)
def cell_spacing(rows: Rows) -> Iterator[Finding]:
    for cell, _ in rows.matching(_SPACES):
        shown = quoted(cell.text.replace("  ", " ␣"))
        yield Finding(cell.where, f"there is a space too many: {shown}", "Take it out.")
