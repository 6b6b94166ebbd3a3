"""Schedule of items over processes, in which items of one block stay together."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

ItemT = TypeVar("ItemT")

Place = tuple[Hashable, Hashable]
"""The place of an item: a lane, and a block of it. A process takes whole blocks, and stays in its lane if it can."""


class Schedule(Generic[ItemT]):
    """Items that wait for one of ``count`` processes, in order; ``homes`` are the processes of known places.

    Without ``place`` any process may take the next item.
    """

    def __init__(
        self,
        items: Iterable[ItemT],
        place: Callable[[ItemT], Place] | None,
        count: int,
        homes: dict[Place, int],
    ) -> None:
        self._anywhere = deque(() if place else items)
        self._waiting: dict[Place, deque[ItemT]] = {}
        if place:
            for item in items:
                self._waiting.setdefault(place(item), deque()).append(item)
        self._homes = homes
        self._current: list[Place | None] = [None] * count

    def take(self, process: int) -> tuple[ItemT] | None:
        """The next item of a process, in a tuple; None where nothing is left for it."""
        if self._anywhere:
            return (self._anywhere.popleft(),)
        if not self._waiting:
            return None
        current = self._current[process]
        if current not in self._waiting:
            current = self._current[process] = self._next(process)
            self._homes[current] = process
        block = self._waiting[current]
        item = block.popleft()
        if not block:
            del self._waiting[current]
        return (item,)

    def _next(self, process: int) -> Place:
        """The next block: one whose home the process is, else one of its lane, else of the least crowded lane."""
        current = self._current[process]
        busy = [other[0] for other in self._current if other]
        # Of several equal ones min gives the first.
        return min(
            self._waiting,
            key=lambda place: (
                self._homes.get(place, process) != process,
                place not in self._homes,
                current is None or place[0] != current[0],
                busy.count(place[0]),
            ),
        )
