import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.errors import Finding, SiteError
from generator.executors.executor import Executor
from generator.executors.inline import InlineExecutor
from generator.executors.processes import START, ProcessesExecutor

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


def results(executor: Executor, work: Callable[[int, Any], Any], items: Iterable[Any]) -> list[Any]:
    with executor.workers(ten) as workers:
        return list(workers.map(work, items))


@EXECUTORS
def test_every_executor_gives_the_same_results(executor: Executor) -> None:
    assert sorted(results(executor, times, range(50))) == [10 * item for item in range(50)]


@EXECUTORS
def test_an_error_in_the_work_reaches_the_caller(executor: Executor) -> None:
    with pytest.raises(ValueError, match="item 7 of 10"):
        results(executor, fail, [7])


@EXECUTORS
def test_what_is_wrong_with_a_site_arrives_finding_by_finding(executor: Executor) -> None:
    with pytest.raises(SiteError) as raised:
        results(executor, refuse, [7])
    assert [str(finding) for finding in raised.value.findings] == [
        "file 7: one thing is wrong. Mend it.",
        "b: another is.",
    ]


def test_a_process_that_the_system_ends_is_one_clear_line() -> None:
    with pytest.raises(SiteError) as raised:
        results(ProcessesExecutor(2), die, [1, 2])
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

with ProcessesExecutor(2).workers(nothing) as workers:
    list(workers.map(touch, range(2000)))
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


FORKED = pytest.mark.skipif(START != "fork", reason="the work is handed over by forking")


@FORKED
def test_results_of_work_ahead_come_one_by_one_from_another_process() -> None:
    with ProcessesExecutor(2).ahead(lambda: iter([os.getpid(), "x" * 1_000_000])) as coming:
        process, text = coming
    assert (process == os.getpid(), len(text)) == (False, 1_000_000)


@pytest.mark.parametrize("executor", [InlineExecutor(), ProcessesExecutor(1), ProcessesExecutor(2, "spawn")])
def test_where_no_process_can_be_spared_nothing_is_done_ahead(executor: Executor) -> None:
    with executor.ahead(lambda: iter([1])) as coming:
        assert list(coming) == []


def _one_and_an_error() -> Iterator[int]:
    yield 1
    raise SiteError([Finding("a", "is wrong")])


def _one_and_the_end() -> Iterator[int]:
    yield 1
    os.kill(os.getpid(), signal.SIGKILL)


@FORKED
@pytest.mark.parametrize("work", [_one_and_an_error, _one_and_the_end])
def test_work_ahead_that_fails_or_is_killed_gives_what_it_gave_before(
    work: Callable[[], Iterator[int]], capfd: pytest.CaptureFixture[str]
) -> None:
    with ProcessesExecutor(2).ahead(work) as coming:
        assert list(coming) == [1]
    assert capfd.readouterr() == ("", "")


@FORKED
def test_no_process_is_left_of_work_that_nobody_waits_for(tmp_path: Path) -> None:
    def work() -> Iterator[int]:
        (tmp_path / "process").write_text(str(os.getpid()))
        time.sleep(60)
        yield 1

    with ProcessesExecutor(2).ahead(work):
        while not (tmp_path / "process").exists() or not (tmp_path / "process").read_text():
            time.sleep(0.01)
    with pytest.raises(ProcessLookupError):  # A process that ended and was not waited for would still be there.
        os.kill(int((tmp_path / "process").read_text()), 0)


AHEAD = """
import os, sys, time
from pathlib import Path
from generator.executors.processes import ProcessesExecutor

def work():
    Path(sys.argv[1], str(os.getpid())).touch()
    while True:
        yield b"x" * 1_000_000

with ProcessesExecutor(2).ahead(work):
    time.sleep(60)
"""


@FORKED
def test_work_ahead_ends_with_a_build_that_is_killed_before_it_waits(tmp_path: Path) -> None:
    build = subprocess.Popen([sys.executable, "-c", AHEAD, str(tmp_path)])
    while not any(tmp_path.iterdir()):
        time.sleep(0.05)
    build.kill()
    build.wait()
    (process,) = (int(path.name) for path in tmp_path.iterdir())
    for _ in range(100):
        if not _is_running(process):
            return
        time.sleep(0.1)
    pytest.fail("the process is still running")


def _is_running(process: int) -> bool:
    try:
        # Whoever adopted it may not have waited for it yet.
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def where(_state: int, item: tuple[str, int]) -> tuple[tuple[str, int], int]:
    time.sleep(0.002)
    return item, os.getpid()


def lane_and_block(item: tuple[str, int]) -> tuple[str, int]:
    return item[0], item[1] // 10


def test_items_of_one_place_stay_with_one_process_also_in_later_work() -> None:
    items = [(lane, number) for number in range(80) for lane in ("en", "es")]
    with ProcessesExecutor(2).workers(ten) as workers:
        first = dict(workers.map(where, items, lane_and_block))
        second = dict(workers.map(where, items, lane_and_block))
    homes: dict[tuple[str, int], set[int]] = {}
    for item, process in first.items():
        homes.setdefault(lane_and_block(item), set()).add(process)
    # Who has nothing else to do takes over what would be another's.
    assert sum(len(processes) == 1 for processes in homes.values()) >= len(homes) - 2
    # Who has nothing else to do takes over what would be another's.
    assert sum(first[item] == second[item] for item in items) >= len(items) / 2
    lanes = {lane: {first[lane, number] for number in range(20)} for lane in ("en", "es")}
    assert lanes["en"].isdisjoint(lanes["es"])


def nothing_travels(_state: int, _item: int) -> object:
    return lambda: None


def test_a_result_that_cannot_travel_says_so() -> None:
    with pytest.raises(TypeError, match="cannot travel"):
        results(ProcessesExecutor(2), nothing_travels, [1])


def large(_state: int, item: bytes) -> bytes:
    return item * 2


def test_large_items_and_large_results_do_not_wait_for_each_other() -> None:
    items = [bytes([number]) * 3_000_000 for number in range(12)]
    assert sum(map(len, results(ProcessesExecutor(2), large, items))) == 2 * 12 * 3_000_000


def fail_to_begin() -> int:
    raise ValueError("nothing to begin with")


def test_a_state_that_cannot_be_made_is_an_error_of_the_first_item() -> None:
    with pytest.raises(ValueError, match="nothing to begin with"):  # noqa: SIM117
        with ProcessesExecutor(2).workers(fail_to_begin) as workers:
            list(workers.map(times, [1, 2, 3]))
