"""An item of a list stands outside of any list.

Screen readers announce a list with the number of its items and let one leap over it. An `li` outside of `ul`, `ol` and
`menu`, or a `dt` or `dd` outside of `dl`, belongs to no list, and is read as if it were any text. Put the list around
its items; between them and the list nothing may stand but, in a `dl`, a `div`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.markup import words
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

_STRAY = (
    ":not(ul, ol, menu) > li:not([role]), :not(dl, div) > dt, :not(dl, div) > dd,"
    " :not(dl) > div > dt, :not(dl) > div > dd"
)
GOOD = (
    Edit("<p>With a needle.</p>", "<menu><li>One<ul><li>Two</li></ul></li></menu><ol><li>Three</ol>"),
    Edit("<p>With a needle.</p>", "<dl><dt>One</dt><dd>Two</dd><div><dt>Three</dt><dd>Four</dd></div></dl>"),
    Edit("<p>With a needle.</p>", '<div role="menu"><li role="menuitem">One</li></div>'),
)
BAD = (
    Edit("<p>With a needle.</p>", "<div><li>One</li></div>"),
    Edit("<p>With a needle.</p>", "<ul><div><li>One</li></div></ul>"),
    Edit("<p>With a needle.</p>", "<ul><dt>One</dt></ul>"),
    Edit("<p>With a needle.</p>", "<div><dd>One</dd></div>"),
    Edit("<p>With a needle.</p>", "<dl><div><div><dt>One</dt></div></div></dl>"),
)


@rule(
    severity="warning",
    evidence=documented("https://html.spec.whatwg.org/multipage/grouping-content.html#the-li-element", "2026-11-22"),
    scope=Document,
)
def list_structure(document: Document) -> Iterator[Finding]:
    stray = document.css(_STRAY)
    if stray:
        what = (
            f"the item {quoted(words(stray[0]))} ({stray[0].tag}) stands outside of any list{as_in_others(len(stray))}"
        )
        yield Finding(document.path, what, "Put a list directly around its items.")
