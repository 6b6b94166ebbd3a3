"""One build at a time for one output folder."""

from __future__ import annotations

import fcntl
import os
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
    descriptor = os.open(output, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            what = "another build is writing into this folder"
            raise SiteError([Finding(output.as_posix(), what, "Wait until it has ended, then run again.")]) from None
        yield
    finally:
        os.close(descriptor)
