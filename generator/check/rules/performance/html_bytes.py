"""The HTML of a page is larger than what Google reads of it.

Googlebot takes the first 2 MB of a page, before compression, and leaves the rest unread: text and links at its end do
not exist for Google. Split the page, or move what is written into it (styles, scripts, pictures, data) into files.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Statement
from generator.check.facts import Facts
from generator.check.rule import documented, rule
from generator.errors import Finding

_READ = 2_000_000
"""The smaller reading of “2MB”."""
_LARGER = "SELECT path, size FROM pages WHERE state = 'live' AND size > ? ORDER BY path"
GOOD = (
    Statement("UPDATE pages SET size = 2000000 WHERE kind = 'region'"),
    Statement("UPDATE pages SET size = 3000000, state = 'noindex' WHERE kind = 'region'"),
)
BAD = (Statement("UPDATE pages SET size = 2000001 WHERE path = '/en-us/sciatica/texas/'"),)


@rule(
    severity="error",
    evidence=documented("https://developers.google.com/search/docs/crawling-indexing/googlebot", "2026-11-22"),
    scope=Facts,
)
def html_bytes(facts: Facts) -> Iterator[Finding]:
    for path, size in facts.query(_LARGER, _READ):
        what = f"its HTML has {size:,} bytes, of which Google reads {_READ:,}"
        yield Finding(path, what, "Split the page, or move what is written into it into files.")
