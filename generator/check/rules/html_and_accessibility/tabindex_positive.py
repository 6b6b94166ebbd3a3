"""An element pushes itself before others in the order of the keyboard.

A `tabindex` above 0 is reached before everything that has none, wherever it stands, so that the focus leaps about the
page. The HTML standard advises against it. Remove it, or write 0, and put elements into the order in which they are to
be reached.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import as_in_others
from generator.check.rule import documented, rule
from generator.errors import Finding

_POSITIVE = re.compile(r"\s*\+?0*[1-9]")
GOOD = (Edit("With a needle.", '<b tabindex="0"></b><b tabindex="-1"></b><b tabindex></b><b tabindex="one"></b>'),)
BAD = (
    Edit("With a needle.", '<a href="/en-us/" tabindex="1">Kaly</a>'),
    Edit("With a needle.", '<b tabindex=" 010"></b>'),
)


@rule(
    severity="warning",
    evidence=documented("https://html.spec.whatwg.org/multipage/interaction.html#attr-tabindex", "2026-11-22"),
    scope=Document,
)
def tabindex_positive(document: Document) -> Iterator[Finding]:
    values = (node.attributes.get("tabindex") or "" for node in document.css("[tabindex]"))
    pushed = [value.strip() for value in values if _POSITIVE.match(value)]
    if pushed:
        what = f"an element has the tabindex “{pushed[0][:20]}”{as_in_others(len(pushed))}"
        yield Finding(document.path, what, "Remove it, or write 0.")
