"""Columns of a block with values that no row knows by itself, such as a page's date, beside those that all share."""

from __future__ import annotations

from typing import Any

from generator.tracing.columns import Columns
from generator.tracing.expressions import Expressions, operands


class GivenColumns(Columns):
    """The columns of ``base`` with ``given`` ones; what depends on none of these is evaluated in ``base``."""

    def __init__(
        self, expressions: Expressions, base: Columns, given: dict[int, list[Any]], depends: dict[int, bool]
    ) -> None:
        """``depends`` has the findings so far of which expressions depend on given ones."""
        super().__init__(expressions, base.rows)
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
            row = self.expressions.rows[number]
            found = row[0] == "given" or any(self._is_given(operand) for operand in operands(row))
            self._depends[number] = found
        return found
