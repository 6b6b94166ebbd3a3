"""A part of the page's address is missing: “//”, “/none/”, “/nan/”.

The address was put together from values of which one was empty. It looks broken, and as soon as the value is there the
page moves. Fill in the value. A place that really has such a name, as Nan in Thailand, may keep its address where the
page's heading names it; the town None in Italy needs a decision in `site.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.examples import Statement
from generator.check.facts import Facts
from generator.check.quoting import quoted
from generator.check.rule import BUILD, rule
from generator.errors import Finding

_SUSPECTS = """
    SELECT path, h1 FROM standing WHERE (path LIKE '%//%' OR path LIKE '%/n%' OR path LIKE '%/undefined%') ORDER BY path
"""
_HOLE = re.compile(r"/(?=/)|/(?:none|null|nan|undefined)(?=/|\.html?$|$)", re.IGNORECASE)
# What is no number is written "nan" or "NaN", and a name with one capital.
_NAN = re.compile(r"\bNan\b")

_PLACE = "UPDATE pages SET path = '/en-us/sciatica/{}', h1 = 'Injections in {}' WHERE path LIKE '/en-us/%/waco/'"
GOOD = (
    Statement(_PLACE.format("thailand/nan/", "Nan, Thailand")),
    Statement(_PLACE.format("canada/nanaimo/", "Nanaimo")),
    Statement(_PLACE.format("italy/none-torinese/", "None Torinese")),
    Statement("UPDATE pages SET path = '/en-us//old/', state = 'gone' WHERE path LIKE '/en-us/%/waco/'"),
)
BAD = (
    Statement(_PLACE.format("/waco/", "Waco")),
    Statement(_PLACE.format("none/waco/", "Waco")),
    Statement(_PLACE.format("texas/NaN/", "NaN")),
    Statement(_PLACE.format("texas/nan/", "nan")),
    Statement(_PLACE.format("texas/null", "")),
    Statement(_PLACE.format("texas/undefined.html", "undefined")),
)


@rule(severity="stop", evidence=BUILD, scope=Facts)
def url_empty_segment(facts: Facts) -> Iterator[Finding]:
    for path, h1 in facts.query(_SUSPECTS):
        match = _HOLE.search(path)
        if match and not (match[0].lower() == "/nan" and _NAN.search(h1)):
            what = f"a value is missing in the address {quoted(path)}, at “{match[0]}/”"
            yield Finding(path, what, "Fill in the value from which the address is made.")
