"""A page links to no other page of the site.

Whoever has read it can only go back, and a crawler's way ends there. Every page has at least one neighbour: the page
above it, or its home page. A missing header or footer is the usual cause.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import read_document
from generator.check.examples import Statement
from generator.check.links import Links
from generator.check.rule import HEURISTIC, rule
from generator.errors import Finding

GOOD = (
    Statement("UPDATE pages SET links = '/en-us/' WHERE kind = 'place'"),
    Statement("UPDATE pages SET links = '' WHERE kind = 'not_found'"),
    Statement("DELETE FROM pages WHERE path != '/'"),
)
BAD = (
    Statement("UPDATE pages SET links = '' WHERE path = '/en-us/sciatica/texas/waco/'"),
    Statement("UPDATE pages SET links = path || '#top' || char(10) || '/robots.txt' WHERE kind = 'region'"),
)


@rule(severity="warning", evidence=HEURISTIC, scope=Links)
def dead_end(links: Links) -> Iterator[Finding]:
    if len(links.pages) < 2:
        return
    for _, path in links.where(links.is_indexable & (links.out == 0)):
        document = read_document(links.published, path)
        if document is not None and document.sends_on:
            continue
        yield Finding(path, "it links to no other page of the site", "Link from it to the page above it.")
