"""A heading has no text.

Screen readers announce it, and say nothing; on the screen it is a gap. Mostly its text is a value that was missing.
Fill it in, or leave the heading out. A picture with a text of its own is enough.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.markup import is_shown
from generator.check.quoting import as_in_others
from generator.check.rule import documented, rule
from generator.errors import Finding

_H2 = "<h2([^>]*)>How they work</h2>"
GOOD = (
    Edit(_H2, '<h2><img src="/a.svg" alt="How they work"></h2>'),
    Edit(_H2, '<h2 aria-label="How they work"><svg></svg></h2>'),
    Edit(_H2, "<h2 hidden></h2>"),
    Edit(_H2, '<h2 aria-hidden="true"></h2>'),
)
BAD = (
    Edit(_H2, "<h2></h2>"),
    Edit(_H2, "<h2>&nbsp;</h2>"),
    Edit(_H2, '<h3><a href="#how-they-work"></a></h3>'),
    Edit(_H2, '<h2><img src="/a.svg" alt=""></h2>'),
)


@rule(
    severity="warning",
    evidence=documented("https://www.w3.org/WAI/standards-guidelines/act/rules/ffd0e9/", "2026-11-22"),
    scope=Document,
)
def heading_empty(document: Document) -> Iterator[Finding]:
    unnamed = (heading for heading in document.headings if not heading.text)
    empty = [heading for heading in unnamed if is_shown(heading.node) and not document.name(heading.node)]
    if empty:
        what = f"an h{empty[0].level} has no text{as_in_others(len(empty))}"
        yield Finding(document.path, what, "Give it words, or leave it out.")
