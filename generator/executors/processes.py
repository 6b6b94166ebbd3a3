"""Runs items on several processes of this machine."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent import futures
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from itertools import islice
from multiprocessing.connection import Connection, wait
from typing import Any, Generic

from generator.errors import Finding, SiteError
from generator.executors.executor import ItemT, ResultT, StateT, Workers

START = "fork" if sys.platform == "linux" else "spawn"
"""Forking hands the plan over without pickling it; only on Linux is it safe, before threads exist."""

_AHEAD = 3
"""Items handed out per process, so that none waits for the next."""

# The one place that a worker process can keep what its items share: set once, before its first item.
_state: list[Any] = []


class _PoolWorkers(Generic[StateT]):
    def __init__(self, pool: ProcessPoolExecutor, ahead: int) -> None:
        self._pool = pool
        self._ahead = ahead

    def map(self, work: Callable[[StateT, ItemT], ResultT], items: Iterable[ItemT]) -> Generator[ResultT, None, None]:
        waiting = iter(items)
        begun = self._begin(work, islice(waiting, self._ahead))
        return self._results(work, begun, waiting)

    def _begin(self, work: Callable[[StateT, ItemT], ResultT], items: Iterable[ItemT]) -> set[Future[ResultT]]:
        return {self._pool.submit(_run, work, item) for item in items}

    def _results(
        self, work: Callable[[StateT, ItemT], ResultT], running: set[Future[ResultT]], waiting: Iterator[ItemT]
    ) -> Generator[ResultT, None, None]:
        while running:
            finished, running = futures.wait(running, return_when=futures.FIRST_COMPLETED)
            running |= self._begin(work, islice(waiting, len(finished)))
            # Results are let go as soon as they are handed over, so that memory does not grow with their number.
            while finished:
                yield finished.pop().result()


class ProcessesExecutor:
    """A pool of ``jobs`` processes, begun as ``start`` says (a start method of multiprocessing)."""

    def __init__(self, jobs: int, start: str = START) -> None:
        self._jobs = jobs
        self._start = start

    @contextmanager
    def workers(self, setup: Callable[[], StateT]) -> Iterator[Workers[StateT]]:
        context = multiprocessing.get_context(self._start)
        pool = ProcessPoolExecutor(self._jobs, mp_context=context, initializer=_start, initargs=(setup,))
        try:
            yield _PoolWorkers(pool, _AHEAD * self._jobs)
        except BrokenProcessPool:
            raise SiteError(
                [
                    Finding(
                        "build",
                        "the system ended one of the build's processes, most likely for lack of memory",
                        "Close other programs, or build with --jobs 1; what is written already is kept.",
                    )
                ]
            ) from None
        finally:
            # Also when the user interrupts: the batches that run are finished, the others never start. A second
            # Ctrl-C would only leave them without anyone to wait for them.
            with _uninterrupted():
                pool.shutdown(wait=True, cancel_futures=True)

    @contextmanager
    def ahead(self, work: Callable[[], Iterable[ResultT]]) -> Iterator[Iterator[ResultT]]:
        if self._start != "fork" or self._jobs < 2:
            yield iter(())
            return
        # Not a pool, whose threads would be there when the next processes are forked.
        context = multiprocessing.get_context("fork")
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_send, args=(work, sender, receiver), daemon=True)
        process.start()
        sender.close()
        try:
            yield _received(receiver)
        finally:
            with _uninterrupted():
                process.kill()
                process.join()
                receiver.close()


def _send(work: Callable[[], Iterable[Any]], sender: Connection, receiver: Connection) -> None:
    # Held open here, it would keep what is sent after the parent's end waiting for ever.
    receiver.close()
    _obey_parent()
    # Whatever goes wrong goes wrong once more for who waits, and is told there; a parent may also be gone.
    with suppress(Exception):
        for result in work():
            sender.send(result)


def _received(receiver: Connection) -> Iterator[Any]:
    with suppress(EOFError, OSError):
        while True:
            yield receiver.recv()


def _start(setup: Callable[[], Any]) -> None:
    _obey_parent()
    _state[:] = [setup()]


def _obey_parent() -> None:
    # Ctrl-C reaches every process of the terminal; only the parent decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A killed build must not go on writing behind the next one's back."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _run(work: Callable[[Any, Any], Any], item: Any) -> Any:
    return work(_state[0], item)
