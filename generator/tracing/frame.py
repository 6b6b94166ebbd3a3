"""State of a recorder's current run."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from generator.tracing.columns import Columns

Guard = tuple[int, Any]
"""An expression of which a decision was made, and its outcome on the page that was traced."""


class Frame(Struct):
    """A run: of the whole template, or of the body of a loop for one item of a recorded list.

    ``columns`` has its row or item alone, ``root`` is the expression of that, and ``loop`` the one whose body it is.
    """

    columns: Columns
    root: int
    known: set[int]
    """Expressions of which it is decided already."""
    unsaid: list[Guard]
    """Decisions since ``path``, the number of a constant, was noted: it leads to the last loop in this frame."""
    guards: list[Guard] = field(default_factory=list)
    unrolls: bool = False
    loop: Any = None
    path: int | None = None
    reads: tuple[int, ...] = ()
    """The expressions of the decisions on that path, and on those around it."""
    loops: int = 0
