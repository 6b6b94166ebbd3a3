"""Columns of a block with values that no row knows by itself, such as a page's date, beside those that all share."""

from __future__ import annotations

from typing import Any

from generator.tracing.columns import Columns
from generator.tracing.expressions import Expressions


class GivenColumns(Columns):
    """The columns of ``base`` with ``given`` ones; what depends on none of these is evaluated in ``base``."""

    def __init__(
        self, expressions: Expressions, base: Columns, given: dict[int, list[Any]], depends: dict[int, bool]
    ) -> None:
        """``depends`` is what was found so far of which expressions depend on given ones."""
        super().__init__(expressions, base.rows)
        self._table = expressions
        self._base = base
        self._depends = depends
        for number, values in given.items():
            self.give(number, values)

    def column(self, number: int) -> list[Any]:
        return super().column(number) if self._is_given(number) else self._base.column(number)

    def encoded(self, number: int) -> list[bytes]:
        return super().encoded(number) if self._is_given(number) else self._base.encoded(number)

    def base_of(self, number: int) -> Columns:
        """The columns in which an expression is evaluated: these, or those that all topics share."""
        return self if self._is_given(number) else self._base

    def _is_given(self, number: int) -> bool:
        found = self._depends.get(number)
        if found is None:
            row = self._table.rows[number]
            found = row[0] == "given" or any(self._is_given(operand) for operand in operands(row))
            self._depends[number] = found
        return found


def operands(row: tuple[Any, ...]) -> list[int]:
    """The numbers of the expressions of which one is made."""
    operation, *rest = row
    if operation == "fill":
        return [part for part in rest[1:] if isinstance(part, int)]
    if operation == "letters":
        return [rest[1]]
    if operation == "call":
        return [*_arguments(rest[1]), *_arguments([value for _, value in rest[2]])]
    if operation in ("row", "given", "passage", "columns"):
        return []
    return [rest[0]]


def _arguments(given: Any) -> list[int]:
    found: list[int] = []
    for argument in given:
        if isinstance(argument, tuple) and argument and argument[0] == "e":
            found.append(argument[1])
        elif isinstance(argument, tuple):
            found += _arguments(argument[1:])
    return found
