"""A sitemap is missing or cannot be read.

Crawlers that follow robots.txt or an index to it learn nothing of its pages. The cause is a file that was not
published, a letter such as & that must be written as &amp; or a page of HTML in its place.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.facts import Facts
from generator.check.rule import documented, rule
from generator.errors import Finding

# Feeds are sitemaps, too; compressed files and plain lists are not looked into here.
_BROKEN = """
    SELECT path, fault FROM sitemaps
    WHERE fault != '' AND kind NOT IN ('rss', 'feed', 'RDF')
        AND (size = 0 OR NOT (path LIKE '%.gz' OR path LIKE '%.txt'))
    ORDER BY path
"""
_FILE = "/sitemaps/site.xml"
GOOD = (
    Edit(r"\A.*\Z", '<rss version="2.0"><channel></channel></rss>', _FILE),
    Edit("<urlset", "<!-- the pages --><urlset", _FILE),
    Edit("https://www.example.com/</loc>", "https://www.example.com/?a=1&amp;b=2</loc>", _FILE),
)
BAD = (
    Edit("https://www.example.com/</loc>", "https://www.example.com/?a=1&b=2</loc>", _FILE),
    Edit("/sitemaps/site.xml", "/sitemaps/sites.xml", "/sitemap.xml"),
    Edit(r"\A.*\Z", "<!doctype html><title>Not found</title>", _FILE),
    Edit(r"\A.*\Z", "<html><body>Not found</body></html>", _FILE),
    Edit(r"\A.*\Z", "", "/sitemap.xml"),
)


@rule(severity="stop", evidence=documented("https://www.sitemaps.org/protocol.html", "2026-11-22"), scope=Facts)
def sitemap_broken(facts: Facts) -> Iterator[Finding]:
    for path, fault in facts.query(_BROKEN):
        yield Finding(path, f"the sitemap cannot be read: {fault}", "Publish the file, or do not name it.")
