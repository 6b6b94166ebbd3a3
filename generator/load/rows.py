"""Rows of one file of data, as they are loaded and as rules read them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import blake2b
from re import Match, Pattern
from typing import Literal, NamedTuple

from msgspec import Struct

from generator.errors import Finding

ColumnType = Literal["text", "integer", "number", "boolean", "date", "url"]
_TEXT: ColumnType = "text"


class Row(Struct, frozen=True):
    """One row below the first line: cells by column name, and where the row starts.

    ``is_whole`` is false when the row has too many or too few cells. Its cells are then those that the
    columns' order gives, good enough to guess whose row it is and for nothing else.
    """

    shown: str
    line: int
    cells: dict[str, str]
    is_whole: bool = True

    def where(self, column: str | None = None) -> str:
        place = f"{self.shown}:{self.line}"
        return place if column is None else f"{place}, column {column}"


def row_of(where: str) -> str:
    """The file and line of a place that ``Row.where`` has named."""
    return where.partition(", column ")[0]


class Cell(NamedTuple):
    """A cell with its place."""

    row: Row
    column: str
    text: str

    @property
    def where(self) -> str:
        return self.row.where(self.column)


class Rows(Struct, frozen=True, dict=True):
    """The whole rows of the file ``shown``; ``columns`` are those that pages may show, with what their cells hold.

    ``of`` says what the file is: a table of the marketer's own, the places of a country, or the overrides of places.
    ``faults`` are what kept the loader from reading it all, each with the id of the rule that it breaks.
    """

    shown: str
    of: Literal["table", "places", "overrides"]
    rows: tuple[Row, ...]
    columns: Mapping[str, ColumnType]
    faults: tuple[Finding, ...] = ()

    def told(self, rule: str) -> Iterator[Finding]:
        """What the loader has found against the rule of that id."""
        return (fault for fault in self.faults if fault.rule == rule)

    def filled(self, kind: ColumnType) -> Sequence[Cell]:
        """The cells of the columns of that kind that are not empty."""
        return self._joined(kind)[1]

    def matching(self, pattern: Pattern[str], *kinds: ColumnType) -> Iterator[tuple[Cell, Match[str]]]:
        """The cells of the columns of those kinds in which ``pattern`` is found, with its first match in each.

        ``^`` and ``$`` must mean any line (re.MULTILINE), and no lookaround ask for more than a line break beside the
        cell: the pattern is looked for in all cells at once, which takes no time where it is not found.
        """
        for kind in kinds or (_TEXT,):
            starts, cells, text = self._joined(kind)
            position = 0
            while cells and (match := pattern.search(text, position)):
                number = bisect_right(starts, match.start()) - 1
                # What reached into the next cell is none of this one.
                if found := pattern.search(cells[number].text):
                    yield cells[number], found
                if number + 1 == len(starts):
                    break
                position = starts[number + 1]

    def _joined(self, kind: ColumnType) -> tuple[Sequence[int], Sequence[Cell], str]:
        """Every filled cell of that kind, a line each, and where each begins."""
        if kind not in self._by_kind:
            columns = [column for column, of in self.columns.items() if of == kind]
            cells = [Cell(row, column, text) for row in self.rows for column in columns if (text := row.cells[column])]
            starts, position = [], 0
            for cell in cells:
                starts.append(position)
                position += len(cell.text) + 1
            self._by_kind[kind] = starts, cells, "\n".join(cell.text for cell in cells)
        return self._by_kind[kind]

    @cached_property
    def _by_kind(self) -> dict[str, tuple[Sequence[int], Sequence[Cell], str]]:
        return {}

    def digest(self) -> bytes:
        """The digest of all that a rule may read."""
        header = [*self.rows[0].cells] if self.rows else []
        about = repr((self.shown, self.of, [*self.columns.items()], self.faults, header))
        found = blake2b(about.encode(), digest_size=16)
        for row in self.rows:
            found.update(f"\n{row.line}\x1f".encode())
            found.update("\x1f".join(row.cells.values()).encode("utf-8", "surrogatepass"))
        return found.digest()


class Rulebook(Struct, frozen=True):
    """The rules, as far as loading a site needs them: their ``names``, and what those ``of_rows`` say of a file."""

    names: Callable[[], Collection[str]]
    of_rows: Callable[[], Collection[str]]
    read: Callable[[Rows], Sequence[Finding]]
