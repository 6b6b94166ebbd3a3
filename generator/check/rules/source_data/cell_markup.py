"""A cell holds markup, of which readers would see the signs.

Cells are shown as text, so “&lt;b&gt;”, “&amp;amp;” and “**” stand on the page as they are. Take the signs out, and let
the article or the template say what is bold and what is a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.examples import Data
from generator.check.quoting import quoted
from generator.check.rule import BUILD, rule
from generator.check.wording import MARKS, TAG_IN_DATA
from generator.errors import Finding
from generator.load.rows import Rows

_MARKUP = re.compile(f"{TAG_IN_DATA.pattern}|{MARKS}", re.MULTILINE)
GOOD = (Data("id,note\n1,R&D at AT&T\n2,x < y > z\n3,5 * 3 ** 2\n4,if a<b and c>d\n5,<5 miles\n"),)
BAD = (
    Data("id,note\n1,<script>alert(1)</script>\n"),
    Data("id,note\n1,A clinic<BR>in Waco\n"),
    Data("id,note\n1,A clinic <!-- new -->\n"),
    Data("id,note\n1,A <b>good</b> clinic\n"),
    Data("id,note\n1,A clinic\n2,Smith &amp; Sons\n"),
    Data("id,note\n1,A **good** clinic\n"),
    Data("id,note\n1,[A clinic](https://www.example.com/)\n"),
)


@rule(severity="error", evidence=BUILD, scope=Rows)
def cell_markup(rows: Rows) -> Iterator[Finding]:
    for cell, match in rows.matching(_MARKUP, "text", "url"):
        what = f"{quoted(match[0])} stands in the cell, and readers would see it: {quoted(cell.text)}"
        yield Finding(cell.where, what, "Take the markup out.")
