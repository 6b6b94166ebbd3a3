"""Runs a command and says what it took: seconds, processor time, and memory of all its processes together."""

from __future__ import annotations

import os
import re
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.2
"""Seconds from one look at the memory to the next; a look at a large process costs some milliseconds."""

_PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of the clock and of processors; the largest sum of proportional set sizes that was seen, in bytes.

    ``output`` is what the command printed.
    """

    wall: float
    cpu: float
    memory: int
    output: str = ""


def measure(command: Sequence[str | Path], folder: Path, says_seconds: bool = False, is_watched: bool = True) -> Cost:
    """Run ``command`` in ``folder``; raises RuntimeError with what it said when it fails.

    One that ``says_seconds`` prints how long it took, without what it had to read first. Only where the run
    ``is_watched`` its memory is known, at some cost to its time.
    """
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        started = time.perf_counter()
        seen = [0]
        done = threading.Event()
        watching = threading.Thread(target=_watch, args=(process.pid, seen, done))
        if is_watched:
            watching.start()
        said = process.stdout.read() if process.stdout else b""
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        done.set()
        if is_watched:
            watching.join()
    if process.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}: {said.decode(errors='replace')[-2000:]}")
    printed = said.decode(errors="replace")
    return Cost(float(said) if says_seconds else wall, usage.ru_utime + usage.ru_stime, seen[0], printed)


def _watch(root: int, seen: list[int], done: threading.Event) -> None:
    while not done.wait(EVERY):
        seen[0] = max(seen[0], sum(map(_memory, _family(root))))


def _family(root: int) -> list[int]:
    """The process ``root`` and all that it began, as far as they live."""
    family = [root]
    for process in family:
        for task in Path(f"/proc/{process}/task").glob("*/children"):
            try:
                family += map(int, task.read_text("ascii").split())
            except OSError:
                continue
    return family


def _memory(process: int) -> int:
    try:
        found = _PSS.search(Path(f"/proc/{process}/smaps_rollup").read_text("ascii"))
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0


def settle(seconds: float = 3.0, patience: float = 120.0) -> None:
    """Wait until what was written lies on the disk, and the machine has been idle for ``seconds``."""
    os.sync()
    until = time.monotonic() + patience
    idle_since = time.monotonic()
    before = _busy()
    while time.monotonic() < until and time.monotonic() - idle_since < seconds:
        time.sleep(0.25)
        now = _busy()
        if now - before > 0.05:
            idle_since = time.monotonic()
        before = now


def _busy() -> float:
    """Seconds that processors have worked or waited for the disk since the machine began."""
    user, nice, system, _, waiting, *_ = map(int, Path("/proc/stat").read_text("ascii").split("\n")[0].split()[1:])
    return (user + nice + system + waiting) / os.sysconf("SC_CLK_TCK")
