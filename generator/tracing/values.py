"""Recording values: they stand for values of a row while a template runs, and note every operation on them."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, MappingView
from typing import TYPE_CHECKING, Any, NoReturn, Self

from jinja2.environment import TemplateModule
from markupsafe import Markup

from generator.tracing.expressions import CLOSE, OPEN, Refused, mark

if TYPE_CHECKING:
    from generator.tracing.recorder import Recorder


class _Comparing:
    """Operators of any recording value but a record, which the recorder works out."""

    expression: int
    recorder: Recorder

    def __bool__(self) -> bool:
        return self.recorder.is_true(self.expression)

    def __hash__(self) -> int:
        # The keys beside it would be compared by their own letters.
        raise Refused("a key that only the page knows")

    def __eq__(self, other: object) -> Any:
        return self.recorder.operate("eq", self, other)

    def __ne__(self, other: object) -> Any:
        return self.recorder.operate("ne", self, other)

    def __lt__(self, other: object) -> Any:
        return self.recorder.operate("lt", self, other)

    def __le__(self, other: object) -> Any:
        return self.recorder.operate("lteq", self, other)

    def __gt__(self, other: object) -> Any:
        return self.recorder.operate("gt", self, other)

    def __ge__(self, other: object) -> Any:
        return self.recorder.operate("gteq", self, other)

    def __repr__(self) -> NoReturn:
        raise Refused("a value within a list that is printed")

    def __html__(self) -> RecordingMarkup:
        return self.recorder.escaped(self.expression)

    def __format__(self, specification: str) -> str:
        if specification:
            raise Refused("a value that Python formats")
        return mark(self.expression)


class _Text(_Comparing):
    """The base of texts and HTML; as a ``str`` such a value is a mark, which survives being joined."""

    def __len__(self) -> int:
        return int(self.recorder.decide("length", self.expression))

    def __contains__(self, other: object) -> bool:
        return bool(self.recorder.operate("in", other, self))

    def __getitem__(self, key: Any) -> Any:
        return self.recorder.operate("item", self, key)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.recorder.operate("iter", self))

    def __add__(self, other: Any) -> Any:
        return self.recorder.operate("add", self, other)

    def __radd__(self, other: Any) -> Any:
        return self.recorder.operate("add", other, self)

    def __mul__(self, times: Any) -> Any:
        return self.recorder.operate("mul", self, times)

    def __rmul__(self, times: Any) -> Any:
        return self.recorder.operate("mul", times, self)

    def __mod__(self, values: Any) -> Any:
        return self.recorder.operate("mod", self, values)

    def __rmod__(self, pattern: Any) -> Any:
        return self.recorder.operate("mod", pattern, self)


class RecordingText(_Text, str):
    """A text that only the row knows."""

    def __new__(cls, recorder: Recorder, expression: int) -> Self:
        self = str.__new__(cls, mark(expression))
        self.recorder, self.expression = recorder, expression
        return self

    __hash__ = _Comparing.__hash__


class RecordingMarkup(_Text, Markup):
    """HTML that has values of the row in it."""

    def __new__(cls, recorder: Recorder, expression: int) -> Self:
        self = str.__new__(cls, mark(expression))
        self.recorder, self.expression = recorder, expression
        return self

    __hash__ = _Comparing.__hash__

    def __html__(self) -> RecordingMarkup:
        return self


class RecordingScalar(_Comparing):
    """A number, a day, or any other value that prints as a text and is none."""

    def __init__(self, recorder: Recorder, expression: int) -> None:
        self.recorder, self.expression = recorder, expression

    __hash__ = _Comparing.__hash__

    def __str__(self) -> str:
        return mark(self.expression)

    def __index__(self) -> int:
        operator.index(self.recorder.actual(self.expression))
        return int(self.recorder.decide("value", self.expression))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self.recorder.attribute(self.expression, name)


class RecordingRecord:
    """A record of the row, such as a place; the row itself is one."""

    def __init__(self, recorder: Recorder, expression: int) -> None:
        self.__dict__["_recorder"], self.__dict__["_expression"] = recorder, expression

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self._recorder.field(self._expression, name)

    def __getitem__(self, key: Any) -> Any:
        return self._recorder.item(self._expression, key)

    def _refuse(self, *_: object) -> NoReturn:
        raise Refused("a whole record that is printed or compared")

    __repr__ = __hash__ = __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _refuse


class RecordingList:
    """A list or a tuple of the row. Loops run over it by item; uses that need more unroll it."""

    def __init__(self, recorder: Recorder, expression: int) -> None:
        self.recorder, self.expression = recorder, expression

    def unrolled(self) -> Any:
        """The list itself, with a recording value of each item."""
        # Not kept: it takes other decisions within the body of a loop than around it.
        return self.recorder.unrolled(self.expression)

    def __bool__(self) -> bool:
        return bool(self.recorder.decide("truth", self.expression))

    def __len__(self) -> int:
        return int(self.recorder.decide("length", self.expression))

    def __iter__(self) -> Iterator[Any]:
        return iter(self.unrolled())

    def __getitem__(self, key: Any) -> Any:
        return self.unrolled()[key]

    def __str__(self) -> str:
        return str(self.unrolled())

    def __repr__(self) -> str:
        return repr(self.unrolled())

    def __eq__(self, other: object) -> Any:
        return self.recorder.operate("eq", self, other)

    def __ne__(self, other: object) -> Any:
        return self.recorder.operate("ne", self, other)

    def __hash__(self) -> int:
        raise Refused("a list as a key")


def unrolled(value: Any) -> Any:
    """``value``, or the list that it stands for."""
    return value.unrolled() if isinstance(value, RecordingList) else value


YIELDING: tuple[type[Any], ...] = (Iterator, MappingView)
"""Types that may yield recording values, and cannot be asked for them twice."""


def _method(name: str) -> Callable[..., Any]:
    def method(self: Any, *given: Any, **named: Any) -> Any:
        return self.recorder.method(self, name, given, named)

    return method


for _name in dir(str):
    if not _name.startswith("_"):
        setattr(RecordingText, _name, _method(_name))
for _name in dir(Markup):
    if not _name.startswith("_"):
        setattr(RecordingMarkup, _name, _method(_name))


def is_recording(value: object) -> bool:
    """Whether ``value`` is a recording value, or a text with marks in it."""
    if isinstance(value, str):
        return str.__contains__(value, OPEN) or str.__contains__(value, CLOSE)
    return isinstance(value, (RecordingScalar, RecordingRecord))


def has_recording(value: object) -> bool:
    """Whether a recording value stands, or may stand, anywhere within ``value``."""
    value = unrolled(value)
    if isinstance(value, (list, tuple, set, frozenset)):
        return any(map(has_recording, value))
    if isinstance(value, dict):
        return any(has_recording(key) or has_recording(item) for key, item in value.items())
    if isinstance(value, slice):
        return any(map(has_recording, (value.start, value.stop, value.step)))
    return is_recording(value) or isinstance(value, (*YIELDING, TemplateModule))


def has_record(value: object) -> bool:
    """Whether a recorded record stands anywhere within ``value``."""
    value = unrolled(value)
    if isinstance(value, (list, tuple, set, frozenset)):
        return any(map(has_record, value))
    if isinstance(value, dict):
        return any(map(has_record, value.values()))
    return isinstance(value, RecordingRecord)
