"""Runs everything in this process, one item after another."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable

from generator.executors.executor import ItemT, ResultT, StateT


class InlineExecutor:
    def map(
        self,
        setup: Callable[[], StateT],
        work: Callable[[StateT, ItemT], ResultT],
        items: Iterable[ItemT],
    ) -> Generator[ResultT, None, None]:
        state = setup()
        for item in items:
            yield work(state, item)
