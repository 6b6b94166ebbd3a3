"""A page names one address for sharing and another one for search engines.

`og:url` and the canonical link both say which address of a page is the true one. Where they differ, shares of one page
are counted for another. Usually the value was copied with the page: let both be the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

GOOD = (
    Edit('<link rel="canonical" href="[^"]*"', '<link rel="canonical" href="/en-us/sciatica/texas/waco/"'),
    Edit('<meta property="og:url"[^>]*>', ""),
    Edit('<link rel="canonical"[^>]*>', ""),
)
BAD = (
    Edit('(?<=<meta property="og:url" content=")[^"]*', "https://www.example.com/en-us/sciatica/texas/"),
    Edit('(?<=<meta property="og:url" content=")[^"]*', "http://www.example.com/en-us/sciatica/texas/waco/"),
    Edit('(?<=<meta property="og:url" content=")[^"]*', "https://www.example.com/en-us/sciatica/texas/waco"),
    Edit('(?<=<meta property="og:url" content=")[^"]*', "https://www.example.com/en-us/sciatica/texas/waco/?ref=1"),
)


@rule(severity="warning", evidence=documented("https://ogp.me/", "2026-11-22"), scope=Document)
def open_graph_url(document: Document) -> Iterator[Finding]:
    shared, canonical = document.meta("og:url"), document.canonical
    if not shared or not canonical or shared == canonical:
        return
    here = document.published.local(shared, document.path)
    if here is None or here != document.published.local(canonical, document.path):
        what = f"its og:url is {quoted(shared)}, its canonical address {quoted(canonical)}"
        yield Finding(document.path, what, "Let both be the canonical address.")
