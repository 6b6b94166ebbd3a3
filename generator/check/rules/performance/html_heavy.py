"""The HTML of a page is larger than 150 kB.

All of it has to arrive and be laid out before the page is whole, which takes seconds on a slow telephone. Look for
styles, scripts, pictures or data that are written into the page, and for lists that could be split. The number is our
own and counts bytes before compression; a list of 400 cities with links takes about 85 kB. What is larger than Google
reads is found as `html_bytes`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Statement
from generator.check.facts import Facts
from generator.check.rule import HEURISTIC, rule
from generator.errors import Finding

_MOST = 150_000
_READ_BY_GOOGLE = 2_000_000
_HEAVY = """
    SELECT path, size FROM standing
    WHERE size > ? AND (size <= ? OR state != 'live') ORDER BY path
"""
GOOD = (
    Statement("UPDATE pages SET size = 150000 WHERE kind = 'region'"),
    Statement("UPDATE pages SET size = 2000001 WHERE kind = 'region'"),
    Statement("UPDATE pages SET size = 200000, state = 'gone' WHERE kind = 'region'"),
)
BAD = (
    Statement("UPDATE pages SET size = 150001 WHERE path = '/en-us/sciatica/texas/'"),
    Statement("UPDATE pages SET size = 3000000, state = 'noindex' WHERE path = '/en-us/sciatica/texas/'"),
)


@rule(severity="warning", evidence=HEURISTIC, scope=Facts)
def html_heavy(facts: Facts) -> Iterator[Finding]:
    for path, size in facts.query(_HEAVY, _MOST, _READ_BY_GOOGLE):
        what = f"its HTML has {size // 1_000:,} kB"
        yield Finding(path, what, "Move styles, scripts and data into files, or split its lists.")
