"""What every executor does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

StateT = TypeVar("StateT")
ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")


class Executor(Protocol):
    """Runs work over items, in any order and anywhere; the results are the same."""

    def map(
        self,
        setup: Callable[[], StateT],
        work: Callable[[StateT, ItemT], ResultT],
        items: Iterable[ItemT],
    ) -> Iterator[ResultT]:
        """``work(state, item)`` for each item, as results come; ``setup`` makes the state, once a process.

        ``setup``, ``work``, the items and the results must be picklable; the state never travels.
        """
        ...
