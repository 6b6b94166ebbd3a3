"""A sitemap has the tags priority or changefreq, which Google does not read.

They do no harm and have no effect there; they only make the files longer and promise an influence that nobody has.
Leave them out, and keep the date of the last change, which is read.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.facts import Facts
from generator.check.rule import documented, rule
from generator.errors import Finding

_TAGGED = "SELECT sitemap, max(others), count(*) FROM listed WHERE others != '' GROUP BY sitemap ORDER BY sitemap"
_FILE = "/sitemaps/en-us.xml"
GOOD = (
    Edit("</loc>", "</loc><!-- <priority>1.0</priority> -->", _FILE),
    Edit("<lastmod>2026-06-01</lastmod>", "", _FILE),
)
BAD = (
    Edit("</loc>", "</loc><priority>0.8</priority>", _FILE),
    Edit("</loc>", "</loc><changefreq>daily</changefreq>", _FILE),
)


@rule(
    severity="info",
    evidence=documented(
        "https://developers.google.com/search/docs/crawling-indexing/sitemaps/build-sitemap", "2026-11-22"
    ),
    scope=Facts,
)
def sitemap_ignored_tags(facts: Facts) -> Iterator[Finding]:
    for sitemap, tags, count in facts.query(_TAGGED):
        addresses = "one address" if count == 1 else f"{count:,} addresses"
        yield Finding(sitemap, f"{addresses} have the tag {tags}, which Google ignores", "Leave it out.")
