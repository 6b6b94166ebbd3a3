"""People without a mouse go through a whole navigation before they reach the text.

With the keyboard a reader steps from link to link. A first link such as “Skip to the main content”, which may stay
hidden until it has the focus, spares them that on every page. Found are pages with five or more links before their main
part of which none of the first three leads into the page: numbers of our own. The accessibility guidelines ask for some
way past repeated blocks, of which this is the simplest.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.rule import HEURISTIC, rule
from generator.errors import Finding

_BEFORE = 5
_AT_ONCE = 3
_SKIP = '<a class="skip" [^>]*>.*?</a>'
_LINK = '<a href="/en-us/">Kaly</a>'
GOOD = (
    Edit('<nav class="breadcrumb"', f'<nav>{_LINK * 9}</nav><nav class="breadcrumb"'),
    Edit(f'{_SKIP}|<nav class="breadcrumb".*?</nav>', ""),
    Edit(_SKIP, f'{_LINK}<a href="/en-us/sciatica/texas/waco/#page-main">To the text</a>{_LINK * 9}'),
    Edit(f"{_SKIP}(.*)</main>", f"<main>{_LINK * 9}</main>"),
)
BAD = (
    Edit(_SKIP, _LINK),
    Edit(_SKIP, f'{_LINK * 9}<a href="#page-main">Too late</a>'),
    Edit(_SKIP, f'<a href="#">Up</a>{_LINK * 9}'),
)


@rule(severity="info", evidence=HEURISTIC, scope=Document)
def skip_link_missing(document: Document) -> Iterator[Finding]:
    nodes = document.css("main, a[href]")
    before = list(takewhile(lambda node: node.tag == "a", nodes))
    if len(before) < _BEFORE or len(before) == len(nodes):
        return
    first = (document.published.local(node.attributes.get("href") or "", document.path) for node in before[:_AT_ONCE])
    if not any(target and target.path == document.path and target.fragment for target in first):
        what = f"{len(before):,} links stand before its main part, and no way leads past them"
        yield Finding(document.path, what, "Begin the body with a link to its main element.")
