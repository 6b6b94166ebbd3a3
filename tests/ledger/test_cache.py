"""What took long to find is kept as long as it holds."""

from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec
import pytest

from generator.ledger.cache import Cache, Packed
from generator.ledger.store import open_ledger


def build(folder: Path, answer: str, made_of: bytes = b"files", code: str = "code", is_stored: bool = True) -> str:
    """One build that finds ``answer`` if it has to look for it."""
    with open_ledger(folder / "ledger.sqlite") as ledger:
        cache = Cache(ledger, code)
        found = cache.recall("answers", made_of, lambda: answer, msgspec.msgpack.encode, decode)
        if is_stored:
            ledger.begin(knows_all=True, leaving=[])
            cache.store()
        return found


def decode(packed: bytes) -> str:
    return msgspec.msgpack.decode(packed, type=str)


def test_a_result_is_found_once(tmp_path: Path) -> None:
    assert build(tmp_path, "first") == "first"
    assert build(tmp_path, "second") == "first"


@pytest.mark.parametrize("change", [{"made_of": b"other files"}, {"code": "other code"}], ids=["files", "code"])
def test_a_result_is_found_again_when_what_it_was_made_of_changes(tmp_path: Path, change: dict[str, str]) -> None:
    build(tmp_path, "first")
    assert build(tmp_path, "second", **change) == "second"  # type: ignore[arg-type]
    assert build(tmp_path, "third", **change) == "second"  # type: ignore[arg-type]


def test_a_build_that_stops_keeps_nothing(tmp_path: Path) -> None:
    build(tmp_path, "first", is_stored=False)
    assert build(tmp_path, "second") == "second"


@pytest.mark.parametrize("damage", [b"", b"\xc1", b"\x01"], ids=["empty", "no MessagePack", "a number"])
def test_a_result_that_somebody_has_damaged_is_found_again(tmp_path: Path, damage: bytes) -> None:
    build(tmp_path, "first")
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        cache = Cache(ledger, "code")
        cache.recall("answers", b"damaged", lambda: "", lambda _: damage, decode)
        cache.store()
    assert build(tmp_path, "second", made_of=b"damaged") == "second"


def test_without_a_ledger_everything_is_found_each_time() -> None:
    answers = iter(["first", "second"])
    make: Callable[[], str] = lambda: next(answers)  # noqa: E731
    cache = Cache()
    found = [cache.recall("answers", b"", make, msgspec.msgpack.encode, decode) for _ in range(2)]
    cache.store()
    assert found == ["first", "second"]


def test_what_nobody_asks_for_any_more_is_dropped(tmp_path: Path) -> None:
    build(tmp_path, "first")
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        cache = Cache(ledger, "code")
        cache.recall("others", b"", lambda: "other", msgspec.msgpack.encode, decode)
        cache.store()
    assert build(tmp_path, "second", is_stored=False) == "second"


def found_elsewhere(answer: str, made_of: bytes = b"files") -> Mapping[str, Packed]:
    cache = Cache(code="code")
    cache.recall("answers", made_of, lambda: answer, msgspec.msgpack.encode, decode)
    return cache.take()


@pytest.mark.parametrize(
    ("coming", "answer"),
    [
        ([{"others": ("", b"")}, found_elsewhere("elsewhere")], "elsewhere"),
        ([found_elsewhere("elsewhere", b"other files")], "here"),
        ([], "here"),
    ],
    ids=["found", "found of files that have changed since", "given up"],
)
def test_a_result_that_is_found_elsewhere_is_waited_for_and_kept(
    tmp_path: Path, coming: list[Mapping[str, Packed]], answer: str
) -> None:
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        cache = Cache(ledger, "code")
        cache.expect(["answers"], iter(coming))
        assert not cache.holds("answers", b"files")
        assert cache.recall("answers", b"files", lambda: "here", msgspec.msgpack.encode, decode) == answer
        ledger.begin(knows_all=True, leaving=[])
        cache.store()
        assert cache.holds("answers", b"files")
    assert build(tmp_path, "later") == answer


def test_nobody_waits_for_a_result_that_is_not_being_found(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        cache, coming = Cache(ledger, "code"), iter([found_elsewhere("elsewhere")])
        cache.expect(["answers"], coming)
        assert cache.recall("others", b"", lambda: "here", msgspec.msgpack.encode, decode) == "here"
        assert len([*coming]) == 1
