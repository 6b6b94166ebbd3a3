"""One build at a time for one output folder."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.errors import Finding, SiteError

LOCK_FILE = "build.lock"


@contextmanager
def exclusive(output: Path) -> Iterator[None]:
    """Hold ``output`` for this build; raises SiteError while another build does.

    The system gives the lock up with the process, so a killed build leaves nothing to clean up.
    """
    output.mkdir(parents=True, exist_ok=True)
    with (output / LOCK_FILE).open("w") as file:
        try:
            _lock(file.fileno())
        except OSError:
            what = "another build is writing into this folder"
            raise SiteError([Finding(output.as_posix(), what, "Wait until it has ended, then run again.")]) from None
        yield


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
