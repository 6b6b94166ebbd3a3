"""How hypothesis looks for examples, afresh on a desk and alike in CI; and where the sites of tests stand."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import forks

# No deadline: how long an example takes says more about the machine than about the code.
settings.register_profile("default", deadline=None, print_blob=True)
settings.register_profile(
    "ci", deadline=None, print_blob=True, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci" if os.environ.get("CI") else "default")

MEMORY = Path("/dev/shm")
"""Where Linux keeps files in memory."""

ROOM = 4 * 2**30
"""Bytes that must be free there: three times what all tests together leave behind."""

PREFIX = "tests-of-pages-"


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Let tests write to memory where there is room: a disk costs the suite a tenth of its processor time.

    The folder goes at the end of the run; ``--basetemp=FOLDER`` keeps what tests write, there. The processes of
    xdist are given a folder inside.
    """
    config.add_cleanup(forks.stop)
    if config.option.basetemp is None and _is_fit(MEMORY):
        import fcntl

        for old in MEMORY.glob(f"{PREFIX}*"):
            with suppress(OSError):
                # The system lets go of the lock of a run that was killed.
                lock = os.open(old, os.O_RDONLY)
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _remove(old)
        base = Path(tempfile.mkdtemp(prefix=PREFIX, dir=MEMORY))
        fcntl.flock(os.open(base, os.O_RDONLY), fcntl.LOCK_EX)
        config.option.basetemp = str(base / "tests")
        config.add_cleanup(lambda: _remove(base))


def _is_fit(folder: Path) -> bool:
    """Whether a test may write and run programs there, and has the room."""
    try:
        found = os.statvfs(folder)
    except (OSError, AttributeError):
        return False
    may_run = not found.f_flag & os.ST_NOEXEC
    return may_run and os.access(folder, os.W_OK | os.X_OK) and shutil.disk_usage(folder).free >= ROOM


def _remove(folder: Path) -> None:
    # With Python it would take several seconds.
    subprocess.run(["rm", "-rf", folder], check=False)
