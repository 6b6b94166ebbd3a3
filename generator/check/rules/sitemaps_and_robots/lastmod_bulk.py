"""Sitemaps give one and the same day for nearly all pages, and the pages did not change on that day.

Google uses the day of the last change only where it proves to be right; a build that stamps every page with its own
day makes the days worthless. A first build, which really makes all pages on one day, is in order: the sitemaps are
compared with what the ledger or the pages themselves say. Looked for are 95 % of at least 20 pages; the figures are
ours.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit, Statement
from generator.check.facts import Facts
from generator.check.rule import documented, rule
from generator.errors import Finding

_FEWEST = 20
_SHARE = 0.95

_DAYS = """
    SELECT substr(lastmod, 1, 10) AS stamp, count(*),
        sum(coalesce(content_changed, nullif(substr(modified, 1, 10), '')) = substr(lastmod, 1, 10)),
        count(coalesce(content_changed, nullif(substr(modified, 1, 10), '')))
    FROM listed LEFT JOIN pages ON pages.path = listed.path LEFT JOIN documents ON documents.path = listed.path
    WHERE lastmod != '' AND listed.path IS NOT NULL GROUP BY stamp ORDER BY count(*) DESC, stamp LIMIT 1
"""
_STAMPED = "SELECT count(*) FROM listed WHERE lastmod != '' AND path IS NOT NULL"
_APART = "UPDATE pages SET content_changed = date('2026-05-01', '-' || length(path) || ' days')"
GOOD = (
    Statement("UPDATE pages SET content_changed = NULL"),
    Statement(f"{_APART} WHERE path = '/en-us/'"),
    Edit("<lastmod>2026-06-01</lastmod>", "<lastmod>2026-05-30</lastmod>", "/sitemaps/en-us.xml"),
)
BAD = (Statement(_APART), Statement(f"{_APART} WHERE kind = 'place'"))


@rule(
    severity="error",
    evidence=documented(
        "https://developers.google.com/search/docs/crawling-indexing/sitemaps/build-sitemap", "2026-11-22"
    ),
    scope=Facts,
)
def lastmod_bulk(facts: Facts) -> Iterator[Finding]:
    ((stamped,),) = facts.query(_STAMPED)
    for day, count, changed, known in facts.query(_DAYS):
        if stamped >= _FEWEST and count >= _SHARE * stamped and known and changed < _SHARE * known:
            what = f"{count:,} of {stamped:,} pages are dated {day}, and {known - changed:,} did not change on that day"
            yield Finding("/sitemap.xml", what, "Give each page the day on which its content last changed.")
