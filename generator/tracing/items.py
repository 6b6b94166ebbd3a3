"""Columns of the items of lists: those of every row of a block, one item after another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from generator.tracing.columns import Columns
from generator.tracing.expressions import ITEMS


class Standing(Struct, frozen=True):
    """Where an item stands: the number of its row, its place in the list of that row, and how long the list is."""

    owner: int
    at: int
    length: int


STANDING: Mapping[str, Callable[[Standing], Any]] = {
    "index": lambda item: item.at + 1,
    "index0": lambda item: item.at,
    "revindex": lambda item: item.length - item.at,
    "revindex0": lambda item: item.length - item.at - 1,
    "first": lambda item: item.at == 0,
    "last": lambda item: item.at == item.length - 1,
    "length": lambda item: item.length,
}
"""Fields of Jinja's variable ``loop`` for an item, by their names there."""


class ItemColumns(Columns):
    """A block whose rows are the items of one list of each row of ``outer``, those of the first row first.

    ``root`` is the expression of the items. What does not depend on them is evaluated in ``outer``, and stands beside
    each item of its row. A block is a ``part`` where it does not have all items of the rows of ``outer``.
    """

    def __init__(
        self, outer: Columns, root: int, rows: Sequence[object], standings: Sequence[Standing], *, is_part: bool = False
    ) -> None:
        super().__init__(outer.expressions, rows)
        self.outer = outer
        self.standings = standings
        self._root = root
        self._is_part = is_part
        self._operations |= {
            ITEMS: lambda *_: list(self.rows),
            "standing": lambda _, name: list(map(STANDING[name], self.standings)),
        }

    def only(self, row: int) -> Columns:
        """The block of that item alone, which stands where it stood in its list."""
        if len(self.rows) == 1:
            return self
        standing = self.standings[row]
        alone = Standing(0, standing.at, standing.length)
        return ItemColumns(self.outer.only(standing.owner), self._root, [self.rows[row]], [alone], is_part=True)

    def column(self, number: int) -> list[Any]:
        found = self._columns.get(number)
        if found is not None:
            return found
        if self._root not in self.expressions.roots(number):
            values = self.outer.column(number)
            found = self._columns[number] = [values[standing.owner] for standing in self.standings]
            return found
        base = self.base_of(number)
        return super().column(number) if base is self else base.column(number)

    def base_of(self, number: int) -> Columns:
        base = self if self._is_part else self.outer.base_of(number)
        return self if base is self or base is self.outer else items_of(base, self._root)


def items_of(outer: Columns, root: int) -> ItemColumns:
    """The items that ``root`` is the expression of, which are those of a list of each row of ``outer``."""
    found: ItemColumns | None = outer.kept.get(root)
    if found is None:
        rows: list[object] = []
        standings: list[Standing] = []
        for owner, items in enumerate(outer.column(outer.expressions.rows[root][1])):
            if isinstance(items, (list, tuple)):
                rows += items
                standings += [Standing(owner, at, len(items)) for at in range(len(items))]
        found = outer.kept[root] = ItemColumns(outer, root, rows, standings)
    return found
