"""In its own text a page links to itself.

The reader clicks and nothing happens, or the page jumps to its top. Such a link often comes from a list that forgot to
leave out the page on which it stands. Remove the link, or let it name the section that is meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.addresses import Address
from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import HEURISTIC, rule
from generator.errors import Finding

GOOD = (
    Edit("With a needle.", '<a href="#faq">Questions</a> <a href="#">Up</a> <a href="?sort=name">By name</a>'),
    Edit("With a needle.", '<a href="/en-us/sciatica/texas/waco/#faq">Questions</a>'),
    Edit("With a needle.", '<a href="/en-us/sciatica/texas/waco/" aria-current="page">Waco</a>'),
    Edit("With a needle.", '<a href="/en-us/sciatica/texas/waco/" hreflang="en-US">English</a>'),
    Edit('<li aria-current="page">Waco', '<li><a href="/en-us/sciatica/texas/waco/">Waco</a>'),
)
BAD = (
    Edit("With a needle.", '<a href="/en-us/sciatica/texas/waco/">Waco</a>'),
    Edit("With a needle.", '<a href="https://www.example.com/en-us/sciatica/texas/waco/">Waco</a>'),
    Edit("With a needle.", '<a href="">Waco</a>'),
)


@rule(severity="info", evidence=HEURISTIC, scope=Document)
def link_self(document: Document) -> Iterator[Finding]:
    own = [
        link.text
        for link in document.links
        if link.target == Address(document.path)
        and link.href is not None
        and not link.href.strip().startswith("#")
        and link.is_in_main
        and not link.node.attributes.keys() & {"aria-current", "hreflang"}
    ]
    if own:
        what = f"the link {quoted(own[0])} leads to the page on which it stands{as_in_others(len(own))}"
        yield Finding(document.path, what, "Remove the link, or let it name a section of the page.")
