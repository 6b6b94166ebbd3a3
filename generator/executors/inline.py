"""Runs everything in this process, one item after another."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Generic

from generator.executors.executor import ItemT, ResultT, StateT, Workers
from generator.executors.schedule import Place


class _InlineWorkers(Generic[StateT]):
    def __init__(self, state: StateT) -> None:
        self._state = state

    def map(
        self,
        work: Callable[[StateT, ItemT], ResultT],
        items: Iterable[ItemT],
        place: Callable[[ItemT], Place] | None = None,  # noqa: ARG002
    ) -> Generator[ResultT, None, None]:
        for item in items:
            yield work(self._state, item)


class InlineExecutor:
    @contextmanager
    def workers(self, setup: Callable[[], StateT]) -> Iterator[Workers[StateT]]:
        with ExitStack() as ending:
            state = setup()
            if isinstance(state, AbstractContextManager):
                ending.push(state)
            yield _InlineWorkers(state)

    @contextmanager
    def ahead(self, work: Callable[[], Iterable[ResultT]]) -> Iterator[Iterator[ResultT]]:  # noqa: ARG002
        yield iter(())
