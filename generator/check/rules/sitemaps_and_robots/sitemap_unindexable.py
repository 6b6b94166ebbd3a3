"""A sitemap lists an address that search engines cannot show.

A sitemap is the list of the pages to be found. An address at which there is nothing, that is kept out of search
results, or that names another page as the one to show, sends crawlers there for nothing. Leave it out.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.addresses import is_page, is_same_address
from generator.check.examples import Edit, Statement
from generator.check.facts import Facts
from generator.check.rule import documented, rule
from generator.errors import Finding

_LISTED = """
    SELECT listed.sitemap, listed.path,
        -- A page that is held stands there as it was last built, mostly to be indexed.
        CASE WHEN pages.state = 'frozen' AND pages.is_indexable THEN 'live' ELSE pages.state END,
        pages.canonical, html.path FROM listed
    JOIN sitemaps ON sitemaps.path = listed.sitemap AND sitemaps.kind = 'urlset'
    LEFT JOIN pages ON pages.path = listed.path
    LEFT JOIN pages AS html ON html.path IN (listed.path || '.html', listed.path || '/')
    -- Most pages name themselves, letter by letter.
    WHERE listed.path IS NOT NULL AND (pages.state IS NOT 'live' OR pages.canonical NOT IN ('', ? || listed.path))
    GROUP BY listed.path ORDER BY listed.path
"""
_WHY = {
    "noindex": "search engines are told not to show it",
    "frozen": "it stays as it was last built",
    "redirected": "it is redirected",
    "gone": "it is gone",
}
_TEXAS = "/sitemaps/en-us.sciatica.us-texas.xml"
GOOD = (
    Edit("<loc>[^<]*/texas/waco/</loc>", "<loc>https://www.example.com/guide.pdf</loc>", _TEXAS),
    Statement("UPDATE pages SET canonical = '' WHERE path = '/en-us/sciatica/texas/waco/'"),
    Statement("UPDATE pages SET state = 'frozen' WHERE path = '/en-us/sciatica/texas/waco/'"),
    Statement("UPDATE pages SET state = 'noindex', canonical = 'https://www.example.com/' WHERE kind = 'not_found'"),
)
BAD = (
    Edit("/texas/waco/</loc>", "/texas/wacco/</loc>", _TEXAS),
    Edit("/texas/waco/</loc>", "/texas/waco</loc>", _TEXAS),
    Statement("UPDATE pages SET state = 'noindex' WHERE path = '/en-us/sciatica/texas/waco/'"),
    Statement("UPDATE pages SET state = 'gone' WHERE path = '/en-us/sciatica/texas/waco/'"),
    Statement(
        "UPDATE pages SET canonical = 'https://www.example.com/en-us/sciatica/texas/'"
        " WHERE path = '/en-us/sciatica/texas/waco/'"
    ),
)


@rule(
    severity="stop",
    evidence=documented(
        "https://developers.google.com/search/docs/crawling-indexing/sitemaps/build-sitemap", "2026-11-22"
    ),
    scope=Facts,
)
def sitemap_unindexable(facts: Facts) -> Iterator[Finding]:
    for sitemap, path, state, canonical, html in facts.query(_LISTED, facts.origin):
        if state is None:
            # Some hosts leave ".html" out of addresses; none answers without the slash at once.
            if not is_page(path) or html == f"{path}.html":
                continue
            why = f"the page is at {html}" if html else "there is no page"
        elif state != "live":
            why = _WHY[state]
        elif canonical and not is_same_address(canonical, path, facts.origin):
            why = f"it names {canonical} as the page to show"
        else:
            continue
        yield Finding(path, f"{sitemap} lists the address, and {why}", "Leave it out, or list the page to show.")
