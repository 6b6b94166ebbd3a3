"""The page does not say at which address it is to be known.

One page answers to many addresses: with a campaign's parameters, with another host, with or without a slash. A search
engine then chooses the one that it shows. Google does so without help where it must, and recommends that a page name
its own. Write the link element that the generator's own templates have.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.rule import HEURISTIC, rule
from generator.errors import Finding
from generator.plan.routes import NOT_FOUND

_CANONICAL = '<link rel="canonical"[^>]*>'
GOOD = (
    Edit(_CANONICAL, '<LINK HREF="https://www.example.com/en-us/sciatica/texas/waco/" REL="shortlink Canonical">'),
    Edit('<meta name="robots" content="noindex, follow">', "", "not_found"),
    Edit('<link rel="canonical"[^>]*>(.*?)max-image-preview:large', '<meta name="robots" content="noindex'),
)
BAD = (
    Edit(_CANONICAL, ""),
    Edit(_CANONICAL, '<link rel="canonical">'),
    Edit(_CANONICAL, '<link rel="canonical" href=" ">'),
    Edit(_CANONICAL, '<a rel="canonical" href="https://www.example.com/en-us/sciatica/texas/waco/"></a>'),
)


@rule(severity="error", evidence=HEURISTIC, scope=Document, hints=())
def canonical_missing(document: Document) -> Iterator[Finding]:
    if any(document.canonicals) or not document.is_indexable or document.path == NOT_FOUND:
        return
    what = "its canonical link is empty" if document.canonicals else "the page names no canonical address"
    example = f', <link rel="canonical" href="{document.url}">' if document.published.origin else ""
    yield Finding(document.path, what, f"Name the page's own whole address{example}.")
