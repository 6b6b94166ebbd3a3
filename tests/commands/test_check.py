"""``check`` looks at what is built, or at any folder of pages, and says what is wrong in words."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import cli, main
from generator.ledger.store import open_ledger
from tests.check.example_site import ExampleSite
from tests.sites import remembered, tree

PAGE = """<!doctype html><html lang="en"><head><title>{title}</title>
<link rel="canonical" href="https://shop.example.org{path}"></head><body><main><h1>{title}</h1>{text}</main></body></html>
"""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["check", "--executor", "inline", *map(str, arguments)])


def refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    """What is said when the command cannot be carried out."""
    monkeypatch.setattr("sys.argv", ["generator", "check", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    return capsys.readouterr().err


def foreign_tree(folder: Path, **pages: str) -> Path:
    """A tree that another program made: the text of each page by the name of its folder, ``home`` for the root."""
    for name, text in pages.items():
        path = "/" if name == "home" else f"/{name}/"
        file = folder / path[1:] / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(PAGE.format(title=name.title(), path=path, text=text), "utf-8")
    return folder


def test_a_sound_site_ends_well(example_site: ExampleSite) -> None:
    result = run("--site", example_site.folder, "--output", example_site.folder / "output")
    assert result.exit_code == 0, result.output
    assert "nothing is wrong" in result.stdout


def test_an_error_ends_with_status_one(example_site: ExampleSite, tmp_path: Path) -> None:
    shutil.copytree(example_site.folder, tmp_path / "copy")
    page = tmp_path / "copy" / "output" / "site" / "en-us" / "index.html"
    page.write_text(re.sub("<title>.*?</title>", "", page.read_text("utf-8")), "utf-8")
    result = run("--site", tmp_path / "copy", "--output", tmp_path / "copy" / "output", "--every-page")
    assert result.exit_code == 1
    assert "error: The page has no title. (title_missing, 1)" in result.stdout


def test_only_the_rules_asked_for_are_run(tmp_path: Path) -> None:
    folder = foreign_tree(tmp_path, home="<a href=/nowhere/>x</a>", alone="")
    assert "link_broken" not in run(folder, "--rule", "orphan").stdout
    assert "link_broken" in run(folder, "--rule", "orphan", "--rule", "link_broken").stdout


def test_a_tree_of_another_program_is_read_whole(tmp_path: Path) -> None:
    folder = foreign_tree(tmp_path, home="<a href=https://shop.example.org/shoes/>Shoes</a>", shoes="", hats="")
    report = json.loads(run(folder, "--format", "json").stdout)["trees"][0]
    assert (report["pages"], report["read"]) == (3, 3)
    orphans = [finding["where"] for finding in report["findings"] if finding["rule"] == "orphan"]
    assert orphans == ["/hats/"]


def test_several_trees_are_told_apart(tmp_path: Path) -> None:
    one, two = foreign_tree(tmp_path / "one", home=""), foreign_tree(tmp_path / "two", home="")
    report = json.loads(run(one, two, "--format", "json").stdout)
    assert [tree["tree"] for tree in report["trees"]] == [one.as_posix(), two.as_posix()]


def test_as_many_processes_as_you_like_find_the_same(tmp_path: Path) -> None:
    pages = {f"page{number}": "<a href=/lost/>x</a>" for number in range(250)}
    folder = foreign_tree(tmp_path, home="", **pages)
    several = CliRunner().invoke(
        cli, ["check", "--jobs", "2", "--executor", "processes", str(folder), "--format", "json"]
    )
    assert several.stdout == run(folder, "--format", "json").stdout


def test_nothing_is_changed(example_site: ExampleSite) -> None:
    before = tree(example_site.folder), remembered(example_site.folder)
    run("--site", example_site.folder, "--output", example_site.folder / "output")
    after = tree(example_site.folder), remembered(example_site.folder)
    # SQLite's log, which is empty, and its index of that are no part of the ledger.
    for files in (before[0], after[0]):
        files.pop("output/ledger.sqlite-shm", None)
        assert files.pop("output/ledger.sqlite-wal", b"") == b""
    assert after == before


def test_what_is_not_built_cannot_be_checked(
    example_site: ExampleSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(monkeypatch, capsys, "--site", example_site.folder, "--output", tmp_path)
    assert said == f"{tmp_path.as_posix()}/site: nothing is built here yet. Run make pages first.\n"


def test_a_ledger_of_a_build_that_recorded_nothing_is_as_good_as_none(
    example_site: ExampleSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(example_site.folder / "output" / "site", tmp_path / "site")
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.begin(True, [])
    for option in ("--jobs=1", "--every-page"):
        said = refused(monkeypatch, capsys, "--site", example_site.folder, "--output", tmp_path, option)
        assert said == f"{tmp_path.as_posix()}/site: nothing is built here yet. Run make pages first.\n"


def test_a_folder_without_pages_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(monkeypatch, capsys, tmp_path)
    what = "there is no HTML file in this folder. Name the folder of a built site."
    assert said == f"{tmp_path.as_posix()}: {what}\n"


def test_an_unknown_rule_is_corrected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(monkeypatch, capsys, foreign_tree(tmp_path, home=""), "--rule", "title_mising")
    assert said == '--rule title_mising: there is no such rule. Did you mean "title_missing"?\n'


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00\x00" * 50, b"<" * 5_000, "\ufeff<p>ü".encode("utf-16")])
def test_a_page_that_is_hardly_one_is_checked_all_the_same(body: bytes, tmp_path: Path) -> None:
    foreign_tree(tmp_path, home="<a href=/odd.html>Odd</a>")
    (tmp_path / "odd.html").write_bytes(body)
    result = run(tmp_path, "--format", "json")
    assert json.loads(result.stdout)["trees"][0]["pages"] == 2
    assert any(finding["where"] == "/odd.html" for finding in json.loads(result.stdout)["trees"][0]["findings"])
