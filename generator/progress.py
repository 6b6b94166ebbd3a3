"""Progress display: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

Advance = Callable[[int], None]


@contextmanager
def show_progress(what: str, total: int, stream: TextIO | None = None) -> Iterator[Advance]:
    """Yield a function that is told of each finished number of ``total`` pages."""
    stream = stream or sys.stderr
    if stream.isatty():
        with _bar(what, total, stream) as advance:
            yield advance
    else:
        yield _lines(what, total, stream)


def _lines(what: str, total: int, stream: TextIO) -> Advance:
    """A line for each quarter, so that a log shows life without filling up."""
    done = 0
    quarter = 0

    def advance(count: int) -> None:
        nonlocal done, quarter
        done += count
        reached = done * 4 // max(total, 1)
        if reached > quarter:
            quarter = reached
            print(f"{what}: {done:,} of {total:,} pages", file=stream, flush=True)

    return advance


@contextmanager
def _bar(what: str, total: int, stream: TextIO) -> Iterator[Advance]:
    # Imported here: rich costs a tenth of a second, which only a terminal is worth.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TextColumn("pages"), TimeRemainingColumn())
    # No refreshing thread: processes are forked while the bar is shown.
    with Progress(*columns, console=Console(file=stream), auto_refresh=False, transient=True) as progress:
        task = progress.add_task(what, total=total)

        def advance(count: int) -> None:
            progress.update(task, advance=count, refresh=True)

        yield advance
