"""Two headings of one section have the same text.

Somebody who jumps from heading to heading, or comes by a table of contents, cannot tell the two parts apart; often one
of them is a copy that should have gone. Say what is different. One word below different headings is no repetition.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import HEURISTIC, rule
from generator.errors import Finding

_H2 = "<h2([^>]*)>How they work</h2>"
GOOD = (
    Edit(_H2, "<h2>Needles</h2><h3>Costs</h3><h2>Pills</h2><h3>Costs</h3>"),
    Edit("<footer(.*?)<ul>", "<footer><h2>Nearest cities</h2><ul>"),
    Edit(_H2, "<h2>Cost</h2><h3>Cost</h3>"),
)
BAD = (
    Edit(_H2, "<h2>How they work</h2><h2>How they  work</h2>"),
    Edit(_H2, "<h2>Needles</h2><h3>Costs</h3><h4>Today</h4><h3>COSTS</h3>"),
)


@rule(severity="info", evidence=HEURISTIC, scope=Document)
def heading_repeated(document: Document) -> Iterator[Finding]:
    above: list[str] = [""] * 7
    seen: set[tuple[str, ...]] = set()
    repeated = []
    for heading in document.outline:
        above[heading.level :] = [heading.text.casefold()] + [""] * (6 - heading.level)
        outline = tuple(above[: heading.level + 1])
        if outline in seen:
            repeated.append(heading)
        seen.add(outline)
    if repeated:
        what = f"the heading {quoted(repeated[0].text)} stands there twice{as_in_others(len(repeated))}"
        yield Finding(document.path, what, "Say in each what is different, or join the two parts.")
