"""The canonical address of a page leads to one that search engines cannot show.

The page asks to be replaced by another; where that one is missing, redirected, not to be indexed, or points to a third
itself, neither may be found. Name a page that is there, that may be indexed, and that names itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator.check.addresses import aim_of
from generator.check.examples import Statement
from generator.check.facts import Facts
from generator.check.quoting import quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

_NOT_ITSELF = """
    SELECT path, canonical FROM pages WHERE state = 'live' AND canonical NOT IN ('', ?1 || path) ORDER BY path
"""
_THERE = "SELECT path, state, canonical FROM pages WHERE path IN (?, ?)"
# A canonical address may well be that of a document.
_FILE = re.compile(r"\.(?!html?$)\w+$")
_FAULTS = {
    "noindex": "which is not to be indexed",
    "redirected": "which is redirected",
    "gone": "which is gone",
    "frozen": "",
    "live": "",
}

_AIM = "UPDATE pages SET canonical = 'https://www.example.com{}' WHERE path = '/en-us/sciatica/texas/waco/'"
GOOD = (
    Statement(_AIM.format("/en-us/sciatica/texas/")),
    Statement(_AIM.format("/en-us/sciatica/texas/w%61co/?a=1")),
    Statement(_AIM.format("/study.pdf")),
    Statement(_AIM.format(".other.example/en-us/nowhere/")),
    Statement(_AIM.format(":port/")),
    Statement("UPDATE pages SET canonical = 'https://www.example.com/nowhere/' WHERE path = '/404.html'"),
)
BAD = (
    Statement(_AIM.format("/en-us/sciatica/texas/wacco/")),
    Statement(_AIM.format("/404.html")),
    Statement(
        "UPDATE pages SET canonical = 'https://www.example.com/en-us/sciatica/' || iif(kind = 'place', 'texas/', '')"
        " WHERE path LIKE '/en-us/sciatica/texas/%'"
    ),
    Statement("UPDATE pages SET canonical = '/nowhere/' WHERE kind = 'topic'"),
)


@rule(
    severity="error",
    evidence=documented(
        "https://developers.google.com/search/blog/2013/04/5-common-mistakes-with-relcanonical", "2026-11-22"
    ),
    scope=Facts,
)
def canonical_target(facts: Facts) -> Iterator[Finding]:
    own = aim_of("/", f"{facts.origin}/")
    for path, canonical in facts.query(_NOT_ITSELF, facts.origin):
        aim = aim_of(canonical, facts.origin + path)
        if aim is None or own is None or aim.origin != own.origin or aim.path in {path, path.removesuffix(".html")}:
            continue
        fault = _fault(list(facts.query(_THERE, aim.path, f"{aim.path}.html")), aim.path, facts.origin)
        if fault:
            what = f"its canonical address is {quoted(canonical)}, {fault}"
            yield Finding(path, what, "Name a page that is there and names itself.")


def _fault(there: list[tuple[Any, ...]], aimed: str, origin: str) -> str:
    if not there:
        return "" if _FILE.search(aimed) else "where there is no page"
    path, state, canonical = there[0]
    if _FAULTS[state] or not canonical:
        return _FAULTS[state]
    further = aim_of(canonical, origin + path)
    is_itself = further is None or further.path in {path, path.removesuffix(".html")}
    return "" if is_itself else f"which names {quoted(canonical)} in its turn"
