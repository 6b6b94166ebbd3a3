"""A page that is not to be indexed names translations of itself.

`hreflang` says which of several pages to show to whom; a page that must not be shown is none of them, and its
translations then name a page that search engines do not know. Take the page out of its group, or let it be indexed.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import quoted
from generator.check.rule import BUILD, rule
from generator.errors import Finding

_ROBOTS = "max-image-preview:large"
GOOD = (
    Edit('<link rel="alternate" hreflang(.*?)max-image-preview:large', '<meta name="robots" content="noindex'),
    Edit(
        '<link rel="alternate" hreflang(.*?)max-image-preview:large',
        '<link rel="alternate" type="application/rss+xml" href="/feed.xml"><meta name="robots" content="none',
    ),
    Edit(_ROBOTS, "nofollow"),
)
BAD = (
    Edit(_ROBOTS, "noindex"),
    Edit(_ROBOTS, "None"),
)


@rule(severity="warning", evidence=BUILD, scope=Document)
def noindex_alternates(document: Document) -> Iterator[Finding]:
    if document.alternates and not document.is_indexable:
        codes = ", ".join(dict.fromkeys(code for code, _ in document.alternates))
        what = f"the page says noindex and names translations: {quoted(codes)}"
        yield Finding(document.path, what, "Leave them out, or let the page be indexed.")
