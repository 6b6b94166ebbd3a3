"""A heading is more than one level below the one before it.

Headings are an outline. A step from h2 to h4 makes people who listen to the page look for the part in between, and the
Web Accessibility Initiative asks to avoid it. Use the next level, and style it as you like. Navigation, footer and
notes may have fixed levels and are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

_H3 = '<h3 class="question"(.*?)</h3>'
GOOD = (
    Edit("<footer(.*?)<ul>", "<footer><h5>About us</h5><ul>"),
    Edit(_H3, "<h3>Pain</h3><h4>Sharp</h4><h5>At night</h5><h2>Costs</h2>"),
    Edit("<h2([^>]*)>On this page</h2>", "<h4>On this page</h4>"),
    Edit("<h1>", "<h2>News</h2><h1>"),
)
BAD = (
    Edit(_H3, "<h4>Does it hurt?</h4>"),
    Edit("</h1>", "</h1><h3>At once below</h3>"),
)


@rule(
    severity="warning",
    evidence=documented("https://www.w3.org/WAI/tutorials/page-structure/headings/", "2026-11-22"),
    scope=Document,
)
def heading_skip(document: Document) -> Iterator[Finding]:
    skips = [(above, below) for above, below in pairwise(document.outline) if below.level > above.level + 1]
    if skips:
        above, below = skips[0]
        steps = f"an h{below.level}, follows {quoted(above.text)}, an h{above.level}"
        what = f"{quoted(below.text)}, {steps}{as_in_others(len(skips))}"
        yield Finding(document.path, what, f"Make it an h{above.level + 1}.")
