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
from generator.check.wording import SLOTS
from generator.errors import Finding
from generator.load.rows import Rows

_SLOTS = f"{SLOTS}|name|phone|address|date"
_MISSING = re.compile(
    r"^(?:None|NONE|\(?none\)|[Nn]ull|NULL|[Nn]a[Nn]|NAN|undefined|(?i:n/a|n\.a\.?|tb[acd]|todo:?|fixme:?|x{3,}))$"
    r"|^[-–—?._…\s]+$"
    # The first characters of what may stand anywhere, which halves the time.
    rf"|(?=[{{$\[%])(?:\{{\{{|\{{%|\$\{{\w+\}}|(?i:\{{(?:{_SLOTS})\}}|\[(?:{_SLOTS})\]|%(?:{_SLOTS})%)"
    r"|(?<!\w)(?<!\d )%s(?!\w)|\[object Object\]|\[(?:INSERT|YOUR)\b[^\]\n]*\])"
    r"|^TODO:|[Ll]orem ipsum (?=dolor)|^https?://(?:None|null|undefined)\b",
    re.MULTILINE,
)
GOOD = (
    Data("id,note\n1,\n2,None of these [1] {a} and 50 %s\n3,Null Island\n4,Nana’s\n5,none\n6,A/C\n"),
    Data("id,clinics\n1,None\n", types={"clinics": "integer"}),
)
BAD = (
    Data("id,note\n1,None\n"),
    Data("id,note\n1,n/a\n"),
    Data("id,note\n1,N.A.\n"),
    Data("id,note\n1,tbd\n"),
    Data("id,note\n1,Call NONE\n2,NONE\n"),
    Data("id,note\n1,Call [Phone]\n"),
    Data("id,site\n1,https://None/clinic\n", types={"site": "url"}),
    Data("id,note\n1,A clinic\n2,-\n"),
    Data("id,note\n1,Clinics of [STATE]\n"),
    Data("id,note\n1,{{ region.name }} clinics\n"),
    Data("id,note\n1,Lorem ipsum dolor sit amet\n"),
    Data("id,name\n1,NaN\n", of="places"),
)


@rule(severity="error", evidence=BUILD, scope=Rows)
def cell_placeholder(rows: Rows) -> Iterator[Finding]:
    for cell, match in rows.matching(_MISSING, "text", "url"):
        what = f"{quoted(match[0])} stands for a value that is missing"
        yield Finding(cell.where, what, "Fill the value in, or empty the cell.")
