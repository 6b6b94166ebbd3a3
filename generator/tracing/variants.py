"""Variants of the pages of one template, as a tree of the decisions that choose among them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any, Generic, TypeVar

from msgspec import Struct

from generator.tracing.columns import Columns, Rows
from generator.tracing.expressions import PASSAGE, Expressions, Part, Refused
from generator.tracing.frame import Guard
from generator.tracing.recorder import Recorder, Run

T = TypeVar("T")

FEW = 50
WORTH = 10
"""How many rows plain Jinja makes while one is traced, roughly."""


class Unfollowed(Struct, frozen=True):
    """Pages that plain Jinja has to make, and why tracing does not: the template failed, or was refused."""

    error: Exception


class Segments(Struct, frozen=True):
    """Text with gaps: before each slot, which is the number of an expression, and after the last stands a constant."""

    constants: tuple[bytes, ...]
    slots: tuple[int, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """The constant texts and the slots, in order."""
        texts = [constant.decode() for constant in self.constants]
        found = [part for pair in zip(texts, self.slots, strict=False) for part in pair]
        return tuple([part for part in (*found, texts[-1]) if part != ""])

    def fill(self, columns: Columns, rows: Rows) -> Iterator[bytes]:
        """The whole text for each of ``rows``."""
        if not self.slots:
            return repeat(self.constants[0], len(columns.rows) if rows is None else len(rows))
        parts: list[Iterable[bytes]] = []
        for constant, slot in zip(self.constants, self.slots, strict=False):
            column = columns.encoded(slot)
            parts += (repeat(constant), column if rows is None else map(column.__getitem__, rows))
        return map(b"".join, zip(*parts, repeat(self.constants[-1]), strict=False))


def segments(expressions: Expressions, parts: tuple[Part, ...]) -> Segments:
    """A text as bytes of a UTF-8 file with gaps."""
    constants, slots = [b""], []
    for part in expressions.flattened(parts):
        if isinstance(part, int):
            if expressions.rows[part][0] == PASSAGE:
                continue
            slots.append(part)
            constants.append(b"")
        else:
            constants[-1] += part.encode("utf-8", "xmlcharrefreplace")
    return Segments(tuple(constants), tuple(slots))


class _Node(Generic[T]):
    """A decision, or, where none is left, the result for the pages that got here."""

    __slots__ = ("children", "expression", "found")

    def __init__(self) -> None:
        self.expression: int | None = None
        self.children: dict[Any, _Node[T]] = {}
        self.found: T | Unfollowed | None = None


class Variants(Generic[T]):
    """The results of ``trace`` for rows; it is called once for each variant, with the block of one row.

    ``trace`` begins a run of ``recorder`` and may raise anything: such rows are left to plain Jinja. So are rows of
    further variants, once those are so many that tracing costs more than it saves, and more than ``few``.
    """

    def __init__(self, recorder: Recorder, trace: Callable[[Columns], T], few: int = FEW, name: str = "") -> None:
        """``name`` is that of the run; none, where what it finds is not kept between builds."""
        self._recorder = recorder
        self._trace = trace
        self.run = Run(name or f"run {id(self)}", trace)
        self._few = few
        self._root: _Node[T] = _Node()
        self._rows = 0
        self.found: list[T | Unfollowed] = []
        self.kept: list[tuple[tuple[Guard, ...], T]] = []
        """The results that stand for rows, with the decisions that lead to each."""

    def assign(self, columns: Columns, group: int = 0) -> Iterator[tuple[T | Unfollowed, Rows]]:
        """The rows of a group by their results, in an order that only the rows decide."""
        rows = columns.members(group)
        count = len(columns.rows if rows is None else rows)
        self._rows += count
        waiting = [(self._root, group)] if count else []
        while waiting:
            node, group = waiting.pop()
            if node.found is None and node.expression is None:
                if len(self.found) > self._few + self._rows / WORTH:
                    yield Unfollowed(Refused("pages that stand in too many ways")), columns.members(group)
                    continue
                self._grow(node, _first(columns, group))
            if node.found is not None:
                yield node.found, columns.members(group)
                continue
            for outcome, part in columns.split(group, node.expression):  # type: ignore[arg-type]
                waiting.append((node.children.setdefault(outcome, _Node()), part))

    def _grow(self, node: _Node[T], row: Columns) -> None:
        """Trace ``row``, whose decisions lead to ``node``."""
        found, guards = self._traced(row)
        self.add(found, guards)
        if node.found is None and node.expression is None:
            node.found = Unfollowed(Refused("a template that does not decide the same each time"))
            self.found.append(node.found)

    def add(self, found: T | Unfollowed, guards: Sequence[Guard]) -> None:
        """Let ``found`` stand for the rows that decide as ``guards`` say."""
        self.found.append(found)
        end = self._root
        for expression, outcome in guards:
            if end.expression is None and end.found is None:
                end.expression = expression
            if end.expression != expression:
                break
            end = end.children.setdefault(outcome, _Node())
        else:
            if end.expression is None and end.found is None:
                end.found = found
                if not isinstance(found, Unfollowed):
                    self.kept.append((tuple(guards), found))

    def _traced(self, row: Columns) -> tuple[T | Unfollowed, list[Guard]]:
        """The result for ``row``, and the decisions that led there."""
        with self._recorder.running(self.run):
            try:
                return self._trace(row), self._recorder.guards
            # Any error of a template is raised by plain Jinja, too, which says where.
            except Exception as error:  # noqa: BLE001
                return Unfollowed(error), self._recorder.guards


def _first(columns: Columns, group: int) -> Columns:
    rows = columns.members(group)
    return columns.only(0 if rows is None else rows[0])
