"""Bars of a distribution, as labelled SVG."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from generator.commands.report.contents import Distribution

WIDTH, HEIGHT = 400, 150
"""The drawing's own units; it is as wide on the page as there is room."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 4, 4, 18, 22


class Bar(NamedTuple):
    """One bin: the position and height of its bar, its count, and its edges.

    ``last`` is empty where it also holds all larger values.
    """

    x: float
    y: float
    width: float
    height: float
    pages: int
    first: str
    last: str


def bars(shown: Distribution, spelled: Callable[[float], str], *, ends: bool) -> Iterator[Bar]:
    """The bars of ``shown``, its edges ``spelled``; ``ends`` where nothing can be more than the last edge."""
    if not shown.counts:
        return
    most = max(shown.counts)
    step = (WIDTH - _LEFT - _RIGHT) / len(shown.counts)
    room = HEIGHT - _TOP - _BOTTOM
    for number, count in enumerate(shown.counts):
        # A bin that holds anything can be seen.
        height = max(room * count / most, 1.5) if count else 0.0
        first = shown.first + number * shown.width
        is_open = number + 1 == len(shown.counts) and not ends
        yield Bar(
            x=round(_LEFT + number * step, 1),
            y=round(HEIGHT - _BOTTOM - height, 1),
            width=round(step * 0.86, 1),
            height=round(height, 1),
            pages=count,
            first=spelled(first),
            last="" if is_open else spelled(first + shown.width),
        )
