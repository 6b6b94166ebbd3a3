"""Rows of one file: what is looked for in all cells at once is what stands in each."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.load.rows import Columns, Rows

cells = st.text(st.sampled_from("ab #N/A-"), max_size=6)


def rows_of(lines: list[tuple[str, str]]) -> Rows:
    columns = {"id": [a for a, _ in lines], "note": [a for a, _ in lines], "name": [b for _, b in lines]}
    return Rows(Columns("t.csv", range(2, len(lines) + 2), columns), "table", {"note": "text", "name": "text"})


@given(st.lists(st.tuples(cells, cells), max_size=5), st.sampled_from(["^a", "b$", "^-$", "a|b", "#N/A", " +", "^a?$"]))
def test_a_pattern_is_found_in_the_cells_in_which_it_stands_by_themselves(
    lines: list[tuple[str, str]], pattern: str
) -> None:
    known = re.compile(pattern, re.MULTILINE)
    expected = [
        (f"t.csv:{number}, column {column}", match[0])
        for number, line in enumerate(lines, start=2)
        for column, text in zip(("note", "name"), line, strict=True)
        if text and (match := known.search(text))
    ]
    assert [(cell.where, match[0]) for cell, match in rows_of(lines).matching(known)] == expected


def test_whatever_a_rule_may_read_changes_the_digest() -> None:
    rows = rows_of([("a", "b"), ("c", "d")])
    others = [
        rows_of([("a", "b"), ("c", "e")]),
        rows_of([("c", "d"), ("a", "b")]),
        replace(rows, columns=replace(rows.columns, shown="u.csv")),
        replace(rows, of="places"),
        replace(rows, kinds={"note": "text", "name": "url"}),
        replace(rows, columns=replace(rows.columns, lines=[2, 9])),
        replace(rows, columns=replace(rows.columns, cells={"x": ["", ""], **rows.columns.cells})),
    ]
    assert len({rows.digest(), *(other.digest() for other in others)}) == len(others) + 1
    assert rows.digest() == rows_of([("a", "b"), ("c", "d")]).digest()
