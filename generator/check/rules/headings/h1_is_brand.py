"""The main heading is only the name of the site.

Every page of the site could have it, so it says nothing of this one; mostly the logo was made the heading. Let the h1
say what the page is about. Home pages, whose subject is the site, may have it.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.links import HOME
from generator.check.quoting import quoted
from generator.check.rule import HEURISTIC, rule
from generator.errors import Finding

_H1 = "<h1>.*?</h1>"
GOOD = (
    Edit(_H1, "<h1>Kaly</h1>", "home"),
    Edit(_H1, "<h1>Kaly in Waco</h1>"),
    Edit(_H1, "<h1>McLennan Orthopedics</h1>"),
)
BAD = (
    Edit(_H1, "<h1>KALY</h1>"),
    Edit(_H1, '<h1><img src="/logo.svg" alt="Kaly"></h1>', "region"),
)


@rule(severity="warning", evidence=HEURISTIC, scope=Document)
def h1_is_brand(document: Document) -> Iterator[Finding]:
    heading = document.h1.casefold()
    if heading and heading in _brands(document) and not _is_home(document):
        what = f"the main heading is only the site's name, {quoted(document.h1)}"
        yield Finding(document.path, what, "Let it say what this page is about.")


def _brands(document: Document) -> set[str]:
    named = [node.get("name") for node in document.typed.get("WebSite", ())]
    said = [document.meta("og:site_name"), *(name for name in named if isinstance(name, str))]
    return {" ".join(name.split()).casefold() for name in said}


def _is_home(document: Document) -> bool:
    """Whether the page is the home page or, as it says itself, that page in another language."""
    if document.path == HOME:
        return True
    targets = (document.published.local(href, document.path) for _, href in document.alternates)
    return any(target.path == HOME for target in targets if target)
