"""The running text of a page holds more than 150 links.

Nobody reads a text in which every other word is a link, or finds a place in a paragraph of place names. Sort the links
into a list under headings, or leave out those that nobody needs. Links in lists, tables and navigation are not counted,
since a directory may be as long as what it lists. The number is our own.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.rule import HEURISTIC, rule
from generator.errors import Finding

_MOST = 150
_RUNNING = "a[href]:not(ul a, ol a, dl a, table a, nav a, footer a)"
_LINK = '<a href="/en-us/">Kaly</a> '
GOOD = (
    Edit("With a needle.", _LINK * 100),
    Edit("<p>With a needle.</p>", f"<ul>{f'<li>{_LINK}</li>' * 400}</ul>"),
    Edit("<p>With a needle.</p>", f"<table><tr><td><p>{_LINK * 200}</p></td></tr></table>"),
    Edit('<footer class="site-footer">', f"<footer>{_LINK * 200}"),
)
BAD = (Edit("With a needle.", _LINK * 160),)


@rule(severity="info", evidence=HEURISTIC, scope=Document)
def link_count(document: Document) -> Iterator[Finding]:
    if len(document.links) <= _MOST or document.main is None:
        return
    count = len(document.main.css(_RUNNING))
    if count > _MOST:
        yield Finding(
            document.path, f"its running text holds {count:,} links", "Sort the links into a list, or cut them."
        )
