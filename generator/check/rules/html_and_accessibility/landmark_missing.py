"""A page does not mark its main part, or marks several.

People who use a screen reader jump to the main part with one key, past logo and navigation. Put what the page is about
into one `main` element, and everything that all pages share outside of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.markup import is_shown
from generator.check.rule import documented, rule
from generator.errors import Finding

GOOD = (
    Edit('<main id="page-main">', '<main id="page-main" role="main">'),
    Edit("</main>", "</main><main hidden></main>"),
    Edit('<main id="page-main">(.*)</main>', '<div role="main">Hello.</div>'),
    Edit("<head>.*</body>", '<head><meta http-equiv="refresh" content="0;url=/en-us/"></head><body></body>'),
)
BAD = (
    Edit("</?main[^>]*>", ""),
    Edit("</main>", "</main><main></main>"),
    Edit("With a needle.", '<div role="Main">With a needle.</div>'),
)


@rule(
    severity="warning",
    evidence=documented("https://www.w3.org/WAI/ARIA/apg/patterns/landmarks/examples/main.html", "2026-11-22"),
    scope=Document,
)
def landmark_missing(document: Document) -> Iterator[Finding]:
    found = {node.mem_id: node for node in document.css('main, [role="main" i]')}
    count = sum(map(is_shown, found.values()))
    if count == 0 and not document.sends_on:
        yield Finding(document.path, "it has no main element", "Put what the page is about into a main element.")
    elif count > 1:
        yield Finding(document.path, f"it has {count:,} main elements", "Leave one, around what the page is about.")
