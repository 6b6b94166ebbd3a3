"""Places that another process has read are those that this one would have read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from generator.build.reading import begin_reading
from generator.check.data import rulebook
from generator.executors.executor import Executor
from generator.executors.inline import InlineExecutor
from generator.executors.processes import START, ProcessesExecutor
from generator.ledger.cache import Cache
from generator.ledger.digests import code_digest
from generator.ledger.store import open_ledger
from generator.load.site import LoadedSite, read_site
from generator.options import Options
from generator.plan.routes import Surroundings
from generator.plan.surroundings_cache import find_neighbours
from tests.sites import NOW, PLACES, SITE, build, change, make_site, places_text, remembered, tree

pytestmark = pytest.mark.skipif(START != "fork", reason="the work is handed over by forking")

FAULTS: dict[str, dict[str, str | None]] = {
    "none": {},
    "a faulty row": {PLACES: places_text(Waco={"name": "#N/A", "population": "many"}, Austin={"name": "AUSTIN"})},
    "a faulty file": {PLACES: "id,name\n1,Waco\n"},
    "no places": {PLACES: None},
    "no settings": {SITE: "brand: [\n"},
}


class Refusing(InlineExecutor):
    """Has no process for anybody."""

    def ahead(self, work: object) -> AbstractContextManager[Iterator[Any]]:
        pytest.fail(f"{work} is begun")


def loaded(site: Path, executor: Executor) -> tuple[LoadedSite, dict[int, Surroundings]]:
    cache = Cache(code="code")
    with begin_reading(Options(site, site / "output", NOW), "code", cache, executor):
        found = read_site(site, (), NOW, cache, rulebook())
        near = find_neighbours(found.site.places, found.site.all_places, cache) if found.site else {}
    return found, dict(near)


@pytest.mark.parametrize("files", FAULTS.values(), ids=FAULTS)
def test_a_site_and_its_faults_are_the_same_when_another_process_has_read_the_places(
    tmp_path: Path, files: dict[str, str | None]
) -> None:
    site = make_site(tmp_path, files)
    assert loaded(site, ProcessesExecutor(2)) == loaded(site, InlineExecutor())


def test_whoever_has_read_the_places_the_build_and_what_it_remembers_are_the_same(tmp_path: Path) -> None:
    sites = [make_site(tmp_path / name) for name in ("one", "two")]
    executors = (InlineExecutor(), ProcessesExecutor(2))
    for changed in ({}, {PLACES: places_text(Waco={"population": 7})}):
        for site, executor in zip(sites, executors, strict=True):
            change(site, changed)
            build(site, executor=executor)
        assert tree(sites[0] / "output" / "site") == tree(sites[1] / "output" / "site")
        assert remembered(sites[0]) == remembered(sites[1])


def test_places_that_are_cached_are_not_read_again(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    build(site, executor=ProcessesExecutor(2))
    options = Options(site, site / "output", NOW)
    with open_ledger(options.output / "ledger.sqlite", read_only=True) as ledger:
        cache = Cache(ledger, code_digest())
        with begin_reading(options, code_digest(), cache, Refusing()):
            pass
