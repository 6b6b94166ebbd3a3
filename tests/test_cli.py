"""The command as a marketer runs it: exit codes, one line a cause, and the same bytes however the work is spread."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.forks import run_module
from tests.sites import (
    BOARDS,
    EN,
    ES,
    PLACES,
    REPOSITORY,
    SITE,
    WACO,
    change,
    make_site,
    remembered,
    site_text,
    topic_text,
    tree,
)


def run(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command's exit code and what it printed, which is never a traceback."""
    done = run_module("generator", *command(site, *arguments), cwd=site)
    assert "Traceback" not in done.stdout + done.stderr
    return done


def command(site: Path, *arguments: str) -> list[str]:
    options = () if "--jobs" in arguments else ("--jobs", "1")
    return ["pages", "--site", str(site), "--output", str(site / "output"), "--now", "2026-06-01", *options, *arguments]


def test_every_executor_and_number_of_processes_makes_the_same_tree(tmp_path: Path) -> None:
    trees = []
    for options in (["--executor", "inline"], ["--executor", "processes", "--jobs", "1"], ["--jobs", "2"]):
        site = make_site(tmp_path / f"{len(trees)}")
        assert run(site, *options).returncode == 0
        trees.append((tree(site / "output" / "site"), remembered(site)))
    assert trees[0] == trees[1] == trees[2]
    assert f"{WACO}index.html"[1:] in trees[0][0]


def test_a_clean_build_exits_with_0_and_says_what_it_did(tmp_path: Path) -> None:
    # Here alone Python starts anew, as for a marketer.
    done = subprocess.run(
        [sys.executable, "-m", "generator", *command(make_site(tmp_path))], cwd=tmp_path, capture_output=True,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY), "PYTHONIOENCODING": "utf-8"},
        encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0].startswith("Built 22 pages in ")
    assert lines[1:3] == [
        "  en-US: language chooser 1, home 1, topics 1, regions 2, places 6, 404 1",
        "  es-US: home 1, topics 1, regions 2, places 6",
    ]
    assert lines[3].startswith("  22 written, 0 unchanged, 0 removed; ")
    assert str(tmp_path / "output" / "site") in lines[-1]
    assert "warning" not in done.stdout


def test_a_warning_is_shown_and_exits_with_0(tmp_path: Path) -> None:
    done = run(make_site(tmp_path, {ES: topic_text(slug="ciatica", translation="pending review")}))
    assert done.returncode == 0
    assert f"1 warning:\n  {ES}: the translation is pending review." in done.stdout


def test_a_faulty_row_is_listed_and_exits_with_1(tmp_path: Path) -> None:
    done = run(make_site(tmp_path, {BOARDS: "region,board\nTT,x\n"}))
    assert done.returncode == 1
    assert f'1 error:\n  {BOARDS}:2, column region: no region of US has the code "TT" (row_key_unknown).' in done.stdout


def test_mistakes_of_a_topic_exit_with_1_one_line_each(tmp_path: Path) -> None:
    done = run(make_site(tmp_path, {EN: topic_text(sulg="x", h1=None)}))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        f'{EN}:2: the key "h1" is missing. Add it.',
        f'{EN}:12: unknown key "sulg". Did you mean "slug"?',
    ]


def test_mistakes_of_the_configuration_exit_with_2(tmp_path: Path) -> None:
    done = run(make_site(tmp_path, {SITE: site_text(colour="red")}))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f'{SITE}:8: unknown key "colour". Known: ')


@pytest.mark.parametrize("options", [["--set", "places.limit"], ["--set", "places.limt=3"], ["--jbos", "2"]])
def test_mistakes_of_the_command_line_exit_with_2(tmp_path: Path, options: list[str]) -> None:
    done = run(make_site(tmp_path), *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr


def test_a_folder_that_is_no_site_exits_with_2(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{SITE}: the file is missing. Is {tmp_path} the folder of a site?" in done.stderr


def test_the_guard_exits_with_1_and_its_option_lets_the_build_through(tmp_path: Path) -> None:
    site = make_site(tmp_path, {ES: None}, build={"max_removed": 0})
    assert run(site).returncode == 0
    change(site, {PLACES: "".join((site / PLACES).read_text("utf-8").splitlines(keepends=True)[:-1])})
    stopped = run(site)
    assert (stopped.returncode, stopped.stdout) == (1, "")
    assert "--allow-removal 1" in stopped.stderr
    assert run(site, "--allow-removal", "1").returncode == 0


def test_an_output_folder_that_cannot_be_made_gives_one_line(tmp_path: Path) -> None:
    # Below a file nobody can make a folder; permissions do not stop the superuser.
    site = make_site(tmp_path, {"notes.txt": "x"})
    done = run(site, "--output", str(site / "notes.txt" / "output"))
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert "notes.txt" in line
    assert line.endswith(": Not a directory. Check the disk and the folder's permissions, then run again.")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions do not stop the superuser")
def test_a_read_only_output_folder_gives_one_line(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    (site / "output").mkdir(mode=0o555)
    done = run(site)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"{site / 'output' / 'site'}: Permission denied. Check the disk and the folder's permissions, then run again.\n"
    )
