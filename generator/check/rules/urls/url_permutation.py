"""Two addresses of one folder have the same words in another order.

“/back-pain-injections/” and “/injections-back-pain/” are mostly one subject that got two pages, which then stand in
each other's way. Join them, and redirect one. Places may well be called Park Forest and Forest Park, so pages that the
ledger knows as places or regions are passed over; elsewhere such a pair is a false alarm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from generator.check.examples import Statement
from generator.check.facts import Facts
from generator.check.rule import HEURISTIC, rule
from generator.errors import Finding

# A path without its last part is what is left when all letters that are no slash are cut off its end.
_BY_FOLDER = """
    SELECT rtrim(rtrim(path, '/'), replace(path, '/', '')) AS folder, path FROM pages
    WHERE state = 'live' AND kind NOT IN ('place', 'region') AND path LIKE '%-%' ORDER BY folder, path
"""
_WORDS = re.compile(r"[-_.+ ]+")
_FUNCTION_WORDS = frozenset(
    "a an and at by de del el en for from in la las los of on or para por the to with y".split()
)

_TWO = "UPDATE pages SET path = CASE kind WHEN 'topic' THEN '/en-us/{}/' ELSE '/en-us/{}/' END"
_WHERE = " WHERE path IN ('/en-us/sciatica/', '/404.html')"
_LIVE = ", state = 'live'"
GOOD = (
    Statement(_TWO.format("back-pain", "back-pain-costs") + _LIVE + _WHERE),
    Statement(_TWO.format("back-pain", "pain-back") + _WHERE),
    Statement(_TWO.format("back-pain", "other/pain-back") + _LIVE + _WHERE),
    Statement(
        "UPDATE pages SET path = iif(path LIKE '%/waco/', '/il/park-forest/', '/il/forest-park/')"
        " WHERE path IN ('/en-us/sciatica/texas/waco/', '/en-us/sciatica/texas/dallas/')"
    ),
)
BAD = (
    Statement(_TWO.format("back-pain", "pain-back") + _LIVE + _WHERE),
    Statement(_TWO.format("injections-for-back-pain", "back-pain-injections") + _LIVE + _WHERE),
)


@rule(severity="warning", evidence=HEURISTIC, scope=Facts)
def url_permutation(facts: Facts) -> Iterator[Finding]:
    for folder, rows in groupby(facts.query(_BY_FOLDER), key=lambda row: row[0]):
        seen: dict[tuple[str, ...], str] = {}
        for _, path in rows:
            slug = path.removeprefix(folder).strip("/").removesuffix(".html")
            said = tuple(sorted(word for word in _WORDS.split(slug) if word and word not in _FUNCTION_WORDS))
            first = seen.setdefault(said, path) if len(said) > 1 else path
            if first != path:
                yield Finding(path, f"its address has the same words as {first}", "Join the two, and redirect one.")
