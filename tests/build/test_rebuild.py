"""Building again: the same bytes, only what changed, nothing lost by accident."""

from __future__ import annotations

import datetime
import gc
import multiprocessing
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Generic

import pytest

from generator.build.batch import BatchBuilder
from generator.executors.executor import ItemT, ResultT, StateT, Workers
from generator.executors.inline import InlineExecutor
from generator.executors.processes import ProcessesExecutor
from generator.executors.schedule import Place
from generator.ledger.store import open_ledger
from tests.sites import (
    BOARDS,
    EN,
    ES,
    NOW,
    PLACES,
    REPOSITORY,
    WACO,
    WACO_ES,
    build,
    change,
    errors,
    make_site,
    places_text,
    publish,
    stamps,
    topic_text,
    tree,
    without_row,
)

LATER_DAY = NOW + datetime.timedelta(days=40)
SITEMAP = "/sitemaps/en-us.sciatica.us-texas.xml"


def changed(before: dict[str, tuple[int, int]], after: dict[str, tuple[int, int]]) -> set[str]:
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def test_two_builds_of_one_site_are_the_same_byte_for_byte(tmp_path: Path) -> None:
    one, other = (build(make_site(tmp_path / name)) for name in ("one", "other"))
    assert tree(one.folder) == tree(other.folder)


@pytest.mark.parametrize("start", sorted({"fork", "spawn"} & set(multiprocessing.get_all_start_methods())))
def test_several_processes_build_the_same_bytes_as_one_however_the_system_begins_them(
    tmp_path: Path, start: str
) -> None:
    site = make_site(tmp_path)
    expected = tree(publish(site).folder)
    shutil.rmtree(site / "output")
    assert tree(build(site, executor=ProcessesExecutor(2, start)).folder) == expected


def test_the_day_of_the_build_changes_nothing_that_does_not_expire(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    before = stamps(publish(site).folder)
    after = build(site, now=NOW + datetime.timedelta(days=400))
    assert stamps(after.folder) == before


def test_a_second_build_writes_nothing(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    first = build(site)
    before = stamps(first.folder)
    second = build(site)
    assert (first.summary.written, first.summary.unchanged) == (22, 0)
    assert (second.summary.written, second.summary.unchanged, second.summary.removed) == (0, 22, 0)
    assert stamps(second.folder) == before


def test_a_changed_population_rewrites_only_the_pages_that_show_it(tmp_path: Path) -> None:
    site = make_site(tmp_path, {ES: None})
    before = stamps(publish(site).folder)
    change(site, {PLACES: places_text(Temple={"population": 72278})})
    built = build(site)
    pages = {f"en-us/sciatica/texas/{name}index.html" for name in ("", "temple/")}
    # The sitemap says since when the two are different.
    assert changed(before, stamps(built.folder)) == pages | {"sitemaps/en-us.sciatica.us-texas.xml"}
    assert built.summary.written == len(pages)


def test_a_changed_text_of_one_language_rewrites_no_page_of_the_other(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    before = stamps(publish(site).folder)
    change(site, {ES: topic_text("\nHola.\n", slug="ciatica")})
    rewritten = changed(before, stamps(build(site).folder))
    assert rewritten
    assert all(path.startswith(("es-us/ciatica/", "sitemaps/es-us")) for path in rewritten)


def test_a_new_city_changes_no_other_regions_sitemap(tmp_path: Path) -> None:
    site = make_site(tmp_path, {ES: None, PLACES: without_row(places_text(), "Waco")})
    before = stamps(build(site).folder)
    change(site, {PLACES: places_text()})
    rewritten = changed(before, stamps(build(site).folder))
    assert {path for path in rewritten if path.startswith("sitemap")} == {
        "sitemaps/en-us.sciatica.us-texas.xml",
    }


def test_a_dropped_place_loses_its_pages_its_links_and_its_place_in_the_sitemaps(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    publish(site)
    change(site, {PLACES: without_row(places_text(), "Waco")})
    built = build(site)
    assert built.summary.removed == 2
    assert not built.file(WACO).parent.exists()
    assert not built.file(WACO_ES).parent.exists()
    assert [path for path, body in tree(built.folder).items() if b"/waco/" in body] == []


def test_a_dropped_language_leaves_nothing_behind(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    publish(site)
    change(site, {ES: None})
    built = build(site, allow_removal=99)
    clean = build(make_site(tmp_path / "clean", {ES: None}))
    assert {*tree(built.folder)} == {*tree(clean.folder)}
    assert not (built.folder / "es-us" / "ciatica").exists()


def test_a_foreign_file_in_the_output_is_removed_and_files_beside_the_tree_are_not(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    publish(site)
    change(site, {"output/site/old/index.html": "x", "output/notes.txt": "mine"})
    built = build(site)
    assert built.summary.removed == 1
    assert not (built.folder / "old").exists()
    assert (site / "output" / "notes.txt").read_text("utf-8") == "mine"


GUARD = {"max_removed_share": 0.1}


def test_a_build_that_would_remove_too_large_a_share_stops_and_says_how_to_allow_it(tmp_path: Path) -> None:
    site = make_site(tmp_path, {ES: None}, build=GUARD)
    publish(site)
    change(site, {PLACES: without_row(without_row(places_text(), "Waco"), "Temple"), EN: topic_text("\nNew.\n")})
    assert errors(site) == [
        "output/site: this build would remove 2 of 18 published files (/en-us/sciatica/texas/temple/index.html,"
        " /en-us/sciatica/texas/waco/index.html). Nothing was changed. If that is what you want, build again with"
        " --allow-removal 2 (make pages ARGS='--allow-removal 2')."
    ]


def test_a_build_that_would_remove_too_many_pages_stops_even_when_the_share_is_small(tmp_path: Path) -> None:
    site = make_site(tmp_path, {ES: None}, build={"max_removed": 1, "max_removed_share": 1})
    publish(site)
    change(site, {PLACES: without_row(without_row(places_text(), "Waco"), "Temple")})
    (message,) = errors(site)
    assert message.startswith("output/site: this build would remove 2 of ")


def test_the_removal_that_was_allowed_happens_and_no_larger_one(tmp_path: Path) -> None:
    site = make_site(tmp_path, {ES: None}, build=GUARD)
    publish(site)
    change(site, {PLACES: without_row(without_row(places_text(), "Waco"), "Temple")})
    assert build(site, allow_removal=2).summary.removed == 2
    change(site, {PLACES: "".join(places_text().splitlines(keepends=True)[:2])})
    with pytest.raises(BaseException, match="--allow-removal 4"):
        build(site, allow_removal=3)


def test_a_row_that_cannot_be_identified_removes_no_page(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    kept = publish(site).text(WACO)
    change(site, {PLACES: places_text(Waco={"id": "4739526x"})})
    built = build(site)
    assert built.messages == [
        f'{PLACES}:7, column id: "4739526x" is not a whole number above zero. Write the GeoNames id, like 4671654.'
    ]
    assert (built.summary.has_errors, built.summary.removed, built.text(WACO)) == (True, 0, kept)


def test_a_faulty_row_of_a_place_keeps_its_published_pages(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    kept = publish(site).text(WACO)
    change(site, {PLACES: places_text(Waco={"population": "many"}), EN: topic_text("\nNew.\n")})
    built = build(site)
    # With the pages of its region, which go on to lead to it.
    assert (built.summary.removed, built.summary.frozen, built.text(WACO)) == (0, 4, kept)


class _Stopping(Generic[StateT]):
    """Workers that stop, as Ctrl-C does, after some batches are built."""

    def __init__(self, workers: Workers[StateT], after: int) -> None:
        self._workers = workers
        self._after = after

    def map(
        self,
        work: Callable[[StateT, ItemT], ResultT],
        items: Iterable[ItemT],
        place: Callable[[ItemT], Place] | None = None,
    ) -> Generator[ResultT, None, None]:
        for number, result in enumerate(self._workers.map(work, items, place)):
            if work is BatchBuilder.build and number == self._after:
                raise KeyboardInterrupt
            yield result


class _Interrupted(InlineExecutor):
    def __init__(self, after: int) -> None:
        self._after = after

    @contextmanager
    def workers(self, setup: Callable[[], StateT]) -> Iterator[Workers[StateT]]:
        with super().workers(setup) as workers:
            yield _Stopping(workers, self._after)


@pytest.mark.parametrize("after", [0, 3])
def test_an_interrupted_build_is_completed_by_the_next(tmp_path: Path, after: int) -> None:
    whole = tree(publish(make_site(tmp_path / "whole")).folder)
    site = make_site(tmp_path / "site")
    with pytest.raises(KeyboardInterrupt):
        build(site, executor=_Interrupted(after))
    begun = tree(site / "output" / "site")
    assert 0 < len(begun) < len(whole)
    assert begun.items() <= whole.items()
    assert tree(build(site).folder) == whole


def test_an_interrupted_change_is_completed_by_the_next_build(tmp_path: Path) -> None:
    files = {EN: topic_text("\nNew.\n"), PLACES: without_row(places_text(), "Waco"), BOARDS: "region,board\nTX,New\n"}
    uninterrupted = make_site(tmp_path / "whole")
    publish(uninterrupted)
    change(uninterrupted, files)
    whole = tree(build(uninterrupted).folder)
    site = make_site(tmp_path / "site")
    publish(site)
    change(site, files)
    with pytest.raises(KeyboardInterrupt):
        build(site, executor=_Interrupted(4))
    assert tree(build(site).folder) == whole


def test_what_a_killed_build_left_half_written_is_removed(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    built = publish(site)
    leftover = built.file(WACO).with_name(".index.html.123.building")
    leftover.write_text("half", encoding="utf-8")
    build(site)
    assert not leftover.exists()


def test_a_page_that_was_damaged_by_hand_is_mended(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    built = publish(site)
    page = built.text(WACO)
    built.file(WACO).write_text(page[:-5] + "stray", encoding="utf-8")
    assert build(site).summary.written == 1
    assert built.text(WACO) == page


def test_nothing_but_the_output_folder_is_written(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    before = stamps(tmp_path)
    build(site)
    after = stamps(tmp_path)
    assert {path: stamp for path, stamp in after.items() if not path.startswith("site/output/")} == before
    assert {path.split("/")[2] for path in after.keys() - before.keys()} == {"site", "ledger.sqlite"}


@pytest.mark.parametrize("path", ["a", "a/b.txt"])
def test_a_public_file_becomes_a_folder_and_a_folder_a_file(tmp_path: Path, path: str) -> None:
    other = "a" if path == "a/b.txt" else "a/b.txt"
    site = make_site(tmp_path, {f"content/public/{path}": "one"})
    build(site)
    shutil.rmtree(site / "content/public")
    change(site, {f"content/public/{other}": "two"})
    assert build(site, allow_removal=9).text(f"/{other}") == "two"
    shutil.rmtree(site / "content/public")
    assert not (build(site, allow_removal=9).folder / "a").exists()
    assert build(site).summary.written == 0


@pytest.mark.parametrize("suffix", ["html", "txt"])
def test_a_template_that_is_named_on_the_page_rewrites_its_pages(tmp_path: Path, suffix: str) -> None:
    facts, named = "templates/partials/facts.html", f"templates/partials/x-place.{suffix}"
    site = make_site(tmp_path, {ES: None, "templates/partials/note.bin": b"\xff"})
    including = f'{{% include "partials/x-" ~ page.kind ~ ".{suffix}" ignore missing %}}'
    change(site, {facts: (site / facts).read_text("utf-8") + including, named: "One {{ place.latitude }}."})
    assert "One 31.54933." in build(site, is_first=True).text(WACO)
    change(site, {named: "Two {{ place.latitude }}."})
    built = build(site, now=LATER_DAY)
    assert "Two 31.54933." in built.text(WACO)
    assert f"<loc>https://www.example.com{WACO}</loc><lastmod>{NOW}</lastmod>" in built.text(SITEMAP)
    change(site, {PLACES: places_text(Waco={"latitude": 31.6})})
    # What such a template shows is content, too.
    changed = build(site, now=LATER_DAY)
    assert f"<loc>https://www.example.com{WACO}</loc><lastmod>{LATER_DAY}</lastmod>" in changed.text(SITEMAP)


def test_a_row_of_a_table_of_regions_makes_no_page_again_that_shows_none_of_it(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    publish(site)
    before = fingerprints(site)
    change(site, {BOARDS: (site / BOARDS).read_text("utf-8").replace("Texas Board", "Board of Texas")})
    build(site)
    after = fingerprints(site)
    assert {name for name in after if after[name] != before[name]} == {
        "en-us.sciatica.us-texas",
        "es-us.ciatica.us-texas",
    }


def fingerprints(site: Path) -> dict[str, bytes]:
    """The fingerprint of each batch, by its name."""
    with open_ledger(site / "output" / "ledger.sqlite", read_only=True) as ledger:
        return {name: batch.fingerprint.digest for name, batch in ledger.batches().items()}


def test_a_build_that_finds_nothing_changed_waits_for_no_library_that_reads_or_makes_pages() -> None:
    names = "pydantic yaml babel jinja2 markdown numpy PIL selectolax"
    program = (
        "import sys, generator.cli, generator.build.run; print(*(name for name in sys.argv[1:] if name in sys.modules))"
    )
    found = subprocess.run(
        [sys.executable, "-c", program, *names.split()], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    assert found.stdout.split() == []


def test_a_build_leaves_nothing_in_memory_that_is_never_collected(tmp_path: Path) -> None:
    build(make_site(tmp_path))
    assert gc.get_freeze_count() == 0
