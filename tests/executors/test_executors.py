import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.errors import Finding, SiteError
from generator.executors.executor import Executor
from generator.executors.inline import InlineExecutor
from generator.executors.processes import ProcessesExecutor

EXECUTORS = pytest.mark.parametrize("executor", [InlineExecutor(), ProcessesExecutor(1), ProcessesExecutor(3)])


def ten() -> int:
    return 10


def times(state: int, item: int) -> int:
    return state * item


def fail(state: int, item: int) -> int:
    raise ValueError(f"item {item} of {state}")


def refuse(_state: int, item: int) -> int:
    raise SiteError([Finding(f"file {item}", "one thing is wrong", "Mend it."), Finding("b", "another is")])


def die(_state: int, _item: int) -> int:
    os._exit(9)


@EXECUTORS
def test_every_executor_gives_the_same_results(executor: Executor) -> None:
    assert sorted(executor.map(ten, times, range(50))) == [10 * item for item in range(50)]


@EXECUTORS
def test_an_error_in_the_work_reaches_the_caller(executor: Executor) -> None:
    with pytest.raises(ValueError, match="item 7 of 10"):
        list(executor.map(ten, fail, [7]))


@EXECUTORS
def test_what_is_wrong_with_a_site_arrives_finding_by_finding(executor: Executor) -> None:
    with pytest.raises(SiteError) as raised:
        list(executor.map(ten, refuse, [7]))
    assert [str(finding) for finding in raised.value.findings] == [
        "file 7: one thing is wrong. Mend it.",
        "b: another is.",
    ]


def test_a_process_that_the_system_ends_is_one_clear_line() -> None:
    with pytest.raises(SiteError) as raised:
        list(ProcessesExecutor(2).map(ten, die, [1, 2]))
    assert str(raised.value) == (
        "build: the system ended one of the build's processes, most likely for lack of memory. Close other programs,"
        " or build with --jobs 1; what is written already is kept."
    )


KILLED = """
import sys, time
from pathlib import Path
from generator.executors.processes import ProcessesExecutor

def nothing():
    return None

def touch(state, item):
    time.sleep(0.05)
    Path(sys.argv[1], str(item)).touch()

for _ in ProcessesExecutor(2).map(nothing, touch, range(2000)):
    pass
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the work is handed over by forking")
def test_the_processes_of_a_killed_build_write_nothing_after_it(tmp_path: Path) -> None:
    build = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)])
    while not any(tmp_path.iterdir()):
        time.sleep(0.05)
    build.kill()
    build.wait()
    time.sleep(0.5)
    written = set(tmp_path.iterdir())
    time.sleep(0.5)
    assert set(tmp_path.iterdir()) == written
