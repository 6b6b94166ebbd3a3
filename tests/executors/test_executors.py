import os

import pytest

from generator.errors import SiteError
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


def die(_state: int, _item: int) -> int:
    os._exit(9)


@EXECUTORS
def test_every_executor_gives_the_same_results(executor: Executor) -> None:
    assert sorted(executor.map(ten, times, range(50))) == [10 * item for item in range(50)]


@EXECUTORS
def test_an_error_in_the_work_reaches_the_caller(executor: Executor) -> None:
    with pytest.raises(ValueError, match="item 7 of 10"):
        list(executor.map(ten, fail, [7]))


def test_a_process_that_the_system_ends_is_one_clear_line() -> None:
    with pytest.raises(SiteError) as raised:
        list(ProcessesExecutor(2).map(ten, die, [1, 2]))
    assert str(raised.value) == (
        "build: the system ended one of the build's processes, most likely for lack of memory. Close other programs,"
        " or build with --jobs 1; what is written already is kept."
    )
