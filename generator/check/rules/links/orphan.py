"""No page that search engines may show links to this one.

Crawlers find pages by links, and readers do, too; a sitemap alone says that a page exists, not that it matters. Every
page of a place is linked by its region, so an orphan means that a hub is missing or that a template dropped its list.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Statement
from generator.check.links import Links
from generator.check.rule import documented, rule
from generator.errors import Finding

GOOD = (Statement("UPDATE pages SET links = '' WHERE kind = 'not_found'"),)
BAD = (
    Statement("UPDATE pages SET links = replace(links, '/en-us/sciatica/texas/waco/', '')"),
    Statement("UPDATE pages SET links = '' WHERE path != '/'"),
)


@rule(
    severity="error",
    evidence=documented("https://developers.google.com/search/docs/crawling-indexing/links-crawlable", "2026-11-22"),
    scope=Links,
)
def orphan(links: Links) -> Iterator[Finding]:
    for index, path in links.where(links.is_indexable & (links.into == 0)):
        if index != links.home:
            yield Finding(path, "no page links here", "Link to it from its region or its topic.")
