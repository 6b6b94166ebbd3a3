"""Runs items on several processes of this machine."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import Any, Generic

from msgspec import Struct

from generator.errors import Finding, SiteError
from generator.executors.executor import ItemT, ResultT, StateT, Workers
from generator.executors.schedule import Place, Schedule

START = "fork" if sys.platform == "linux" else "spawn"
"""Forking hands the plan over without pickling it; only on Linux is it safe, before threads exist."""

_AHEAD = 2
"""Items handed out per process, so that none waits for the next."""

_LOST = Finding(
    "build",
    "the system ended one of the build's processes, most likely for lack of memory",
    "Close other programs, or build with --jobs 1; what is written already is kept.",
)


class _Failed(Struct, frozen=True):
    """Result of an item whose work raised ``error``."""

    error: Exception


class _Processes(Generic[StateT]):
    """Processes that wait for work, and the connection to each."""

    def __init__(self, context: BaseContext, jobs: int, setup: Callable[[], StateT]) -> None:
        self._connections: list[Connection] = []
        self._processes: list[BaseProcess] = []
        self._homes: dict[Place, int] = {}
        for _ in range(jobs):
            ours, theirs = context.Pipe()
            # Its inherited copies of other connections would keep them open after their ends here are closed.
            args = (setup, theirs, [*self._connections, ours])
            process = context.Process(target=_serve, args=args)  # type: ignore[attr-defined]
            process.start()
            theirs.close()
            self._connections.append(ours)
            self._processes.append(process)

    def map(
        self,
        work: Callable[[StateT, ItemT], ResultT],
        items: Iterable[ItemT],
        place: Callable[[ItemT], Place] | None = None,
    ) -> Generator[ResultT, None, None]:
        waiting = Schedule(items, place, len(self._connections), self._homes)
        begun = [0] * len(self._connections)
        for _ in range(_AHEAD):
            for process in range(len(self._connections)):
                begun[process] += self._begin(process, work, waiting)
        return self._results(work, waiting, begun)

    def _begin(self, process: int, work: Callable[[StateT, ItemT], ResultT], waiting: Schedule[ItemT]) -> bool:
        """Hand the next item over to a process; whether there was one."""
        taken = waiting.take(process)
        if taken:
            try:
                self._connections[process].send((work, *taken))
            except OSError:
                raise SiteError([_LOST]) from None
        return taken is not None

    def _results(
        self, work: Callable[[StateT, ItemT], ResultT], waiting: Schedule[ItemT], begun: list[int]
    ) -> Generator[ResultT, None, None]:
        numbers: dict[Any, int] = {connection: process for process, connection in enumerate(self._connections)}
        while any(begun):
            for connection in wait([self._connections[process] for process, items in enumerate(begun) if items]):
                process = numbers[connection]
                try:
                    result = self._connections[process].recv()
                except (EOFError, OSError):
                    raise SiteError([_LOST]) from None
                begun[process] += self._begin(process, work, waiting) - 1
                if isinstance(result, _Failed):
                    raise result.error
                yield result

    def close(self) -> None:
        """Wait for the items that run; the others never start."""
        for connection in self._connections:
            connection.close()
        for process in self._processes:
            process.join()


class ProcessesExecutor:
    """``jobs`` processes, begun as ``start`` says (a start method of multiprocessing)."""

    def __init__(self, jobs: int, start: str = START) -> None:
        self._jobs = jobs
        self._start = start

    @contextmanager
    def workers(self, setup: Callable[[], StateT]) -> Iterator[Workers[StateT]]:
        processes = _Processes(multiprocessing.get_context(self._start), self._jobs, setup)
        try:
            yield processes
        finally:
            # Also when the user interrupts; a second Ctrl-C would only leave them without a parent that waits.
            with _uninterrupted():
                processes.close()

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
    # The caller then does the work itself and meets the same error, reported there; a parent may also be gone.
    with suppress(Exception):
        for result in work():
            sender.send(result)


def _received(receiver: Connection) -> Iterator[Any]:
    with suppress(EOFError, OSError):
        while True:
            yield receiver.recv()


def _serve(setup: Callable[[], Any], connection: Connection, others: Iterable[Connection]) -> None:
    """Work on items as they come, until the connection ends."""
    for other in others:
        other.close()
    _obey_parent()
    items: SimpleQueue[Any] = SimpleQueue()
    ended = threading.Event()
    threading.Thread(target=_receive, args=(connection, items, ended), daemon=True).start()
    state: list[Any] = []
    with suppress(OSError):  # The parent no longer waits for it.
        while (received := items.get()) and not ended.is_set():
            work, item = received
            try:
                state = state or [setup()]
                result = work(state[0], item)
            except Exception as error:  # noqa: BLE001 - it is raised again where the result is awaited
                result = _Failed(error)
            try:
                connection.send(result)
            except (TypeError, AttributeError, pickle.PicklingError) as error:
                connection.send(_Failed(TypeError(f"{result!r} cannot travel: {error}")))


def _receive(connection: Connection, items: SimpleQueue[Any], ended: threading.Event) -> None:
    """Receive items at once: the sender must never wait for a process that itself waits to send a result."""
    with suppress(EOFError, OSError):
        while True:
            items.put(connection.recv())
    ended.set()
    items.put(None)


def _obey_parent() -> None:
    # Ctrl-C reaches every process of the terminal; only the parent decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End with the parent: a killed build must not go on writing while the next one runs."""
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
