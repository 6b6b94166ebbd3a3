"""Rows of one file of data, as they are loaded and as rules read them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
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


class Columns(Struct, frozen=True, dict=True):
    """The whole rows of the file ``shown`` by column: as many cells in each column as there are ``lines``.

    A row is known by its number, counted from zero; ``lines`` says where each starts. ``ragged`` rows, with too many
    or too few cells, are in no column.
    """

    shown: str
    lines: Sequence[int]
    cells: Mapping[str, Sequence[str]]
    ragged: tuple[Row, ...] = ()

    @classmethod
    def of(cls, shown: str, rows: Sequence[Row]) -> Columns:
        names = rows[0].cells if rows else ()
        return cls(shown, [row.line for row in rows], {name: [row.cells[name] for row in rows] for name in names})

    def rows(self) -> list[Row]:
        """Every row, ragged ones too, in the order of the file."""
        return sorted((*map(self.row, range(len(self.lines))), *self.ragged), key=lambda row: row.line)

    def row(self, number: int) -> Row:
        return Row(self.shown, self.lines[number], {name: cells[number] for name, cells in self.cells.items()})

    def where(self, number: int, column: str | None = None) -> str:
        return Row(self.shown, self.lines[number], {}).where(column)

    def texts(self, column: str) -> Collection[str]:
        """The different texts of the column, most of which are many times fewer than its cells."""
        if column not in self._texts:
            self._texts[column] = dict.fromkeys(self.cells[column])
        return self._texts[column]

    @cached_property
    def _texts(self) -> dict[str, Collection[str]]:
        return {}

    def holding(self, wanted: Mapping[str, Collection[str]]) -> list[tuple[int, str]]:
        """Number and column, row by row, of the cells whose text is among those ``wanted`` of their column."""
        found = [
            (number, position, column)
            for position, (column, texts) in enumerate(wanted.items())
            if texts
            for number, text in enumerate(self.cells[column])
            if text in texts
        ]
        return [(number, column) for number, _, column in sorted(found)]


class Cell(NamedTuple):
    """A cell and its place."""

    where: str
    text: str


class Rows(Struct, frozen=True, dict=True):
    """The whole rows of a file as rules read them; ``kinds`` has the columns that pages may show, and their types.

    ``of`` says what the file is: a table of the marketer's own, the places of a country, or the overrides of places.
    ``faults`` kept the loader from reading it all, each with the id of the rule that it breaks.

    A rule asks whole columns, of which each text counts once however many cells hold it, and looks at single rows
    only where an answer shows that there is a fault to find.
    """

    columns: Columns
    of: Literal["table", "places", "overrides"]
    kinds: Mapping[str, ColumnType]
    faults: tuple[Finding, ...] = ()

    @property
    def shown(self) -> str:
        return self.columns.shown

    def told(self, rule: str) -> Iterator[Finding]:
        """The loader's findings against the rule of that id."""
        return (fault for fault in self.faults if fault.rule == rule)

    def holding(self, texts: Collection[str], columns: Iterable[str]) -> Iterator[Cell]:
        """The cells of ``columns`` that hold one of ``texts``, row by row."""
        for number, column in self.columns.holding(dict.fromkeys(columns, texts)):
            yield Cell(self.columns.where(number, column), self.columns.cells[column][number])

    def filled(self, kind: ColumnType) -> Iterator[Cell]:
        """The cells of the columns of that kind that are not empty."""
        return self.holding(self._texts(kind)[0], self._of(kind))

    def matching(self, pattern: Pattern[str], *kinds: ColumnType) -> Iterator[tuple[Cell, Match[str]]]:
        """The cells of the columns of those kinds in which ``pattern`` is found, with its first match in each.

        ``^`` and ``$`` must mean any line (re.MULTILINE), and no lookaround ask for more than a line break beside the
        cell: the pattern is looked for in all texts at once, which takes no time where it is not found.
        """
        for kind in kinds or (_TEXT,):
            texts, joined = self._texts(kind)
            if pattern.search(joined):
                # A match that reaches from one line into the next is in neither of the two.
                found = {text: match for text in texts if (match := pattern.search(text))}
                yield from ((cell, found[cell.text]) for cell in self.holding(found, self._of(kind)))

    def _of(self, kind: ColumnType) -> list[str]:
        return [column for column, of in self.kinds.items() if of == kind]

    def _texts(self, kind: ColumnType) -> tuple[Collection[str], str]:
        """The different texts of all cells of that kind but empty ones, and the same with a line for each."""
        if kind not in self._by_kind:
            texts = {text: None for column in self._of(kind) for text in self.columns.texts(column) if text}
            self._by_kind[kind] = texts, "\n".join(texts)
        return self._by_kind[kind]

    @cached_property
    def _by_kind(self) -> dict[str, tuple[Collection[str], str]]:
        return {}

    def digest(self) -> bytes:
        """The digest of all that a rule may read."""
        columns = self.columns
        about = repr((self.shown, self.of, [*self.kinds.items()], self.faults, [*columns.cells], columns.lines))
        found = blake2b(about.encode(), digest_size=16)
        for cells in columns.cells.values():
            found.update(b"\n")
            found.update("\x1f".join(cells).encode("utf-8", "surrogatepass"))
        return found.digest()


class Rulebook(Struct, frozen=True):
    """The rules, as far as loading a site needs them: their ``names``, and findings of those ``of_rows`` on a file."""

    names: Callable[[], Collection[str]]
    of_rows: Callable[[], Collection[str]]
    read: Callable[[Rows], Sequence[Finding]]
