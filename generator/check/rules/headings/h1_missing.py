"""The page has no main heading.

The main heading tells readers and screen readers where they are, and search engines may make the result's title from
it. Good audit tools look for it; no search engine asks for it. Give the page's kind an `h1` in the front matter.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.rule import HEURISTIC, rule
from generator.errors import Finding

_H1 = "<h1>.*?</h1>"
GOOD = (
    Edit(_H1, '<h1><img src="/a.svg" alt="Injections in Waco"></h1>'),
    Edit(_H1, '<h1></h1><h1 class="shown">Injections in Waco</h1>'),
    Edit(_H1, '<div role="heading" aria-level="1">Injections in Waco</div>'),
    Edit("<title>(.*?)</h1>", '<meta http-equiv="refresh" content="0; url=/en-us/"><p>Moved.</p>'),
)
BAD = (
    Edit(_H1, ""),
    Edit(_H1, "<h1> <span></span>\n</h1>"),
    Edit(_H1, '<h1><img src="/a.svg" alt=""></h1>'),
    Edit(_H1, "<h2>Injections in Waco</h2>"),
)


@rule(severity="error", evidence=HEURISTIC, scope=Document, hints=())
def h1_missing(document: Document) -> Iterator[Finding]:
    main = [heading for heading in document.headings if heading.level == 1]
    if document.sends_on or any(heading.text for heading in main) or document.css('[role="heading" i][aria-level="1"]'):
        return
    what = "the main heading is empty" if main else "the page has no main heading"
    yield Finding(document.path, what, "Give it an h1 that says what the page is about.")
