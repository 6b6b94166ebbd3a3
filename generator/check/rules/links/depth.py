"""A page is more than three links away from the home page.

The farther away a page, the fewer readers ever reach it, and the longer crawlers take to find it on a large site. Link
to it from a page nearer to the home page. Three is a number of our own, common among tools that look at sites: no
search engine has named one. A first page that only offers languages counts as no step.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import read_document
from generator.check.examples import Statement
from generator.check.links import FAR, Links
from generator.check.rule import HEURISTIC, rule
from generator.errors import Finding

_FARTHEST = 3
_ONLY_FROM_TEMPLE = """
    UPDATE pages SET links = replace(links, '/en-us/sciatica/texas/waco/', '')
    WHERE path != '/en-us/sciatica/texas/temple/'
"""
GOOD = (
    Statement("UPDATE pages SET links = links || char(10) || '/robots.txt' WHERE path = '/'"),
    Statement("UPDATE pages SET links = replace(links, '/en-us/sciatica/texas/waco/', '')"),
)
BAD = (
    Statement(_ONLY_FROM_TEMPLE),
    Statement("UPDATE pages SET links = links || char(10) || '/en-us/sciatica/louisiana/' WHERE path = '/'"),
)


@rule(severity="warning", evidence=HEURISTIC, scope=Links)
def depth(links: Links) -> Iterator[Finding]:
    steps = 1 if _only_offers_languages(links) else 0
    for index, path in links.where(links.is_indexable & (links.depth > _FARTHEST + steps) & (links.depth < FAR)):
        away = int(links.depth[index]) - steps
        yield Finding(path, f"it is {away} links away from the home page", "Link to it from a page nearer to that.")


def _only_offers_languages(links: Links) -> bool:
    document = read_document(links.published, "/") if links.home is not None else None
    if document is None:
        return False
    translations = (links.published.local(href) for _, href in document.alternates)
    homes = {address.path for address in translations if address}
    linked = {links.pages[index] for index in links.targets[links.sources == links.home]}
    return bool(linked) and linked <= homes
