"""Marks the passages of a text that stand there because of values of the row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from generator.tracing.expressions import PASSAGE, Expressions, Part
from generator.tracing.recorder import Recorder
from generator.tracing.values import is_recording


class Passages:
    """Functions that the code of a text calls around its conditions: a branch is marked if its test made a decision."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    def functions(self) -> Mapping[str, Callable[..., Any]]:
        """The functions, by the names under which an environment offers them."""
        return {
            "passage_count": lambda: self._recorder.asked,
            "passage_edge": self._edge,
            "passage_chosen": self._chosen,
        }

    def _edge(self, edge: str, is_marked: bool) -> str:
        """At the "begin" and the "end" of a branch."""
        return self._recorder.passage(edge) if is_marked else ""

    def _chosen(self, before: int, value: Any) -> Any:
        """``value``, which a conditional expression gave whose test began when ``before`` decisions had been made."""
        if self._recorder.asked == before or not isinstance(value, str) or is_recording(value):
            return value
        return self.mark(value)

    def mark(self, text: str) -> str:
        """``text`` as a passage."""
        recorder = self._recorder
        edges = (recorder.passage("begin"), text, recorder.passage("end"))
        return recorder.join(edges, is_markup=True)


class Piece(Struct, frozen=True):
    """A part of a text, and whether all pages with that text have it."""

    part: Part
    is_shared: bool


def pieces(expressions: Expressions, parts: tuple[Part, ...]) -> Iterator[Piece]:
    """The parts of a text without the marks of passages; values, and texts in a passage, are not shared."""
    depth = 0
    for part in expressions.flattened(parts):
        if isinstance(part, int):
            row = expressions.rows[part]
            if row[0] == PASSAGE:
                depth += 1 if row[1] == "begin" else -1
                continue
            yield Piece(part, is_shared=False)
        else:
            yield Piece(part, is_shared=depth == 0)
