"""Evaluates expressions for all rows of a block at once, by column, each expression once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import repeat
from math import isnan
from typing import Any

from markupsafe import Markup

from generator.tracing.expressions import PASSAGE, Expressions


class Failed:
    """What an expression yields for a row for which it raises. No group of rows reads it: a guard goes before."""


FAILED = Failed()

UNUSUAL = "unusual"
"""The kind of numbers of which two that are one need not be equal, or that Python may not print."""

_LARGE = 2**63

Rows = Sequence[int] | None
"""Numbers of rows of a block; None stands for all of them."""


class Columns:
    """The rows of one block, and the columns that were asked of them."""

    def __init__(self, expressions: Expressions, rows: Sequence[object]) -> None:
        self.rows = rows
        self._expressions = expressions
        self._columns: dict[int, list[Any]] = {}
        self._given: dict[int, list[Any]] = {}
        self._encoded: dict[int, list[bytes]] = {}
        self._groups: list[Rows] = [None]
        self._splits: dict[tuple[int, int], list[tuple[Any, int]]] = {}
        self._operations: Mapping[str, Callable[..., list[Any]]] = {
            "row": lambda: list(self.rows),
            PASSAGE: lambda _: [""] * len(self.rows),
            "get": self._get,
            "item": lambda e, key: self._map(lambda value: value[key], e),
            "has": lambda e, key: self._map(lambda value: _has(value, key), e),
            "kind": lambda e: list(map(_kind, self.column(e))),
            "truth": lambda e: self._map(bool, e),
            "value": self.column,
            "length": lambda e: self._map(len, e),
            "plain": lambda e: list(map(str.__str__, self.texts(e))),
            "fill": self._fill,
            "letters": lambda function, e: self._map(self._expressions.constants[function], e),
            "call": self._call,
            "columns": lambda function, *given: self._expressions.constants[function](self, *given),
        }

    def only(self, row: int) -> Columns:
        """The block of that row alone."""
        found = Columns(self._expressions, [self.rows[row]])
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
            operation, *given = self._expressions.rows[number]
            found = self._columns[number] = self._operations[operation](*given)
        return found

    def texts(self, number: int) -> list[str]:
        """The same as text; empty where it cannot be printed."""
        column = self.column(number)
        try:
            return [value if isinstance(value, str) else str(value) for value in column]
        # As in _map: rows that no group has may hold anything.
        except Exception:  # noqa: BLE001
            return [value if isinstance(value, str) else _printed(value) for value in column]

    def encoded(self, number: int) -> list[bytes]:
        """The same as bytes of a UTF-8 file; what UTF-8 cannot hold becomes a character reference."""
        found = self._encoded.get(number)
        if found is None:
            values = self.texts(number)
            found = self._encoded[number] = [value.encode("utf-8", "xmlcharrefreplace") for value in values]
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
        rows, column = self._groups[group], self.column(number)
        values = column if rows is None else [column[row] for row in rows]
        if values.count(values[0]) == len(values):
            found = [(values[0], group)]
        else:
            parts: dict[Any, list[int]] = {}
            for row, value in zip(range(len(values)) if rows is None else rows, map(settled, values), strict=True):
                parts.setdefault(value, []).append(row)
            found = []
            for value, part in parts.items():
                found.append((value, len(self._groups)))
                self._groups.append(part)
        self._splits[group, number] = found
        return found

    def _map(self, function: Callable[[Any], Any], number: int) -> list[Any]:
        column = self.column(number)
        try:
            return [function(value) for value in column]
        # What one row raises must not cost the others; which it was is asked again when its page is made by itself.
        except Exception:  # noqa: BLE001
            return [_attempt(function, value) for value in column]

    def _get(self, number: int, name: str) -> list[Any]:
        column = self.column(number)
        try:
            return [getattr(value, name) for value in column]
        except AttributeError:
            return [getattr(value, name, FAILED) for value in column]

    def _fill(self, is_markup: bool, *parts: str | int) -> list[Any]:
        columns: list[Iterable[str]] = [
            repeat(part, len(self.rows)) if isinstance(part, str) else self.texts(part) for part in parts
        ]
        texts = map("".join, zip(*columns, strict=True)) if columns else repeat("", len(self.rows))
        return [Markup(text) for text in texts] if is_markup else list(texts)  # noqa: S704 - made of HTML

    def _call(self, function: int, given: tuple[Any, ...], named: tuple[tuple[str, Any], ...] = ()) -> list[Any]:
        """A function of arguments as ``Recorder.argument`` writes them."""
        call = self._expressions.constants[function]
        if len(given) == 1 and given[0][0] == "e" and not named:
            return self._map(call, given[0][1])

        def run(row: int) -> Any:
            found = [self._argument(argument, row) for argument in given]
            if FAILED in found:
                return FAILED
            return call(*found, **{name: self._argument(argument, row) for name, argument in named})

        return [_attempt(run, row) for row in range(len(self.rows))]

    def _argument(self, argument: tuple[Any, ...], row: int) -> Any:
        kind, *rest = argument
        if kind == "e":
            return self.column(rest[0])[row]
        if kind == "o":
            return self._expressions.constants[rest[0]]
        if kind in ("list", "tuple"):
            found = [self._argument(item, row) for item in rest]
            return found if kind == "list" else tuple(found)
        if kind == "dict":
            return {self._argument(key, row): self._argument(value, row) for key, value in rest}
        return slice(*(self._argument(item, row) for item in rest))


def settled(value: Any) -> Any:
    """``value`` as the outcome of a decision; FAILED if nothing can be told from it."""
    try:
        hash(value)
    except TypeError:
        return FAILED
    return value


def _kind(value: Any) -> str:
    kind = type(value)
    if kind is float or kind is Decimal:
        return UNUSUAL if isnan(value) else kind.__name__
    if kind is int:
        return kind.__name__ if -_LARGE < value < _LARGE else UNUSUAL
    return f"{kind.__module__}.{kind.__qualname__}"


def _attempt(function: Callable[[Any], Any], value: Any) -> Any:
    if value is FAILED:
        return FAILED
    try:
        return function(value)
    # Any exception of any filter: see Columns._map.
    except Exception:  # noqa: BLE001
        return FAILED


def _printed(value: Any) -> str:
    try:
        return str(value)
    except Exception:  # noqa: BLE001
        return ""


def _has(value: Any, key: object) -> bool:
    try:
        value[key]
    except (TypeError, LookupError):
        return False
    return True
