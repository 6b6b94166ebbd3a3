"""Loops over lists of the row are traced once for each way in which items stand, and are right for every row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined
from msgspec import Struct

from generator.tracing.columns import FAILED, Columns
from generator.tracing.environment import record
from generator.tracing.expressions import ITEMS, LOOP, Expressions, parts_of
from generator.tracing.items import ItemColumns, items_of
from generator.tracing.loops import bodies_of, of_row, ways
from generator.tracing.recorder import Recorder
from generator.tracing.variants import Segments, Unfollowed, Variants, segments
from tests.tracing.loop_snippets import BY_ITEM, UNROLLED, left, lines
from tests.tracing.traced import KINDS, Tracing, compare, places


@pytest.mark.parametrize("source", [*lines(BY_ITEM), *lines(UNROLLED), *left()])
def test_a_loop_is_right_on_every_row_and_left_only_where_that_is_known(source: str) -> None:
    reasons = set()
    for kind in KINDS:
        if kind == "content" and "{% trans" in source:
            continue
        for marks_passages in (False, True):
            comparison = compare(kind, {"main": source}, marks_passages=marks_passages)
            assert comparison.wrong == []
            # Authors' texts can change no list.
            assert comparison.followed or source in left() or kind == "content"
            reasons |= {str(reason) for reason in comparison.left}
    assert sorted(reasons) == [left()[source]] if source in left() else not reasons


@pytest.mark.parametrize("source", lines(BY_ITEM))
def test_such_a_loop_is_one_expression(source: str) -> None:
    tracing = Tracing("html", {"main": source})
    tracing.block(places())
    assert LOOP in {row[0] for row in tracing.expressions.rows.values()} or "for" not in source


class Item(Struct):
    name: Any
    inner: list[Any] = []


class Row(Struct):
    title: Any
    items: Any


class Block:
    """One template over rows of lists; ``runs`` are the names of items of which a body was run."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.expressions = Expressions()
        self.recorder = Recorder(self.expressions)
        self.runs = 0
        made = Environment(loader=DictLoader({"main": source}), autoescape=True, undefined=StrictUndefined)
        made.globals["run"] = self._run
        self.plain = Environment(autoescape=True, undefined=StrictUndefined).from_string(
            source.replace("{{ run() }}", "")
        )
        self.environment = record(made, self.recorder)
        self.variants: Variants[Segments] = Variants(self.recorder, self._trace)

    def _run(self) -> str:
        self.runs += 1
        return ""

    def _trace(self, row: Columns) -> Segments:
        text = self.environment.get_template("main").render(row=self.recorder.begin(row))
        return segments(self.expressions, parts_of(text))

    def check(self, *rows: Row) -> Columns:
        """Make the rows, each of which must be what plain Jinja makes of it; gives their columns."""
        columns = Columns(self.expressions, rows)
        for made, members in self.variants.assign(columns):
            assert not isinstance(made, Unfollowed), made.error
            numbers = range(len(rows)) if members is None else members
            for row, text in zip(numbers, made.fill(columns, members), strict=True):
                assert text.decode() == self.plain.render(row=rows[row])
        return columns

    @property
    def loop(self) -> int:
        """The first loop, as an expression."""
        return next(number for number, row in self.expressions.rows.items() if row[0] == LOOP)


def rows(*lists: Sequence[Any]) -> list[Row]:
    return [Row("t<", [Item(name) for name in names]) for names in lists]


def test_lists_of_any_length_are_one_variant() -> None:
    block = Block("<ul>{% for item in row.items %}{{ run() }}<li>{{ item.name }}</li>{% endfor %}</ul>")
    block.check(*rows([], ["a"], ["b", "<"], ["x"] * 300))
    assert (block.runs, len(block.variants.found)) == (1, 1)
    block.check(*rows(["c"] * 7))
    assert (block.runs, len(block.variants.found)) == (1, 1)


def test_lists_of_any_length_whose_ends_are_read_are_one_variant() -> None:
    block = Block(
        "{{ run() }}{{ (row.items | first).name }}, {{ (row.items | last).name }} in {{ row.title.split(',') | last }}"
    )
    block.check(*rows(["a"], ["b", "<"], ["x"] * 30), Row("u,v", [Item("c")]), Row("", [Item("d"), Item("e")]))
    assert (block.runs, len(block.variants.found)) == (1, 1)


def test_an_item_that_stands_in_a_new_way_is_traced_when_it_comes() -> None:
    block = Block(
        "{% for item in row.items %}{{ run() }}{% if item.name %}{{ item.name }}{% else %}-{% endif %}{% endfor %}"
    )
    block.check(*rows(["a"], ["b"]))
    assert block.runs == 1
    block.check(*rows(["c"], ["d", "", "e"], [""]))
    assert block.runs == 2
    block.check(*rows([""], ["f"]))
    assert (block.runs, len(block.variants.found)) == (2, 1)


def test_so_is_an_item_within_an_item() -> None:
    block = Block(
        "{% for item in row.items %}<b>{{ item.name }}</b>{% for one in item.inner %}"
        "{{ run() }}{{ loop.index }}{{ item.name }}{% if one %}{{ one }}{% endif %}{% endfor %}{% endfor %}"
    )
    block.check(Row("t", [Item("a", ["x", "y"]), Item("b", []), Item("c", ["", "z"])]))
    assert (block.runs, len(block.variants.found)) == (2, 1)
    block.check(Row("t", []), Row("t", [Item("d", [1])]), Row("t", [Item("e", ["x"]), Item("f", [None, 2, ""])]))
    assert len(block.variants.found) == 1


def test_only_rows_that_lead_to_a_loop_are_asked_for_its_items() -> None:
    block = Block(
        "{% if row.title %}{% for item in row.items %}{{ run() }}{{ item.name.upper() }}{% endfor %}{% endif %}"
    )
    columns = block.check(Row("", None), Row("t", [Item("a")]), Row("", [Item(1)]), Row("t", [Item("b")]))
    assert columns.column(block.loop) == [FAILED, "A", FAILED, "B"]
    assert block.runs == 1


def test_a_row_with_an_item_that_is_not_followed_is_unrolled_and_the_others_are_not() -> None:
    source = "{% for item in row.items %}{% if item.name == 2 %}{{ loop.nextitem is defined }}{% endif %}{{ item.name }}{% endfor %}"
    block = Block(source)
    block.check(*rows([1], [1, 2, 3], [3], [4, 4, 4]))
    assert len(block.variants.found) == 2


def test_a_loop_that_changes_what_is_around_it_is_unrolled() -> None:
    block = Block("{% set c = joiner() %}{% for item in row.items %}{{ c() }}{{ item.name }}{% endfor %}{{ c() }}")
    block.check(*rows(["a"], ["a", "b"], ["c", "d"], []))
    assert len(block.variants.found) == 3


def test_one_of_many_items_that_fails_leaves_its_row_to_plain_jinja() -> None:
    block = Block("{% for item in row.items %}{{ item.name + 1 }}{% endfor %}")
    columns = Columns(block.expressions, rows([1, 2], ["x", 3], [4]))
    found = {tuple(members or ()): isinstance(made, Unfollowed) for made, members in block.variants.assign(columns)}
    assert found == {(0, 2): False, (1,): True}


def test_items_stand_one_after_another_with_what_is_around_them() -> None:
    expressions = Expressions()
    row = expressions.number("row")
    listed, title = (expressions.number("get", row, name) for name in ("items", "title"))
    items = expressions.number(ITEMS, listed, row)
    name = expressions.number("get", items, "name")
    block = items_of(Columns(expressions, [Row("a", [Item(1), Item(2)]), Row("b", None), Row("c", [Item(3)])]), items)
    assert (block.column(name), block.column(title)) == ([1, 2, 3], ["a", "a", "c"])
    assert block.column(expressions.number("standing", items, "revindex")) == [2, 1, 1]
    alone = block.only(1)
    assert isinstance(alone, ItemColumns)
    assert (alone.column(name), alone.column(title)) == ([2], ["a"])
    assert alone.column(expressions.number("standing", items, "index")) == [2]


def test_the_ways_in_which_items_stand_are_known_with_the_rows_that_have_them() -> None:
    block = Block("{% for item in row.items %}{% if item.name %}{{ item.name }}{% else %}-{% endif %}{% endfor %}")
    columns = block.check(*rows([], ["a"], ["", "b"], [""]))
    found = sorted(sorted(members) for _, members in ways(columns, block.loop))
    assert found == [[0], [1, 2], [1, 3], [2], [2, 3]]
    bodies = {body: sorted(members or ()) for body, _, members in bodies_of(columns, block.loop)}
    assert sorted(bodies.values()) == [[0, 2], [1, 3]]
    assert [(body == ("-",), item) for body, _, item in of_row(columns, block.loop, 2)] == [(True, 1), (False, 2)]
