"""Rows that decide alike share one trace, and rows that cannot be traced are left to plain Jinja."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from generator.tracing.columns import Columns
from generator.tracing.expressions import PASSAGE, Expressions, Refused, parts_of
from generator.tracing.recorder import Recorder
from generator.tracing.variants import Segments, Unfollowed, Variants, segments


class Row(Struct):
    name: Any


class Block:
    """Variants of a text that ``write`` makes of a row."""

    def __init__(self, write: Callable[[Any], str]) -> None:
        self.expressions = Expressions()
        self.recorder = Recorder(self.expressions)
        self.write = write
        self.variants: Variants[Segments] = Variants(self.recorder, self._trace)
        self.traced = 0

    def _trace(self, columns: Columns) -> Segments:
        self.traced += 1
        row = self.recorder.begin(columns)
        return segments(self.expressions, parts_of(str.__str__(self.write(row))))

    def made(self, *names: Any, group: list[int] | None = None) -> dict[int, str]:
        columns = Columns(self.expressions, [Row(name) for name in names])
        number = 0 if group is None else columns.group(group)
        found: dict[int, str] = {}
        for made, rows in self.variants.assign(columns, number):
            members = range(len(names)) if rows is None else rows
            if isinstance(made, Unfollowed):
                found.update((row, repr(made.error)) for row in members)
            else:
                found.update(zip(members, map(bytes.decode, made.fill(columns, rows)), strict=True))
        return found


def test_rows_that_decide_alike_are_traced_once() -> None:
    block = Block(lambda row: f"<{row.name}>" if row.name else "none")
    assert block.made("a", "", "b", "c") == {0: "<a>", 1: "none", 2: "<b>", 3: "<c>"}
    assert block.made("", "d") == {0: "none", 1: "<d>"}
    assert block.traced == 2


def test_only_the_rows_of_the_group_are_made() -> None:
    block = Block(lambda row: f"<{row.name}>" if row.name else "none")
    assert block.made("a", "", "b", group=[2, 1]) == {2: "<b>", 1: "none"}
    assert block.made() == {}


def test_a_text_without_values_is_made_for_each_row() -> None:
    assert Block(lambda _: "all").made("a", "b") == {0: "all", 1: "all"}


def test_a_row_that_fails_is_left_alone() -> None:
    block = Block(lambda row: row.name + 1 if row.name == "x" else f"{row.name.upper()}")
    found = block.made("a", "x", None, "b")
    assert (found[0], found[3]) == ("A", "B")
    assert "Refused" in found[1] or "TypeError" in found[1]
    assert "AttributeError" in found[2]


def test_values_of_another_kind_are_another_variant() -> None:
    block = Block(lambda row: f"{row.name}")
    assert block.made("1", 1, 1.0, True, None) == {0: "1", 1: "1", 2: "1.0", 3: "True", 4: "None"}
    assert block.traced == 5


def test_a_text_is_not_compared_with_what_it_can_never_be() -> None:
    block = Block(lambda row: repr([f"in {row.name}?" == other for other in ("", "in ", "At b?", 3, ["in b?"])]))
    assert block.made("a", "") == {0: repr([False] * 5), 1: repr([False] * 5)}


def test_what_decides_otherwise_each_time_is_left_to_plain_jinja() -> None:
    turns: list[int] = []

    def write(row: Any) -> str:
        turns.append(1)
        return f"{row.name}" if (row.name == "a" if len(turns) % 2 else row.name.islower()) else "-"

    found = Block(write).made("a", "B", "c", "D")
    assert any("does not decide the same" in text for text in found.values())
    assert found[0] == "a"


def test_a_trace_that_fails_before_it_begins_spoils_no_other() -> None:
    block = Block(lambda row: f"<{row.name}>" if row.name else "none")
    assert block.made("a") == {0: "<a>"}
    begin, block.recorder.begin = block.recorder.begin, lambda *_: 1 / 0  # type: ignore[method-assign]
    assert "none" not in block.made("")[0]
    block.recorder.begin = begin  # type: ignore[method-assign]
    assert block.made("b") == {0: "<b>"}


def test_pages_that_stand_each_in_another_way_are_left_to_plain_jinja_after_a_while() -> None:
    block = Block(lambda row: f"{[0] * row.name}")
    found = block.made(*range(1000))
    assert found[999] == str([0] * 999)
    assert 50 < block.traced < 200
    assert sum("too many ways" in text for text in found.values()) == 1000 - block.traced


def test_segments_have_a_constant_before_each_slot_and_after_the_last() -> None:
    expressions = Expressions()
    assert segments(expressions, ("é\ud800",)) == Segments(("é&#55296;".encode(),), ())
    value = expressions.number("get", expressions.number("row"), "name")
    edge = expressions.number(PASSAGE, "begin")
    assert segments(expressions, ("a", value, edge, "b")) == Segments((b"a", b"b"), (value,))


def test_refusals_say_what_could_not_be_followed() -> None:
    (error,) = Block(lambda row: f"{row.name:>10}").made("a").values()
    assert error == repr(Refused("a value that Python formats"))
