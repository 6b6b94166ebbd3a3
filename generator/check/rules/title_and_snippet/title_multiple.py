"""The page has more than one title.

HTML allows one title. Browsers take the first one, and nobody says which one a search engine takes. The second one
mostly comes from a template and a part of it that both write one: remove either.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

GOOD = (
    Edit("<p>With a needle.</p>", "<p><svg role=img><title>A needle</title></svg></p>"),
    Edit("<p>With a needle.</p>", "<p>&lt;title&gt;Two&lt;/title&gt;</p><!-- <title>Two</title> -->"),
)
BAD = (
    Edit("</title>", "</title><title>Another</title>"),
    Edit("<p>With a needle.</p>", "<title>Another</title>"),
)


@rule(
    severity="warning",
    evidence=documented("https://html.spec.whatwg.org/multipage/semantics.html#the-title-element", "2026-11-22"),
    scope=Document,
)
def title_multiple(document: Document) -> Iterator[Finding]:
    first, *others = document.titles or ("",)
    if others:
        what = f"the page has {len(document.titles):,} titles, {quoted(first)} and {quoted(others[0])}"
        yield Finding(document.path, what, "Keep one of them.")
