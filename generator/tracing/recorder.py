"""Records one run of a template: which values of the row it prints, and every decision taken on the way."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from types import MappingProxyType
from typing import Any, get_type_hints

from markupsafe import Markup, escape
from msgspec import Struct

from generator.tracing.columns import FAILED, UNUSUAL, Columns, settled
from generator.tracing.expressions import PASSAGE, Expressions, Refused, mark, parts_of
from generator.tracing.frame import Frame, Guard
from generator.tracing.functions import LITERALS, OPERATORS, SCALARS, behind_key
from generator.tracing.values import (
    YIELDING,
    RecordingList,
    RecordingMarkup,
    RecordingRecord,
    RecordingScalar,
    RecordingText,
    has_recording,
    is_recording,
    unrolled,
)

Field = Callable[["Recorder", int], Any]
"""Gives a field of a record that is not the row's alone, from the number of the record's expression."""

_PLAIN = frozenset((str,))
"""Types of which a record's field holds nothing else when it is declared as one of them."""

_COMPARISONS = frozenset({"eq", "ne", "lt", "lteq", "gt", "gteq", "in", "notin"})
"""Operators that give true or false, or raise."""


class Run(Struct, frozen=True):
    """A function that runs a template, or a text, for the row of a block; no other of one recorder has its ``name``."""

    name: str
    trace: Callable[[Columns], object]


class Recorder:
    """Makes recording values for one row after another, and notes the guards of each run."""

    def __init__(self, expressions: Expressions) -> None:
        self.expressions = expressions
        self.asked = 0
        """How often a decision was made, also one that was made before."""
        self._fields: Mapping[tuple[type, str], Field] = {}
        self.frame = Frame(Columns(expressions, ()), expressions.number("row"), set(), [])
        self.run: Run | None = None
        """Makes a run like the present one for any row; None while there is none."""
        self.functions: dict[Hashable, Callable[..., Any]] = {("escape",): escape}
        """Pure functions by their keys, each of which names one in every process."""

    @property
    def guards(self) -> list[Guard]:
        """The decisions of the run, or of the body, so far."""
        return self.frame.guards

    def begin(
        self,
        columns: Columns,
        fields: Mapping[tuple[type, str], Field] = MappingProxyType({}),
        decided: Iterable[Guard] = (),
        *,
        unrolls: bool = False,
    ) -> Any:
        """Begin a run for the only row of ``columns``, and give it as a recorded record; all rows are of one class.

        ``fields`` gives the fields of records that are not the row's alone, by the record's class and the field's name.
        ``decided`` are decisions that were made for all rows that are traced here. Where the run ``unrolls`` loops, it
        does so with all, which makes short lists quicker, and each length another variant.
        """
        self._fields, row, before = fields, self.expressions.number("row"), [*decided]
        self.frame = Frame(columns, row, {number for number, _ in before}, before, unrolls=unrolls)
        return RecordingRecord(self, row)

    @contextmanager
    def running(self, run: Run) -> Iterator[None]:
        """While ``run`` is made."""
        before, self.run = self.run, run
        try:
            yield
        finally:
            self.run = before

    @contextmanager
    def within(self, loop: Any, root: int, item: Columns) -> Iterator[list[Guard]]:
        """While the body of ``loop`` is run for the only row of ``item``; gives the decisions on the way."""
        before = self.frame
        self.frame = Frame(item, root, {*before.known}, [], loop=loop, reads=before.reads)
        try:
            yield self.frame.guards
        finally:
            self.frame = before

    def own(self, value: Any) -> Any:
        """``value``; an iterator, whose items can be taken only once, serves only the run that made it."""
        return OwnIterator(self, value) if isinstance(value, Iterator) else value

    def changing(self, value: Any) -> Any:
        """``value``, which is about to be changed; what one item changes, another item would see."""
        if self.frame.loop:
            raise Refused("something that the body of a loop changes")
        return value

    def actual(self, number: int) -> Any:
        """The value of an expression on this row; results of the run must not depend on it."""
        return self.frame.columns.column(number)[0]

    def decide(self, *expression: Any) -> Any:
        """The value of an expression on this row, noted as a guard."""
        number = self.expressions.number(*expression)
        outcome = settled(self.actual(number))
        self.asked += 1
        frame = self.frame
        if number not in frame.known:
            frame.known.add(number)
            frame.guards.append((number, outcome))
            frame.unsaid.append((number, outcome))
        if outcome is FAILED:
            raise Refused("a value that cannot be worked out")
        return outcome

    def is_true(self, number: int) -> bool:
        row = self.expressions.rows[number]
        # A text that has any constant letter is true on every page.
        if row[0] == "fill" and any(isinstance(part, str) for part in row[2:]):
            return True
        return bool(self.decide("truth", number))

    def value(self, number: int, declared: Any = None) -> Any:
        """The recording value of an expression, by the kind that its value has on this row.

        That is a decision, but where the field of a record is ``declared`` to be of one type.
        """
        actual = self.actual(number)
        found = type(actual)
        kind = found.__name__ if found in _PLAIN and found is declared else self.decide("kind", number)
        if actual is None:
            return None
        if found is bool:
            return self.decide("truth", number)
        if found is str:
            return RecordingText(self, number)
        if found is Markup:
            return RecordingMarkup(self, number)
        if actual is FAILED:
            raise Refused("a value that cannot be worked out")
        if kind == UNUSUAL:
            raise Refused("a number that equals nothing, or is too long to print")
        if found in SCALARS:
            return RecordingScalar(self, number)
        if found in (list, tuple):
            return RecordingList(self, number)
        if isinstance(actual, Struct) and not hasattr(found, "__len__") and not hasattr(found, "__bool__"):
            return RecordingRecord(self, number)
        raise Refused(f"a value of the kind {kind}")

    def unrolled(self, number: int) -> Any:
        """The list of that expression as Python has it, with a recording value of each item."""
        length, kind = self.decide("length", number), type(self.actual(number))
        return kind([self.value(self.expressions.number("item", number, at)) for at in range(length)])

    def expression(self, value: Any) -> int:
        """The number of the expression of a recording value, or of a text with marks."""
        if isinstance(value, (RecordingText, RecordingMarkup, RecordingScalar)):
            return value.expression
        parts, is_markup = parts_of(str.__str__(value)), isinstance(value, Markup)
        if not is_markup:
            parts = tuple([part if isinstance(part, str) else self._plain(part) for part in parts])
        # The text of a number is no number, and what is made HTML is no text.
        kind = Markup if is_markup else str
        if len(parts) == 1 and isinstance(parts[0], int) and type(self.actual(parts[0])) is kind:
            return parts[0]
        return self.expressions.fill(parts, is_markup=is_markup)

    def _plain(self, number: int) -> int:
        """The letters of a value: HTML among plain text is HTML no more."""
        row = self.expressions.rows[number]
        if row[:2] == ("fill", True):
            parts = tuple([part if isinstance(part, str) else self._plain(part) for part in row[2:]])
            return self.expressions.fill(parts, is_markup=False)
        return self.expressions.number("plain", number) if isinstance(self.actual(number), Markup) else number

    def text(self, text: str) -> str:
        """``text``, which may have marks in it, as a value of which templates may ask anything."""
        if not is_recording(text) or isinstance(text, (RecordingText, RecordingMarkup)):
            return text
        kind = RecordingMarkup if isinstance(text, Markup) else RecordingText
        return kind(self, self.expression(text))

    def markup(self, text: Any = "") -> Any:
        """``Markup(text)`` of what is no HTML yet, likewise."""
        return self.text(Markup(str(text)))  # noqa: S704 - as the template says it

    def passage(self, edge: str) -> RecordingText:
        """The mark at the "begin" or "end" of a passage that a decision has let in."""
        return RecordingText(self, self.expressions.number(PASSAGE, edge))

    def escaped(self, number: int) -> RecordingMarkup:
        """A value as it stands in HTML."""
        return self.letters(("escape",), number)

    def letters(self, key: tuple[str, ...], number: int) -> RecordingMarkup:
        """The function of ``key`` applied to a value; what it gives stands in HTML as it is.

        It works letter by letter, so that it may be applied to each part of a text by itself.
        """
        row, function = self.expressions.rows[number], self.function(key)
        if row[0] == PASSAGE or (key == ("escape",) and (row[0] == "letters" or row[:2] == ("fill", True))):
            return RecordingMarkup(self, number)
        if row[0] == "fill":
            parts = [
                str(function(part)) if isinstance(part, str) else self.letters(key, part).expression for part in row[2:]
            ]
            return RecordingMarkup(self, self.expressions.fill(tuple(parts), is_markup=True))
        if key == ("escape",) and type(self.actual(number)) is Markup:
            self.decide("kind", number)
            return RecordingMarkup(self, number)
        if key == ("escape",) and type(self.actual(number)) in SCALARS:
            return RecordingMarkup(self, self.expressions.fill((number,), is_markup=True))
        found = self.expressions.number("letters", self.expressions.constant(key, function), number)
        if key != ("escape",):
            # A function of the caller's may fail.
            self.value(found)
        return RecordingMarkup(self, found)

    def in_letters(self, text: str, key: tuple[str, ...]) -> Markup:
        """``text``, with the function of ``key`` applied to all that is constant in it, and to its values."""
        parts = [part if isinstance(part, str) else mark(self.letters(key, part).expression) for part in parts_of(text)]
        return Markup("".join(parts))  # noqa: S704 - as letters says

    def join(self, values: Iterable[Any], *, is_markup: bool) -> str:
        """Values one after another as ``~`` has them; those among HTML are escaped where ``is_markup``."""
        items = [value if isinstance(value, str) else str(value) for value in values]
        if is_markup and any(isinstance(item, Markup) for item in items):
            return self.text(Markup("").join(items))
        return self.text("".join(items))

    def operate(self, name: str, *operands: Any) -> Any:
        """An operator of Jinja, or a comparison."""
        function, operands = OPERATORS[name], tuple(map(unrolled, operands))
        if name in ("in", "notin"):
            operands = tuple(map(_listed, operands))
        if not any(map(has_recording, operands)):
            return function(*operands)
        if name == "add" and all(isinstance(operand, str) for operand in operands):
            return self.join(operands, is_markup=True)
        if name == "add" and all(isinstance(operand, (list, tuple)) for operand in operands):
            return function(*operands)
        # A recorded value is never None: that is decided when it is made.
        if name in ("eq", "ne") and (any(operand is None for operand in operands) or self._never_equal(*operands)):
            return name == "ne"
        if name in _COMPARISONS:
            return self.decide("value", self.calling(("operator", name), operands))
        return self.call(("operator", name), operands)

    def _never_equal(self, one: Any, other: Any) -> bool:
        """Whether a recorded text and a literal differ on every page."""
        text, literal = (one, other) if is_recording(one) else (other, one)
        if not isinstance(text, str) or type(literal) not in LITERALS or is_recording(literal):
            return False
        return not (isinstance(literal, str) and self.expressions.may_be(self.expression(text), literal))

    def method(self, owner: Any, name: str, given: tuple[Any, ...], named: Mapping[str, Any]) -> Any:
        """A method of a value that is no record."""
        if is_recording(owner) and name in ("format", "format_map"):
            raise Refused("a recorded text that formats others")

        return self.call(("method", name), (owner, *map(_listed, given)), named)

    def attribute(self, number: int, name: str) -> Any:
        """An attribute or a method of a value that is neither a text nor a record."""
        if not callable(getattr(self.actual(number), name)):
            return self.value(self.expressions.number("get", number, name))

        def method(*given: Any, **named: Any) -> Any:
            return self.method(RecordingScalar(self, number), name, given, named)

        return method

    def field(self, number: int, name: str) -> Any:
        """A field of a record; raises AttributeError where it has none of that name."""
        actual = self.actual(number)
        given = self._fields.get((type(actual), name))
        if given:
            return given(self, number)
        if not isinstance(actual, Struct) or name not in actual.__struct_fields__:
            if hasattr(type(actual), name) or hasattr(type(actual), "__getattr__"):
                raise Refused(f"the attribute {name} of a record, which is no field of it")
            raise AttributeError(name)
        return self.value(self.expressions.number("get", number, name), _declared(type(actual)).get(name))

    def item(self, number: int, key: Any) -> Any:
        """An item of a record; raises KeyError where it has none of that name."""
        if has_recording(key):
            raise Refused("a field that only the page names")
        if not self.decide("has", number, key):
            raise KeyError(key)
        return self.value(self.expressions.number("item", number, key))

    def call(
        self,
        key: tuple[Hashable, ...],
        given: tuple[Any, ...],
        named: Mapping[str, Any] = MappingProxyType({}),
    ) -> Any:
        """The result of the pure function of that key."""
        return self.value(self.calling(key, given, named))

    def calling(
        self,
        key: tuple[Hashable, ...],
        given: tuple[Any, ...],
        named: Mapping[str, Any] = MappingProxyType({}),
    ) -> int:
        """The number of that call."""
        arguments = tuple(self.argument(value) for value in given)
        names = tuple((name, self.argument(value)) for name, value in sorted(named.items()))
        return self.expressions.number("call", self.expressions.constant(key, self.function(key)), arguments, names)

    def function(self, key: tuple[Hashable, ...]) -> Any:
        """The function, or the literal, of that key; raises LookupError where nobody can tell it from the key."""
        return self.functions[key] if key in self.functions else behind_key(*key)

    def argument(self, value: Any) -> tuple[Any, ...]:
        """An argument of a call as expressions write it; raises Refused where it is neither literal nor recorded."""
        value = unrolled(value)
        if isinstance(value, RecordingRecord):
            raise Refused("a whole record that is handed on")
        if is_recording(value):
            return ("e", self.expression(value))
        if type(value) in LITERALS:
            # Literals that are equal may print differently: 1 and True, 0.0 and -0.0, HTML and text.
            key = ("literal", type(value).__name__, str.__str__(value) if isinstance(value, str) else repr(value))
            return ("o", self.expressions.constant(key, value))
        if type(value) in (list, tuple):
            return (type(value).__name__, *map(self.argument, value))
        if type(value) is dict:
            return ("dict", *((self.argument(key), self.argument(item)) for key, item in value.items()))
        if isinstance(value, slice):
            return ("slice", *map(self.argument, (value.start, value.stop, value.step)))
        kind = "generator" if isinstance(value, OwnIterator) else type(value).__name__
        raise Refused(f"a value beside a {kind}")


class OwnIterator(Iterator[Any]):
    """An iterator that only the run which has made it may ask: what one item takes from it, another would miss."""

    def __init__(self, recorder: Recorder, items: Iterator[Any]) -> None:
        self._recorder, self._items, self._frame = recorder, items, recorder.frame

    def __next__(self) -> Any:
        if self._recorder.frame is not self._frame:
            raise Refused("something that the body of a loop uses up")
        return next(self._items)


@cache
def _declared(record: type) -> Mapping[str, Any]:
    """The types of a record's fields."""
    return get_type_hints(record)


def _listed(value: Any) -> Any:
    """``value``, or a list of what it would yield."""
    return list(value) if isinstance(value, YIELDING) else value
