"""A link has no text by which it could be called.

A screen reader says “link” and nothing else, and a search engine learns nothing of the page behind it. Most such links
hold only a picture: say in the picture's `alt`, or in the link's `aria-label`, where the link leads.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.markup import is_shown
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

GOOD = (
    Edit("With a needle.", '<a href="/en-us/"><img src="/favicon.ico" alt="Kaly" width="9" height="9"></a>'),
    Edit("With a needle.", '<a href="/en-us/" aria-label="Kaly"><span aria-hidden="true">→</span></a>'),
    Edit("With a needle.", '<a href="/en-us/" aria-labelledby="faq"></a>'),
    Edit("With a needle.", '<a href="/en-us/"><svg role="img"><title>Kaly</title></svg></a>'),
    Edit("With a needle.", '<a id="needle"></a><a href="/en-us/" tabindex="-1" aria-hidden="true"><img alt=""></a>'),
)
BAD = (
    Edit("With a needle.", '<a href="/en-us/"></a>'),
    Edit("With a needle.", '<a href="/en-us/"> <img src="/favicon.ico" alt="" width="9" height="9"> </a>'),
    Edit("With a needle.", '<a href="/en-us/"><span aria-hidden="true">→</span></a>'),
    Edit("With a needle.", '<a href="/en-us/" aria-labelledby="gone"><i class="icon"></i></a>'),
)


@rule(
    severity="warning",
    evidence=documented("https://www.w3.org/WAI/standards-guidelines/act/rules/c487ae/", "2026-11-22"),
    scope=Document,
)
def link_text_empty(document: Document) -> Iterator[Finding]:
    has_hidden = bool(document.css('a [aria-hidden="true" i]'))
    nameless = []
    for link in document.links:
        if link.href is None or (link.text and not has_hidden):
            continue
        if not document.name(link.node) and is_shown(link.node):
            nameless.append(link.href)
    if nameless:
        what = f"the link to {quoted(nameless[0])} has no text{as_in_others(len(nameless))}"
        yield Finding(document.path, what, "Name in it the page that it leads to.")
