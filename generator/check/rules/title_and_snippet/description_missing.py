"""The page has no description.

Google makes the text under a result from the page itself, and sometimes takes the description where that says
better what the page is about. Without one there is nothing to take, and other sites that show a preview have
nothing either. Give the page's kind a `description` in the topic's front matter.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.rule import documented, rule
from generator.errors import Finding
from generator.plan.routes import NOT_FOUND

_DESCRIPTION = '<meta name="description"[^>]*>'
GOOD = (
    Edit(_DESCRIPTION, '<META NAME="Description" CONTENT="Short.">'),
    Edit('<meta name="description"(.*?)max-image-preview:large', '<meta name="robots" content="noindex'),
    Edit('<meta name="robots" content="noindex, follow">', "", "not_found"),
)
BAD = (
    Edit(_DESCRIPTION, ""),
    Edit(_DESCRIPTION, '<meta name="description" content=" ">'),
    Edit(_DESCRIPTION, '<meta name="description">'),
)


@rule(
    severity="warning",
    evidence=documented("https://developers.google.com/search/docs/appearance/snippet", "2026-11-22"),
    scope=Document,
)
def description_missing(document: Document) -> Iterator[Finding]:
    if document.description or document.sends_on or not document.is_indexable or document.path == NOT_FOUND:
        return
    is_there = any(name == "description" for name, _ in document.metas)
    what = "the description is empty" if is_there else "the page has no description"
    yield Finding(document.path, what, "Say in a sentence or two what the reader finds here.")
