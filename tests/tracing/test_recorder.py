"""A recorder notes what a run asks of its row, and keeps what works letter by letter apart from what does not."""

from __future__ import annotations

import json
from typing import Any

import pytest
from markupsafe import Markup
from msgspec import Struct

from generator.tracing.columns import FAILED, Columns
from generator.tracing.expressions import Expressions, Part, Refused, parts_of
from generator.tracing.recorder import Recorder
from generator.tracing.values import RecordingText


class Row(Struct):
    name: Any = "a<b"
    page: Markup = Markup("<i>&amp;</i>")
    count: int = 5

    @property
    def shout(self) -> str:
        return "A"


class Run:
    """A run for one row; ``row`` is the recorded record."""

    def __init__(self, row: Row | None = None) -> None:
        self.expressions = Expressions()
        self.recorder = Recorder(self.expressions)
        self.recorder.functions["quoted",] = quoted
        self.columns = Columns(self.expressions, [row or Row()])
        self.row = self.recorder.begin(self.columns)

    def printed(self, text: str) -> str:
        return "".join(
            part if isinstance(part, str) else self.columns.texts(part)[0] for part in parts_of(str.__str__(text))
        )

    def parts(self, text: str) -> tuple[Part, ...]:
        return self.expressions.flattened(parts_of(str.__str__(text)))


def quoted(value: object) -> str:
    return json.dumps(str(value), ensure_ascii=False)[1:-1]


def test_letters_distribute_over_joined_text() -> None:
    run = Run()
    text = run.recorder.join(('"', run.row.name, '"', run.row.count, run.row.page), is_markup=False)
    found = run.recorder.letters(("quoted",), run.recorder.expression(text))
    assert run.printed(found) == quoted('"a<b"5<i>&amp;</i>')
    assert [part for part in run.parts(found) if isinstance(part, str)] == ['\\"', '\\"']


def test_a_text_with_marks_is_worked_on_letter_by_letter_between_them() -> None:
    run = Run(Row(name='"'))
    text = run.recorder.join(('"', run.row.name, '"'), is_markup=False)
    found = run.recorder.in_letters(str.__str__(text), ("quoted",))
    assert run.printed(found) == quoted('"""')


def test_letters_of_which_a_row_has_none_are_refused_on_it() -> None:
    run = Run(Row(name="x"))
    run.recorder.functions["fails",] = lambda _: str(1 / 0)
    with pytest.raises(Refused):
        run.recorder.letters(("fails",), run.row.name.expression)


def test_html_among_html_stands_as_it_is_and_among_text_is_text() -> None:
    run = Run()
    html = run.recorder.join((Markup("<b>"), run.row.page, run.row.name, run.row.count, "<"), is_markup=True)
    assert run.printed(html) == "<b><i>&amp;</i>a&lt;b5&lt;"
    assert run.printed(html.__html__()) == run.printed(html)
    text = run.recorder.join((run.row.page, "<"), is_markup=False)
    assert type(text) is RecordingText
    assert run.printed(text.__html__()) == "&lt;i&gt;&amp;amp;&lt;/i&gt;&lt;"


def test_markup_takes_a_text_for_html_as_it_is() -> None:
    run = Run()
    assert run.printed(run.recorder.markup(run.row.name).__html__()) == "a<b"
    assert run.printed(run.recorder.markup(run.row.count) + "<") == "5&lt;"
    assert run.recorder.markup("<") == Markup("<")


def test_the_text_of_a_number_is_no_number() -> None:
    run = Run()
    text = run.recorder.text(str(run.row.count))
    assert type(text) is RecordingText
    assert len(text) == 1
    with pytest.raises(Refused):
        text + 1


def test_a_decision_is_a_guard_once_and_counted_each_time() -> None:
    run = Run()
    before = run.recorder.asked
    number = run.row.count.expression
    assert run.recorder.decide("value", number) == run.recorder.decide("value", number) == 5
    value = run.expressions.number("value", number)
    assert run.recorder.guards.count((value, 5)) == 1
    assert run.recorder.asked == before + 3


def test_a_text_with_a_constant_letter_is_true_without_asking() -> None:
    run = Run()
    text = run.recorder.join(("x", run.row.name), is_markup=False)
    before = run.recorder.asked
    assert text
    assert run.recorder.asked == before


def test_an_outcome_that_cannot_be_compared_is_refused() -> None:
    run = Run(Row(name=[1]))
    name = run.expressions.number("get", run.expressions.number("row"), "name")
    with pytest.raises(Refused):
        run.recorder.decide("value", name)
    assert run.recorder.guards[-1][1] is FAILED


def test_only_fields_are_read_of_a_record_and_what_else_it_has_is_refused() -> None:
    run = Run()
    with pytest.raises(Refused):
        _ = run.row.shout
    with pytest.raises(AttributeError):
        _ = run.row.nothing
    with pytest.raises(Refused):
        str(run.row)


def test_a_field_that_is_given_is_asked_for_by_the_class_of_the_record() -> None:
    run = Run()
    row = run.recorder.begin(run.columns, {(Row, "name"): lambda _, number: ("given", number)})
    assert row.name == ("given", run.expressions.number("row"))
    assert run.printed(str(row.count)) == "5"


@pytest.mark.parametrize(("one", "other"), [(1, True), (1, 1.0), (0.0, -0.0), ("a", Markup("a"))])
def test_literals_that_are_equal_and_not_the_same_are_two_arguments(one: Any, other: Any) -> None:
    recorder = Run().recorder
    assert recorder.argument(one) != recorder.argument(other)
    assert recorder.argument([one]) == recorder.argument([one])
