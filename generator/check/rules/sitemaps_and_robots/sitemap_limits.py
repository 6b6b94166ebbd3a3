"""A sitemap is larger than crawlers accept.

A file may hold 50,000 addresses and be 52,428,800 bytes long before it is compressed, and an index may list 50,000
files: so says the protocol, and Google keeps to it. Crawlers may refuse a larger file as a whole. Part it.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.facts import Facts
from generator.check.rule import documented, rule
from generator.errors import Finding

_MOST_ENTRIES = 50_000
_MOST_BYTES = 52_428_800

_LARGE = "SELECT path, kind, entries, size FROM sitemaps WHERE entries > ? OR size > ? ORDER BY path"
GOOD = (
    # Five pages are listed there: with the others, 50,000.
    Edit("</url>", "</url>" + "<url/>" * 9_999, "/sitemaps/en-us.sciatica.us-texas.xml"),
)
BAD = (
    Edit("</url>", "</url>" + "<url/>" * 10_000, "/sitemaps/en-us.sciatica.us-texas.xml"),
    Edit("</sitemap>", "</sitemap>" + "<sitemap/>" * 7_143, "/sitemap.xml"),
)


@rule(severity="stop", evidence=documented("https://www.sitemaps.org/protocol.html", "2026-11-22"), scope=Facts)
def sitemap_limits(facts: Facts) -> Iterator[Finding]:
    for path, kind, entries, size in facts.query(_LARGE, _MOST_ENTRIES, _MOST_BYTES):
        if entries > _MOST_ENTRIES:
            things = "files" if kind == "sitemapindex" else "addresses"
            what = f"it lists {entries:,} {things}, and {_MOST_ENTRIES:,} are the most"
        else:
            what = f"it is {size:,} bytes long, and {_MOST_BYTES:,} are the most"
        yield Finding(path, what, "Part it into several files.")
