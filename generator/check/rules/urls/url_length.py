"""The page's address is very long.

Long addresses are cut off where people share them, and say little at their end. A path of more than 200 characters is
what audit tools complain of, a house number with no search engine behind it; the sitemap protocol wants fewer than
2,048 characters for the whole address. Shorten the slug of the topic, the region or the place.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Statement
from generator.check.facts import Facts
from generator.check.rule import HEURISTIC, rule
from generator.errors import Finding

_PATH = 200
_WHOLE = 2_048  # https://www.sitemaps.org/protocol.html, "loc"
_LONG = "SELECT path, length(path) FROM pages WHERE state = 'live' AND length(path) > ? ORDER BY path"

_PLACE = "UPDATE pages SET path = '/' || hex(zeroblob({})) || '/' WHERE path LIKE '/en-us/%/waco/'"
GOOD = (
    Statement(_PLACE.format(99)),
    Statement("UPDATE pages SET path = hex(zeroblob(1000)), state = 'gone' WHERE path LIKE '/en-us/%/waco/'"),
)
BAD = (
    Statement(_PLACE.format(100)),
    Statement(_PLACE.format(1_024)),
)


@rule(severity="warning", evidence=HEURISTIC, scope=Facts)
def url_length(facts: Facts) -> Iterator[Finding]:
    for path, length in facts.query(_LONG, _PATH):
        limit = "more than a sitemap may hold" if len(facts.origin) + length >= _WHOLE else f"more than {_PATH}"
        what = f"the path of the address has {length:,} characters, {limit}"
        yield Finding(path, what, "Give it a shorter slug, and redirect this one.")
