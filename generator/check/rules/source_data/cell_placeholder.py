"""A cell holds a word that stands for a missing value, or a slot that nobody filled in.

The page would print “None”, “-” or “[CITY]” where readers look for a fact. An empty cell is better: texts can leave
the sentence out. A place that is really called so is let through by its row, under `paths` of `checks` in
`site.yaml`; the rules `placeholder_leak` and `json_ld_empty_value` then want the same for its pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.examples import Data
from generator.check.quoting import quoted
from generator.check.rule import BUILD, rule
from generator.data_rows import Rows
from generator.errors import Finding

_SLOTS = "city|state|region|place|county|country|topic|brand|town|name"
_MISSING = re.compile(
    r"^(?:None|[Nn]ull|NULL|[Nn]a[Nn]|NAN|undefined|[Nn]/[Aa]|TB[AD]|TODO:?|FIXME:?|[Xx]{3,}|[-–—?._]+)$"
    rf"|\{{\{{|\{{%|\$\{{\w+\}}|\{{(?:{_SLOTS})\}}|(?<!\w)%s(?!\w)|\[object Object\]"
    rf"|\[(?:{_SLOTS.upper()}|INSERT\b[^\]\n]*|YOUR\b[^\]\n]*)\]|^TODO:|[Ll]orem ipsum (?=dolor)",
    re.MULTILINE,
)
GOOD = (
    Data("id,note\n1,\n2,None of these [1] {a} and 100%s\n3,Null Island\n4,Nana’s\n"),
    Data("id,clinics\n1,None\n", types={"clinics": "integer"}),
)
BAD = (
    Data("id,note\n1,None\n"),
    Data("id,note\n1,n/a\n"),
    Data("id,note\n1,A clinic\n2,-\n"),
    Data("id,note\n1,Clinics of [STATE]\n"),
    Data("id,note\n1,{{ region.name }} clinics\n"),
    Data("id,note\n1,Lorem ipsum dolor sit amet\n"),
    Data("id,name\n1,NaN\n", of="places"),
)


@rule(severity="error", evidence=BUILD, scope=Rows)
def cell_placeholder(rows: Rows) -> Iterator[Finding]:
    for cell, match in rows.matching(_MISSING):
        what = f"{quoted(match[0])} stands for a value that is missing"
        yield Finding(cell.where, what, "Fill the value in, or empty the cell.")
