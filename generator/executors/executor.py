"""Interface of every executor."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from generator.executors.schedule import Place

StateT = TypeVar("StateT")
StateT_co = TypeVar("StateT_co", covariant=True)
ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")


class Workers(Protocol[StateT_co]):
    """One or more processes, each with a state of its own, for one kind of work after another."""

    def map(
        self,
        work: Callable[[StateT_co, ItemT], ResultT],
        items: Iterable[ItemT],
        place: Callable[[ItemT], Place] | None = None,
    ) -> Generator[ResultT, None, None]:
        """Results of ``work(state, item)`` for each item, as they come; processes begin at once.

        Items of one place go to one process, also those of later work, unless another has nothing else to do.
        """
        ...


class Executor(Protocol):
    """Source of processes for work over items, in any order and anywhere; the results are the same.

    ``setup``, ``work``, the items and the results must be picklable; the state that ``setup`` makes, once a process,
    never travels.
    """

    def workers(self, setup: Callable[[], StateT]) -> AbstractContextManager[Workers[StateT]]:
        """Workers until the context ends, which also cancels work whose results were not asked for.

        A state that is a context manager is left then, too, where its process goes on.
        """
        ...

    def ahead(self, work: Callable[[], Iterable[ResultT]]) -> AbstractContextManager[Iterator[ResultT]]:
        """Results of ``work``, as they come from a process of its own that begins at once and ends with the context.

        Results stop when that process ends, for whatever reason, and there are none where no process can be spared: the
        caller must be able to do the work as well, and meets the same errors.
        """
        ...
