"""The page has more than one main heading.

HTML allows it and search engines manage, but a reader who moves from heading to heading cannot tell which one names
the page. Keep one h1 and make the others h2, unless the page really is two.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import quoted
from generator.check.rule import HEURISTIC, rule
from generator.errors import Finding

GOOD = (
    Edit("</h1>", "</h1><template><h1>For a script</h1></template>"),
    Edit("<h1>", "<h1></h1><h1>"),
)
BAD = (
    Edit("<h2([^>]*)>How they work</h2>", "<h1>How they work</h1>"),
    Edit('<a class="wordmark"(.*?)</a>', "<h1>Kaly</h1>"),
)


@rule(severity="info", evidence=HEURISTIC, scope=Document)
def h1_multiple(document: Document) -> Iterator[Finding]:
    found = [heading.text for heading in document.headings if heading.level == 1 and heading.text]
    if len(found) > 1:
        what = f"the page has {len(found):,} main headings, {quoted(found[0])} and {quoted(found[1])}"
        yield Finding(document.path, what, "Keep the one that names the page; make the others h2.")
