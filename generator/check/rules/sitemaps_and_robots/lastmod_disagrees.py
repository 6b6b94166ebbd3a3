"""A sitemap gives another day for a page's last change than the page itself.

Google uses the day of a sitemap only where it proves to be right, and compares it with the page. A page that says
something else makes the days of all pages doubtful. Take both from one place.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.dates import are_one_day
from generator.check.examples import Edit
from generator.check.facts import Facts
from generator.check.quoting import quoted
from generator.check.rule import HEURISTIC, rule
from generator.errors import Finding

_PAIRS = """
    SELECT listed.path, sitemap, lastmod, modified FROM listed JOIN documents ON documents.path = listed.path
    WHERE lastmod != '' AND modified != '' AND lastmod != modified ORDER BY listed.path
"""
_DATED = '"dateModified":"2026-06-01"'
GOOD = (
    Edit(_DATED, '"dateModified":"2026-06-02T01:00:00+09:00"'),
    Edit(_DATED, '"dateModified":"June 2026"'),
    Edit(_DATED, '"datePublished":"2020-01-01"'),
)
BAD = (
    Edit(_DATED, '"dateModified":"2026-05-01"'),
    Edit(_DATED, '"dateModified":"2026-06-03T01:00:00+09:00"'),
    Edit("(?<=<lastmod>)2026-06-01", "2026-05-31", "/sitemaps/en-us.sciatica.us-texas.xml"),
)


@rule(severity="warning", evidence=HEURISTIC, scope=Facts)
def lastmod_disagrees(facts: Facts) -> Iterator[Finding]:
    for path, sitemap, lastmod, modified in facts.query(_PAIRS):
        if not are_one_day(lastmod, modified):
            what = f"the page was last changed on {quoted(modified)}, and {sitemap} says {quoted(lastmod)}"
            yield Finding(path, what, "Take both days from one place.")
