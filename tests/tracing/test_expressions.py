"""Expressions have one number each, and texts are told apart from the values in them."""

from __future__ import annotations

import pytest

from generator.tracing.expressions import CLOSE, OPEN, Expressions, Refused, mark, parts_of


def test_equal_expressions_have_one_number() -> None:
    expressions = Expressions()
    row = expressions.number("row")
    assert expressions.number("get", row, "name") == expressions.number("get", row, "name")
    assert expressions.number("get", row, "name") != expressions.number("get", row, "county")
    assert len(expressions.rows) == 3


def test_a_constant_is_known_by_its_key_and_keeps_its_first_value() -> None:
    expressions = Expressions()
    number = expressions.constant(("literal", "float", "-0.0"), -0.0)
    assert expressions.constant(("literal", "float", "-0.0"), 0.0) == number
    assert str(expressions.constants[number]) == "-0.0"


def test_a_text_comes_apart_into_constants_and_values_in_order() -> None:
    assert parts_of(f"a{mark(12)}{mark(3)}b") == ("a", 12, 3, "b")
    assert parts_of("") == ()
    assert parts_of("no value") == ("no value",)


@pytest.mark.parametrize(
    "text",
    [f"{OPEN}3{CLOSE}", OPEN, CLOSE, mark(7)[:3], mark(7).upper()[1:], f"a{mark(1)}{OPEN}"],
    ids=["a number alone", "an opening", "a closing", "a beginning", "an end", "one more opening"],
)
def test_letters_that_only_look_like_a_mark_are_refused(text: str) -> None:
    with pytest.raises(Refused):
        parts_of(text)


def test_texts_within_texts_are_taken_apart_and_constants_side_by_side_are_joined() -> None:
    expressions = Expressions()
    value = expressions.number("get", expressions.number("row"), "name")
    inner = expressions.fill(("b", value, "c"), is_markup=False)
    outer = expressions.fill(("a", inner, "", "d", inner), is_markup=True)
    assert expressions.rows[outer] == ("fill", True, "ab", value, "cdb", value, "c")
    assert expressions.flattened((outer, "e", "f")) == ("ab", value, "cdb", value, "cef")


def test_html_and_text_of_the_same_parts_are_two_expressions() -> None:
    expressions = Expressions()
    value = expressions.number("row")
    assert expressions.fill((value,), is_markup=True) != expressions.fill((value,), is_markup=False)
