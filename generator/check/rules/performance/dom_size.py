"""A page is made of more than 3,000 elements.

Each of them costs memory and time whenever the browser lays the page out anew, which makes a page on an old telephone
slow to scroll and to answer. Split long lists, and remove elements that only wrap others. The number is our own:
Lighthouse called 1,400 too many as long as it named one, but a plain list of 400 cities has more and is quick.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.rule import HEURISTIC, rule
from generator.errors import Finding

_MOST = 3_000
_ITEM = '<li><a href="/en-us/"><bdi>Waco</bdi> <small>TX</small></a></li>'
GOOD = (
    Edit("<p>With a needle.</p>", f"<ul>{_ITEM * 600}</ul>"),
    Edit("With a needle.", "A needle. " * 4_000),
)
BAD = (Edit("With a needle.", "<b>A needle.</b> " * 3_000),)


@rule(severity="warning", evidence=HEURISTIC, scope=Document)
def dom_size(document: Document) -> Iterator[Finding]:
    # No element is shorter than "<b>".
    count = len(document.css("*")) if len(document.body) > _MOST * len("<b>") else 0
    if count > _MOST:
        yield Finding(document.path, f"it is made of {count:,} elements", "Split its lists, or remove wrappers.")
