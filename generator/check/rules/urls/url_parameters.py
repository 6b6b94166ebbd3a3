"""A canonical address or a link within the site has parameters, as “?page=2”.

On a site of plain files the page is the same whatever stands behind the question mark, so each such link makes one more
address for it. Google recommends to leave parameters out that change nothing. Link to the address alone. Codes that
count visitors have a rule of their own, link_tracking.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

_TRACKING = re.compile(r"(?:^|&)(?:utm_\w+|gclid|fbclid|msclkid)=", re.IGNORECASE)
# Files that are loaded or downloaded carry a version there.
_FILE = re.compile(r"\.(?!html?$|php$|aspx?$|jsp$)\w{1,5}$")

_LINK = '<a href="https://www.geonames.org/">'
GOOD = (
    Edit(_LINK, '<a href="https://www.geonames.org/search?q=waco">'),
    Edit(_LINK, '<a href="/prices.pdf?v=3">'),
    Edit(_LINK, '<a href="mailto:me@www.example.com?subject=Waco">'),
    Edit(_LINK, '<a href="#what?why=not">'),
    Edit(_LINK, '<a href="/en-us/?" rel="nofollow">'),
)
BAD = (
    Edit(_LINK, '<a href="/en-us/?page=2">'),
    Edit(_LINK, '<a href="?sort=asc#list">'),
    Edit(_LINK, '<a href="https://www.example.com/en-us/sciatica/?a=1&amp;b=2">'),
    Edit('rel="canonical" href="[^"]*', 'rel="canonical" href="https://www.example.com/en-us/sciatica/texas/waco/?a=1'),
)


@rule(
    severity="warning",
    evidence=documented("https://developers.google.com/search/docs/crawling-indexing/url-structure", "2026-11-22"),
    scope=Document,
)
def url_parameters(document: Document) -> Iterator[Finding]:
    if "?" in document.canonical.partition("#")[0]:
        what = f"the canonical address has parameters: {quoted(document.canonical)}"
        yield Finding(document.path, what, "Name the address without them.")
    linked = [
        link.href.strip()
        for link in document.queried
        if link.href and link.target and _matters(link.target.path, link.target.query)
    ]
    if linked:
        what = f"a link has parameters: {quoted(linked[0])}{as_in_others(len(linked))}"
        yield Finding(document.path, what, "Link to the address without them.")


def _matters(path: str, query: str) -> bool:
    return not _FILE.search(path) and not _TRACKING.search(query)
