"""A table of data has no header cells.

A screen reader reads a table cell by cell and names the header of each; without headers a row of prices is a row of
numbers. Write what heads a column or a row as `th`. Tables that only arrange a page say so with `role="presentation"`.
"""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.markup import words
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

_ARRANGED = "table, div, section, article, form, input, select, button, img, nav, ul, ol, h1, h2, h3, h4, iframe, video"
"""What stands in the cells of tables that arrange a page, and hardly ever in those of data."""
_LOOKED_AT = 100
"""Tables of a page that are looked at: one template has made them all."""
_ROWS = "<tr><td>Visit</td><td>$80</td></tr><tr><td>Injection</td><td>$150</td></tr>"
GOOD = (
    Edit("<p>With a needle.</p>", f"<table><tr><th>What</th><th>Price</th></tr>{_ROWS}</table>"),
    Edit("<p>With a needle.</p>", f'<table role="presentation">{_ROWS}</table>'),
    Edit("<p>With a needle.</p>", f"<table>{_ROWS.replace('<td>Visit', '<td><div>Visit</div>')}</table>"),
    Edit("<p>With a needle.</p>", "<table><tr><td>One</td></tr><tr><td>Two</td></tr></table>"),
    Edit("<p>With a needle.</p>", "<table><tr><td>One</td><td>Two</td></tr></table><table></table>"),
    Edit("<p>With a needle.</p>", f"<table>{_ROWS.replace('<td>Visit', '<td role=rowheader>Visit')}</table>"),
)
BAD = (
    Edit("<p>With a needle.</p>", f"<table>{_ROWS}</table>"),
    Edit("<p>With a needle.</p>", f"<table><thead><tr><td>What</td><td>Price</td></tr></thead>{_ROWS}</table>"),
    Edit(
        "<p>With a needle.</p>", f"<table><caption>Prices</caption>{_ROWS.replace('Visit', '<div>Visit</div>')}</table>"
    ),
)


@rule(
    severity="warning",
    evidence=documented("https://www.w3.org/WAI/WCAG22/Techniques/html/H51", "2026-11-22"),
    scope=Document,
)
def table_headers(document: Document) -> Iterator[Finding]:
    headless = [node for node in document.css("table")[:_LOOKED_AT] if _lacks_headers(node)]
    if headless:
        what = f"the table that begins {quoted(words(headless[0]))} has no header cells{as_in_others(len(headless))}"
        yield Finding(document.path, what, "Write the cells that head its columns or rows as th.")


def _lacks_headers(table: LexborNode) -> bool:
    if table.attributes.get("role") or table.css_first('th, [scope], [role$="header"]') is not None:
        return False
    if table.css_first("caption, thead") is not None:
        return True
    rows = table.css("tr")
    return len(rows) > 1 and all(len(row.css("td")) > 1 for row in rows[:2]) and table.css_first(_INNER) is None


_INNER = ", ".join(f"td {tag}" for tag in _ARRANGED.split(", "))
