"""What every executor does."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
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
    ) -> Generator[ResultT, None, None]:
        """``work(state, item)`` for each item, as results come; ``setup`` makes the state, once a process.

        Where there are other processes, they begin at once; closing the generator ends what was not asked for.

        ``setup``, ``work``, the items and the results must be picklable; the state never travels.
        """
        ...
