"""A column says the same in every row.

What is true of every place belongs into the article. In a table it looks like a fact of the place, and makes no page
more its own than another. Found in tables of ten rows or more, a number of the project’s own.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Data
from generator.check.quoting import quoted
from generator.check.rule import HEURISTIC, rule
from generator.errors import Finding
from generator.load.rows import Rows

_FEW = 10

_ROWS = "".join(f"{number},Yes\n" for number in range(9))
GOOD = (
    Data(f"id,parking\n{_ROWS}"),
    Data(f"id,parking\n{_ROWS}9,No\n"),
    Data("id,parking\n" + _ROWS.replace("Yes", "") + "9,\n"),
)
BAD = (Data(f"id,parking\n{_ROWS}9,Yes\n"),)


@rule(severity="info", evidence=HEURISTIC, scope=Rows)
def column_constant(rows: Rows) -> Iterator[Finding]:
    if rows.of != "table" or len(rows.columns.lines) < _FEW:
        return
    for column in rows.kinds:
        value, *others = rows.columns.texts(column)
        if value and not others:
            what = f"every row of the column says {quoted(value)}"
            fix = "Write it into the article, or leave the column out."
            yield Finding(f"{rows.shown}:1, column {column}", what, fix)
