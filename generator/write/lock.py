"""One build at a time for one output folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.errors import Finding, SiteError


@contextmanager
def exclusive(output: Path) -> Iterator[None]:
    """Hold ``output`` for this build; raises SiteError while another build does.

    The system gives the lock up with the process, so a killed build leaves nothing to clean up.
    """
    output.mkdir(parents=True, exist_ok=True)
    descriptor = _open(output)
    try:
        try:
            _lock(descriptor)
        except OSError:
            what = "another build is writing into this folder"
            raise SiteError([Finding(output.as_posix(), what, "Wait until it has ended, then run again.")]) from None
        yield
    finally:
        os.close(descriptor)


def _open(output: Path) -> int:
    if sys.platform == "win32":
        # Windows cannot open a folder, so a file in it stands for it.
        return os.open(output / "build.lock", os.O_CREAT | os.O_RDWR)
    return os.open(output, os.O_RDONLY)


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
