"""Columns hold the values of expressions for all rows of a block, whatever group asks for them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from markupsafe import Markup, escape
from msgspec import Struct

from generator.tracing.columns import FAILED, UNUSUAL, Columns
from generator.tracing.expressions import PASSAGE, Expressions


class Row(Struct):
    value: Any


class Table:
    """A block of rows that have one value each."""

    def __init__(self, *values: Any) -> None:
        self.expressions = Expressions()
        self.value = self.expressions.number("get", self.expressions.number("row"), "value")
        self.columns = Columns(self.expressions, [Row(value) for value in values])

    def call(self, function: Any, *given: tuple[Any, ...], **named: tuple[Any, ...]) -> list[Any]:
        constant = self.expressions.constant(("function", function), function)
        return self.column("call", constant, given or (("e", self.value),), tuple(sorted(named.items())))

    def column(self, *expression: Any) -> list[Any]:
        return self.columns.column(self.expressions.number(*expression))


def test_a_row_for_which_an_expression_raises_costs_the_others_nothing() -> None:
    table = Table(1, "x", 0, None, 4)
    assert table.call(lambda value: 8 / value) == [8.0, FAILED, FAILED, FAILED, 2.0]
    assert table.column("length", table.value) == [FAILED, 1, FAILED, FAILED, FAILED]
    assert table.column("get", table.value, "real") == [1, FAILED, 0, FAILED, 4]


def test_a_function_that_stops_an_iteration_fails_for_its_row_alone() -> None:
    table = Table([1], [], [2], [])
    assert table.call(lambda value: next(iter(value))) == [1, FAILED, 2, FAILED]


def test_an_expression_is_evaluated_once_for_all_that_ask() -> None:
    asked: list[int] = []
    table = Table(1, 2)
    for _ in range(3):
        table.call(asked.append)
    assert asked == [1, 2]


def test_a_call_has_its_arguments_by_row() -> None:
    table = Table(1, 2)
    one = ("o", table.expressions.constant("one", "a"))
    value = ("e", table.value)
    made = ("tuple", value, ("list", one), ("dict", (one, value)), ("list",), ("slice", value, one, one))
    assert table.call(lambda *given, **named: (given, named), made, k=value) == [
        (((1, ["a"], {"a": 1}, [], slice(1, "a", "a")),), {"k": 1}),
        (((2, ["a"], {"a": 2}, [], slice(2, "a", "a")),), {"k": 2}),
    ]


def test_lists_that_are_arguments_are_each_rows_own() -> None:
    table = Table(1, 2)
    first, second = table.call(lambda items: items, ("list",))
    assert first is not second


def test_a_kind_tells_numbers_that_equal_nothing_or_cannot_be_printed_from_others() -> None:
    kinds = Table(1, 2**70, 0.5, float("nan"), Decimal("NaN"), True, "a", Markup("a"), None)
    names = kinds.column("kind", kinds.value)
    assert [at for at, name in enumerate(names) if name == UNUSUAL] == [1, 3, 4]
    assert len({*names} - {UNUSUAL}) == 6
    assert UNUSUAL in _kinds(-(2**70), 5)
    assert UNUSUAL not in _kinds(5, 6)


def _kinds(*values: Any) -> list[str]:
    table = Table(*values)
    return table.column("kind", table.value)


def test_texts_are_as_python_prints_values_and_bytes_as_a_file_has_them() -> None:
    table = Table("é\ud800", 1.50, Decimal("1.50"), None, True, Markup("<b>"))
    assert table.columns.texts(table.value) == ["é\ud800", "1.5", "1.50", "None", "True", "<b>"]
    assert table.columns.encoded(table.value)[0] == b"\xc3\xa9&#55296;"


def test_what_cannot_be_printed_is_an_empty_text() -> None:
    table = Table("a", 10**5000)
    assert table.columns.texts(table.value) == ["a", ""]


@pytest.mark.parametrize("values", [("<", "a&b", ""), ("\0", "<\0>", "a"), ("<", 5, None), (Markup("<"), "<", 1)])
def test_letters_of_all_rows_at_once_are_those_of_each_row(values: tuple[Any, ...]) -> None:
    table = Table(*values)
    function = table.expressions.constant("escape", escape)
    found = table.column("letters", function, table.value)
    assert found == [escape(value) for value in values]
    assert {type(value) for value in found} == {Markup}


def test_a_fill_joins_constants_and_values_by_row() -> None:
    table = Table("x", 2)
    assert table.column("fill", False, "<", table.value, ">", table.value) == ["<x>x", "<2>2"]
    assert table.column("fill", True) == [Markup(""), Markup("")]
    assert type(table.column("fill", True, table.value)[0]) is Markup
    assert table.column(PASSAGE, "begin") == ["", ""]


def test_a_split_gives_each_outcome_the_rows_that_have_it_in_order() -> None:
    table = Table("b", "a", "b", "a")
    columns = table.columns
    (_, first), (_, second) = columns.split(0, table.value)
    assert (columns.members(0), columns.members(first), columns.members(second)) == (None, [0, 2], [1, 3])
    assert columns.split(first, table.value) == [("b", first)]
    assert columns.split(columns.group([3, 0]), table.value)[0][0] == "a"


def test_a_split_of_what_cannot_be_compared_is_a_failure() -> None:
    table = Table([1], [1], "a")
    assert [outcome for outcome, _ in table.columns.split(0, table.value)] == [FAILED, "a"]


def test_one_row_alone_has_the_given_values_of_its_block() -> None:
    table = Table("a", "b")
    given = table.expressions.number("given", "date")
    table.columns.give(given, [1, 2])
    alone = table.columns.only(1)
    assert (alone.column(given), alone.column(table.value), len(alone.rows)) == ([2], ["b"], 1)
