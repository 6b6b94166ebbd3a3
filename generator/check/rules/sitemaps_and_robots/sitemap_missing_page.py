"""A page that search engines may show is in no sitemap.

A sitemap tells crawlers which pages there are. One that leaves pages out makes them wait until a link is found, and
makes the numbers wrong that search consoles show for each sitemap.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.facts import Facts
from generator.check.rule import BUILD, rule
from generator.errors import Finding

_MISSING = """
    SELECT path FROM pages
    WHERE state = 'live' AND path NOT IN (SELECT path FROM listed WHERE path IS NOT NULL) ORDER BY path
"""
GOOD = (Edit("<lastmod>.*?</lastmod>", "", "/sitemaps/en-us.xml"),)
BAD = (
    Edit(r"<url>\s*<loc>[^<]*/en-us/</loc>.*?</url>", "", "/sitemaps/en-us.xml"),
    Edit(r"<sitemap>\s*<loc>[^<]*/sitemaps/en-us.xml</loc>.*?</sitemap>", "", "/sitemap.xml"),
)


@rule(severity="stop", evidence=BUILD, scope=Facts)
def sitemap_missing_page(facts: Facts) -> Iterator[Finding]:
    if not list(facts.query("SELECT 1 FROM sitemaps LIMIT 1")):
        # Where no page may be indexed there is nothing to list.
        if not list(facts.query("SELECT 1 FROM pages WHERE state = 'live' LIMIT 1")):
            return
        yield Finding("/sitemap.xml", "the site has no sitemap", "List its pages in one, and name it in robots.txt.")
        return
    for (path,) in facts.query(_MISSING):
        yield Finding(path, "the page is in no sitemap", "List it, or say that search engines are not to show it.")
