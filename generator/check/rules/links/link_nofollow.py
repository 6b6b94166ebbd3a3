"""A link to one of the site's own pages tells search engines not to follow it.

`rel="nofollow"` says that the site does not vouch for what it links to, which is odd to say of a page that one wants
found. Google's documentation reserves it for other sites' pages. Remove it; a page that is not to be found says
`noindex` itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document, Link, read_document
from generator.check.examples import Edit
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

GOOD = (
    Edit("With a needle.", '<a href="https://example.org/" rel="nofollow">Another site</a>'),
    Edit("With a needle.", '<a href="/404.html" rel="nofollow">A page that is not to be found</a>'),
    Edit("With a needle.", '<a href="/sign-in" rel="nofollow">Sign in</a>'),
    Edit("With a needle.", '<a href="/en-us/?order=price" rel="nofollow">By price</a>'),
    Edit("With a needle.", '<a href="/en-us/" rel="noopener follow">Kaly</a>'),
)
BAD = (
    Edit('<a href="/en-us/sciatica/">', '<a rel="nofollow" href="/en-us/sciatica/">'),
    Edit('<a href="/en-us/sciatica/">', '<a rel="noopener NOFOLLOW" href="https://www.example.com/en-us/sciatica/">'),
)


@rule(
    severity="warning",
    evidence=documented(
        "https://developers.google.com/search/docs/crawling-indexing/qualify-outbound-links", "2026-11-22"
    ),
    scope=Document,
)
def link_nofollow(document: Document) -> Iterator[Finding]:
    wrong = [link.href or "" for link in document.links if "nofollow" in link.rel and _is_to_be_found(link, document)]
    if wrong:
        what = f"the link to {quoted(wrong[0])} says nofollow{as_in_others(len(wrong))}"
        yield Finding(document.path, what, "Remove nofollow from its rel.")


def _is_to_be_found(link: Link, document: Document) -> bool:
    if link.target is None or link.target.query or not link.target.path.endswith(("/", ".html", ".htm")):
        return False
    page = read_document(document.published, link.target.path)
    return page is not None and page.is_indexable
