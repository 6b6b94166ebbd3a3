"""The page's address has capitals, underscores, spaces, accents or escapes.

Such an address is hard to say and to type, and it is easily written in two ways that a server takes for two pages.
Google recommends hyphens between words and says that capitals count. Write small letters without accents, digits and
hyphens. Letters of other alphabets are fine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.examples import Statement
from generator.check.facts import Facts
from generator.check.quoting import quoted
from generator.check.rule import HEURISTIC, rule
from generator.errors import Finding

_PATHS = "SELECT path FROM pages WHERE state = 'live' AND path GLOB '*[^-a-z0-9/.]*' ORDER BY path"
_FAULTS = (
    (re.compile(r"_"), "underscores"),
    (re.compile(r"%"), "percent signs"),
    (re.compile(r"[\s\x00-\x20\x7f-\xa0\u2000-\u200b\u2028-\u202f\u3000]"), "spaces"),
    # Latin letters with marks have a plain form; joiners belong to some alphabets, other signs to none.
    (re.compile(r"[\xa1-\u02af\u0300-\u036f\u1e00-\u1eff]"), "accents or special letters"),
    (re.compile(r"[\"<>\\^`{|}\u200e\u200f\u2010-\u2027\u2030-\u2bff\ufffd]"), "signs that have no place there"),
)

_PLACE = "UPDATE pages SET path = '/en-us/sciatica/texas/{}/' WHERE path = '/en-us/sciatica/texas/waco/'"
GOOD = (
    Statement(_PLACE.format("st-louis-2nd.v1")),
    Statement(_PLACE.format("далас")),
    Statement(_PLACE.format("ダラス")),
    Statement("UPDATE pages SET path = '/Old_Page/', state = 'gone' WHERE path = '/en-us/sciatica/texas/waco/'"),
)
BAD = (
    Statement(_PLACE.format("Waco")),
    Statement(_PLACE.format("el_paso")),
    Statement(_PLACE.format("el paso")),
    Statement(_PLACE.format("cañon-city")),
    Statement(_PLACE.format("can%CC%83on")),
    Statement(_PLACE.format("o’fallon")),
    Statement(_PLACE.format("Даллас")),
)


@rule(severity="error", evidence=HEURISTIC, scope=Facts)
def url_characters(facts: Facts) -> Iterator[Finding]:
    for (path,) in facts.query(_PATHS):
        faults = [name for pattern, name in _FAULTS if pattern.search(path)]
        if path != path.lower():
            faults.insert(0, "capitals")
        if faults:
            what = f"the address {quoted(path)} has {' and '.join(faults)}"
            yield Finding(path, what, "Write it in small plain letters, with hyphens, and redirect this one.")
