"""Evaluates expressions for all rows of a block at once, by column, each expression once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from functools import partial
from itertools import islice, repeat
from math import isnan
from operator import attrgetter, is_, itemgetter
from typing import Any

from markupsafe import Markup

from generator.tracing.expressions import LOOP, PASSAGE, Expressions


class Failed:
    """The value of an expression for a row for which it raises. No group of rows reads it: a guard goes before."""


FAILED = Failed()

UNUSUAL = "unusual"
"""The kind of NaN, which does not equal itself, and of large integers, which Python may refuse to print."""

_NUMBERS = frozenset((int, float, Decimal))
_LARGE = 2**63

_TEXTS = frozenset((str, Markup))
_to_markup = partial(str.__new__, Markup)

Rows = Sequence[int] | None
"""Numbers of rows of a block; None stands for all of them."""


class Columns:
    """The rows of one block, and the columns that were asked of them."""

    def __init__(self, expressions: Expressions, rows: Sequence[object]) -> None:
        self.rows = rows
        self.expressions = expressions
        self._columns: dict[int, list[Any]] = {}
        self._given: dict[int, list[Any]] = {}
        self._encoded: dict[int, list[bytes]] = {}
        self.kept: dict[Any, Any] = {}
        """Results that callers keep about these rows, by keys of theirs."""
        self._groups: list[Rows] = [None]
        self._splits: dict[tuple[int, int], list[tuple[Any, int]]] = {}
        self._operations: dict[str, Callable[..., list[Any]]] = {
            "row": lambda: list(self.rows),
            PASSAGE: lambda _: [""] * len(self.rows),
            "get": lambda e, name: self._each(attrgetter(name), self.column(e)),
            "item": lambda e, key: self._each(itemgetter(key), self.column(e)),
            "has": lambda e, key: self._each(partial(_has, key), self.column(e)),
            "kind": lambda e: _kinds(self.column(e)),
            "truth": lambda e: self._each(bool, self.column(e)),
            "value": self.column,
            "length": lambda e: self._each(len, self.column(e)),
            "plain": lambda e: list(map(str.__str__, self.texts(e))),
            "fill": self._fill,
            "letters": self._letters,
            "call": self._call,
            "columns": lambda function, *given: self.expressions.constants[function](self, *given),
            LOOP: lambda loop, items, *_: self.expressions.constants[loop].texts(self, items),
            "follows": lambda e: [value is not FAILED for value in self.column(e)],
        }

    def only(self, row: int) -> Columns:
        """The block of that row alone."""
        if len(self.rows) == 1:
            return self
        found = Columns(self.expressions, [self.rows[row]])
        found._given = {number: [column[row]] for number, column in self._given.items()}
        found._columns = dict(found._given)
        return found

    def give(self, number: int, values: list[Any]) -> None:
        """State the values of an expression of the operation "given", which no row knows by itself."""
        self._given[number] = self._columns[number] = values

    def column(self, number: int) -> list[Any]:
        """The values of an expression, by row; FAILED where it raises."""
        found = self._columns.get(number)
        if found is None:
            operation, *given = self.expressions.rows[number]
            found = self._columns[number] = self._operations[operation](*given)
        return found

    def base_of(self, number: int) -> Columns:  # noqa: ARG002 - some share part of theirs with other blocks
        """The columns in which an expression is evaluated."""
        return self

    def texts(self, number: int) -> list[str]:
        """The same as text; empty where it cannot be printed."""
        column = self.column(number)
        if _TEXTS.issuperset(map(type, column)):
            return column
        try:
            return [value if isinstance(value, str) else str(value) for value in column]
        # Rows that no group has may hold anything.
        except Exception:  # noqa: BLE001
            return [value if isinstance(value, str) else _printed(value) for value in column]

    def encoded(self, number: int) -> list[bytes]:
        """The same as bytes of a UTF-8 file; what UTF-8 cannot hold becomes a character reference."""
        found = self._encoded.get(number)
        if found is None:
            operation, *given = self.expressions.rows[number]
            # Letters whose column was not asked for need not become texts first.
            joined = self._in_letters(*given) if operation == "letters" and number not in self._columns else None
            texts = self.texts(number) if joined is None else joined.split("\0")
            try:
                found = list(map(str.encode, texts))
            except UnicodeEncodeError:
                found = [text.encode("utf-8", "xmlcharrefreplace") for text in texts]
            self._encoded[number] = found
        return found

    def group(self, rows: Sequence[int]) -> int:
        """A group of these rows, in order."""
        self._groups.append(rows)
        return len(self._groups) - 1

    def members(self, group: int) -> Rows:
        """The rows of a group; 0 is that of all."""
        return self._groups[group]

    def split(self, group: int, number: int) -> list[tuple[Any, int]]:
        """The outcomes of an expression in a group of rows, each with the group of its rows, in order of first row."""
        found = self._splits.get((group, number))
        if found is not None:
            return found
        column, rows = self.column(number), self.members(group)
        if column.count(column[0]) == len(column):
            found = [(settled(column[0]), group)]
        else:
            parts: dict[Any, list[int]] = {}
            for row in range(len(column)) if rows is None else rows:
                parts.setdefault(settled(column[row]), []).append(row)
            found = [(value, group if len(parts) == 1 else self.group(part)) for value, part in parts.items()]
        self._splits[group, number] = found
        return found

    def _each(self, function: Callable[..., Any], *given: Iterable[Any]) -> list[Any]:
        """A function of each row's values, at least one of which is a column; FAILED where it raises."""
        if all(map(_is_constant, given)):
            # A value of a region is the same for all of its places.
            found = [FAILED]
            with suppress(Exception):
                found = [*islice(map(function, *given), 1)]
            return found * len(self.rows)
        found = []
        values = map(function, *given)
        while True:
            # An error of one row must not cost the others; it is raised again when the row's page is made by itself.
            with suppress(Exception):
                found.extend(values)
            if len(found) >= len(self.rows):
                return found
            found.append(FAILED)

    def _fill(self, is_markup: bool, *parts: str | int) -> list[Any]:
        columns: list[Iterable[str]] = [
            repeat(part, len(self.rows)) if isinstance(part, str) else self.texts(part) for part in parts
        ]
        texts = map("".join, zip(*columns, strict=True)) if columns else repeat("", len(self.rows))
        return list(map(_to_markup, texts)) if is_markup else list(texts)

    def _letters(self, function: int, number: int) -> list[Any]:
        """A function of each letter; all rows in one go, between letters that stand in none."""
        joined = self._in_letters(function, number)
        if joined is not None:
            return list(map(_to_markup, joined.split("\0")))
        call = self.expressions.constants[function]
        return self._each(lambda value: _to_markup(call(value)), self.column(number))

    def _in_letters(self, function: int, number: int) -> str | None:
        """All rows of what ``_letters`` gives, between "\0"; None where each must be looked at by itself."""
        call, column = self.expressions.constants[function], self.column(number)
        if {str}.issuperset(map(type, column)) and not _is_constant(column):
            with suppress(Exception):
                joined, edge = str(call("\0".join(column))), str(call("\0"))
                if joined.count(edge) == len(column) - 1:
                    return joined if edge == "\0" else joined.replace(edge, "\0")
        return None

    def _call(self, function: int, given: tuple[Any, ...], named: tuple[tuple[str, Any], ...] = ()) -> list[Any]:
        """A function of arguments as ``Recorder.argument`` writes them."""
        call = self.expressions.constants[function]
        columns = [self._argument(argument) for argument in given]
        if not named:
            return self._each(call, *columns)
        names, number = [name for name, _ in named], len(given)
        columns += [self._argument(argument) for _, argument in named]
        return self._each(lambda *row: call(*row[:number], **dict(zip(names, row[number:], strict=True))), *columns)

    def _argument(self, argument: tuple[Any, ...]) -> Iterable[Any]:
        """The values of an argument, by row."""
        kind, *rest = argument
        if kind == "e":
            return self.column(rest[0])
        if kind == "o":
            return repeat(self.expressions.constants[rest[0]], len(self.rows))
        if kind == "dict":
            keys, values = (
                self._argument(("list", *(key for key, _ in rest))),
                self._argument(("list", *(value for _, value in rest))),
            )
            return [dict(zip(*pair, strict=True)) for pair in zip(keys, values, strict=True)]
        if not rest:
            return [_MAKERS[kind](()) for _ in self.rows]
        return map(_MAKERS[kind], zip(*map(self._argument, rest), strict=True))


def _is_constant(values: Iterable[Any]) -> bool:
    """Whether all of ``values`` are one and the same object."""
    if isinstance(values, list):
        return len(values) > 1 and all(map(is_, values, repeat(values[0])))
    return isinstance(values, repeat)


_MAKERS: Mapping[str, Callable[[tuple[Any, ...]], Any]] = {
    "list": list,
    "tuple": tuple,
    "slice": lambda bounds: slice(*bounds),
}


def settled(value: Any) -> Any:
    """``value`` as the outcome of a decision; FAILED if nothing can be told from it."""
    try:
        hash(value)
    except TypeError:
        return FAILED
    return value


def _kinds(column: list[Any]) -> list[str]:
    """The kind of each value, which decides the recording value that stands for it."""
    names = {kind: f"{kind.__module__}.{kind.__qualname__}" for kind in set(map(type, column))}
    if names.keys() == {int} and min(column) > -_LARGE and max(column) < _LARGE:
        return [*names.values()] * len(column)
    if not names.keys().isdisjoint(_NUMBERS):
        return [UNUSUAL if _is_unusual(value) else names[type(value)] for value in column]
    return [*names.values()] * len(column) if len(names) == 1 else [names[type(value)] for value in column]


def _is_unusual(value: Any) -> bool:
    kind = type(value)
    return not -_LARGE < value < _LARGE if kind is int else kind in _NUMBERS and isnan(value)


def _printed(value: Any) -> str:
    try:
        return str(value)
    except Exception:  # noqa: BLE001
        return ""


def _has(key: object, value: Any) -> bool:
    try:
        value[key]
    except (TypeError, LookupError):
        return False
    return True
