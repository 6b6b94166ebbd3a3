"""The page has more than one description.

HTML allows one. Which of two a search engine reads is not said anywhere, so the better one may be lost. The second
one mostly comes from a template and a part of it that both write one: remove either.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

GOOD = (
    Edit("</title>", '</title><meta property="description" content="For somebody else.">'),
    Edit("</title>", '</title><meta name="dcterms.description" content="How they work in Waco.">'),
)
BAD = (
    Edit("</title>", '</title><meta name="description" content="Another.">'),
    Edit("</title>", '</title><meta name="DESCRIPTION" content="How they work in Waco.">'),
)


@rule(
    severity="warning",
    evidence=documented("https://html.spec.whatwg.org/multipage/semantics.html#standard-metadata-names", "2026-11-22"),
    scope=Document,
)
def description_multiple(document: Document) -> Iterator[Finding]:
    if sum(name == "description" for name, _ in document.metas) < 2:
        return
    said = [node.attributes.get("content") or "" for node in document.css('meta[name="description" i]')]
    if len(said) > 1:
        what = f"the page has {len(said):,} descriptions, {quoted(said[0])} and {quoted(said[1])}"
        yield Finding(document.path, what, "Keep one of them.")
