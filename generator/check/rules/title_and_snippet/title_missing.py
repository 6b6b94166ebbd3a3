"""The page has no title.

A search result is headed by the page's title, a browser's tab and a bookmark are named by it. Without one a search
engine makes up its own from whatever stands on the page. Give the page's kind a `title` in the topic's front matter.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.rule import documented, rule
from generator.errors import Finding

GOOD = (Edit("<title>.*?</title>", "<title>W</title>"),)
BAD = (
    Edit("<title>.*?</title>", ""),
    Edit("<title>.*?</title>", "<title> \n </title>"),
    Edit("<title>.*?</title>", "<svg><title>A drawing</title></svg>"),
)


@rule(
    severity="error",
    evidence=documented("https://developers.google.com/search/docs/appearance/title-link", "2026-11-22"),
    scope=Document,
    hints=(),
)
def title_missing(document: Document) -> Iterator[Finding]:
    if not document.title:
        what = "the title is empty" if document.titles else "the page has no title"
        yield Finding(document.path, what, "Give it words of its own: what the page is about, and where.")
