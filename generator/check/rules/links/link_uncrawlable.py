"""A link has no address, and works only where a script runs.

Search engines follow the `href` of `a` elements; Google says that it can follow no other link. Readers cannot open such
a link in a new tab or send it to somebody either. Give it an address, or make it a button if it leads nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

_USES = ("onclick", "data-href", "routerlink", "ng-click", "@click")
"""What a script reads in place of an address."""
GOOD = (
    Edit("With a needle.", '<a id="needle"></a>With a needle. <a href="#">Up</a> <a aria-current="page">Waco</a>'),
    Edit('<a href="/en-us/sciatica/">', '<a href="/en-us/sciatica/" onclick="count()">'),
    Edit("With a needle.", '<a href="#faq" onclick="scroll()" role="button">With a needle.</a>'),
    Edit("With a needle.", '<a href="https://example.org/javascript:void">With a needle.</a>'),
)
BAD = (
    Edit('<a href="/en-us/sciatica/">', "<a onclick=\"location='/en-us/sciatica/'\">"),
    Edit('<a href="/en-us/sciatica/">', '<a routerLink="/en-us/sciatica/">'),
    Edit('<a href="/en-us/sciatica/">', '<a role="link" tabindex="0">'),
    Edit('<a href="/en-us/sciatica/">', '<a href=" JavaScript:void(0)">'),
    Edit('<a href="/en-us/sciatica/">', '<a href="#" onclick="open()">'),
)


@rule(
    severity="error",
    evidence=documented("https://developers.google.com/search/docs/crawling-indexing/links-crawlable", "2026-11-22"),
    scope=Document,
    hints=("script:", "#"),
)
def link_uncrawlable(document: Document) -> Iterator[Finding]:
    wrong = []
    for link in document.links:
        href = None if link.href is None else link.href.strip().lower()
        if href is None:
            said = link.node.attributes
            if any(use in said for use in _USES) or (said.get("role") or "").lower() in {"link", "button"}:
                wrong.append((link.text, "has no address"))
        elif href.startswith("javascript:"):
            wrong.append((link.text, f"leads to {quoted(link.href or '')}"))
        elif href == "#" and "onclick" in link.node.attributes:
            wrong.append((link.text, "leads to “#” and does the rest by script"))
    if wrong:
        text, why = wrong[0]
        what = f"the link {quoted(text)} {why}{as_in_others(len(wrong))}"
        yield Finding(document.path, what, "Put the address into its href, or make it a button.")
