"""A build that is killed at any write is completed by the next one, as if nothing had happened."""

from __future__ import annotations

import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from tests.forks import run_module
from tests.sites import (
    BODY,
    EN,
    PLACES,
    build,
    change,
    make_site,
    places_text,
    publish,
    remembered,
    topic_text,
    tree,
    without_row,
)

POINTS = {
    "the first write": "",
    "a folder": "os.mkdir ",
    "a page": "open /en-us/sciatica/texas/waco/index.html",
    "a hub": "open /es-us/ciatica/texas/",
    "a sitemap": "open /sitemaps/",
    "robots.txt": "open /robots.txt",
    "a row of a page in the ledger": "ledger INSERT OR REPLACE INTO built",
    "the commit of a batch": "ledger COMMIT",
    "the start of the last transaction": "ledger DELETE FROM batches",
    "the folders in the ledger": "ledger INSERT INTO folders",
    "the end": "ledger INSERT OR REPLACE INTO build",
}
CHANGED = POINTS | {
    "a page that is replaced": "os.rename /en-us/sciatica/texas/austin/",
    "a sitemap that is replaced": "os.rename /sitemaps/",
    "a page that is removed": "os.remove /es-us/ciatica/texas/temple/",
    "an empty folder that is removed": "os.rmdir ",
    "a page that goes, in the ledger": "ledger UPDATE built SET state",
}
for name in ("a folder", "a page", "a hub", "robots.txt"):
    del CHANGED[name]
EDIT = {
    EN: topic_text(BODY.replace("Hello", "Good day")),
    PLACES: without_row(places_text(Dallas={"population": 5}), '"Temple"'),
}


def run(site: Path, is_first: bool, number: int) -> subprocess.CompletedProcess[str]:
    return run_module("tests.build.killed", str(site), "first" if is_first else "again", str(number))


def kill_at(site: Path, writes: list[str], point: str, is_first: bool) -> None:
    """Kill the build of ``site`` at the middle one of the writes that begin with ``point``."""
    numbers = [number for number, write in enumerate(writes, 1) if write.startswith(point)]
    number = numbers[len(numbers) // 2] if point else 1
    killed = run(site, is_first, number)
    assert killed.returncode == -signal.SIGKILL, killed.stderr


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A site, its whole first build, and what that wrote in which order."""
    site = make_site(tmp_path_factory.mktemp("first"))
    done = run(site, True, 0)
    assert done.returncode == 0, done.stderr
    return site, done.stdout.splitlines()


@pytest.fixture(scope="module")
def changed(first: tuple[Path, list[str]], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The site after a change, its second build, and what that wrote in which order."""
    site = shutil.copytree(first[0], tmp_path_factory.mktemp("changed") / "site")
    change(site, EDIT)
    done = run(site, False, 0)
    assert done.returncode == 0, done.stderr
    return site, done.stdout.splitlines()


@pytest.mark.parametrize("point", POINTS)
def test_a_first_build_that_is_killed(tmp_path: Path, first: tuple[Path, list[str]], point: str) -> None:
    whole, writes = first
    site = make_site(tmp_path)
    kill_at(site, writes, POINTS[point], is_first=True)
    build(site, is_first=not (site / "output/ledger.sqlite").exists())
    assert tree(site / "output" / "site") == tree(whole / "output" / "site")
    assert remembered(site) == remembered(whole)


@pytest.mark.parametrize("point", CHANGED)
def test_a_later_build_that_is_killed(
    tmp_path: Path, first: tuple[Path, list[str]], changed: tuple[Path, list[str]], point: str
) -> None:
    whole, writes = changed
    site = shutil.copytree(first[0], tmp_path / "site")
    change(site, EDIT)
    kill_at(site, writes, CHANGED[point], is_first=False)
    build(site, allow_removal=99)
    assert tree(site / "output" / "site") == tree(whole / "output" / "site")
    assert remembered(site) == remembered(whole)


def test_a_first_build_that_is_killed_and_taken_up_without_its_option_keeps_its_word(
    tmp_path: Path, first: tuple[Path, list[str]]
) -> None:
    whole, writes = first
    site = make_site(tmp_path)
    kill_at(site, writes, "open /sitemaps/", is_first=True)
    built = build(site)
    assert built.summary.is_dated
    assert tree(built.folder) == tree(whole / "output" / "site")


def test_half_a_page_that_a_killed_build_left_is_made_whole(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    whole = tree(publish(site).folder)
    for name in ("ledger.sqlite", "site/en-us/sciatica/texas/index.html"):
        (site / "output" / name).unlink()
    change(site, {"output/site/en-us/sciatica/texas/waco/index.html": "<!doctype html><ht"})
    assert tree(build(site).folder) == whole
