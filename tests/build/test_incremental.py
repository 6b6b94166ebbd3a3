"""A build that renders only what is stale makes, byte for byte, what one that renders everything makes."""

from __future__ import annotations

import datetime
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generator.config import SiteConfig
from generator.ledger.cache import Cache
from generator.ledger.digests import code_digest, digest_inputs
from generator.load.site import read_site
from generator.options import Printing
from generator.plan.site_plan import plan_site
from generator.render.appearance import make_appearance
from generator.render.fingerprint import Fingerprints
from tests.build.edits import DESIGN, EDITS, FAULTY, Edit, edited_site
from tests.sites import EN, NOW, Built, build, change, make_site, publish, remembered, stamps, topic_text, tree

LATER = NOW + datetime.timedelta(days=30)
EXPIRED = NOW + datetime.timedelta(days=300)
"""After the clinics' last day."""


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that has been built."""
    site = edited_site(tmp_path_factory.mktemp("before"))
    publish(site, is_first=True)
    return site


def compare(
    site: Path,
    twin: Path,
    edits: Iterable[Edit],
    day: datetime.date,
    *,
    keeps_tree: bool,
    printing: Printing = "traced",
) -> Iterator[Built]:
    """Make the same edits in both; ``site`` then builds with all it has, ``twin`` knows its history and no more.

    A page whose row is faulty stays as it is in the tree, so then the twin ``keeps_tree`` and renders it anew.
    ``printing`` is how the twin does so. Gives what each edit has made.
    """
    for edit in edits:
        for folder in (site, twin):
            change(folder, edit)
            # A topic without a text would be an error.
            for topic in (folder / "content" / "topics").iterdir():
                if not any(topic.iterdir()):
                    topic.rmdir()
        forget(twin)
        if not keeps_tree:
            shutil.rmtree(twin / "output" / "site")
        incremental = build(site, now=day, allow_removal=99)
        clean = build(twin, now=day, allow_removal=99, printing=printing)
        assert tree(incremental.folder) == tree(clean.folder)
        assert remembered(site) == remembered(twin)
        assert incremental.messages == clean.messages
        yield incremental


def forget(site: Path) -> None:
    """Take from the ledger what batches were built from, so that all of them are stale, and traced anew."""
    with closing(sqlite3.connect(site / "output" / "ledger.sqlite")) as ledger, ledger:
        ledger.execute("UPDATE batches SET fingerprint = x''")
        ledger.execute("DELETE FROM traces")
        ledger.execute("UPDATE build SET value = '' WHERE key = 'inputs'")


def copies(site: Path, folder: Path) -> tuple[Path, Path]:
    # Times of modification are copied as well; the ledger knows the tree by them.
    one, other = (shutil.copytree(site, folder / name) for name in ("one", "other"))
    return one, other


@pytest.mark.parametrize("name", [name for name in EDITS if name not in DESIGN])
def test_an_edit_is_built_like_new(before: Path, tmp_path: Path, name: str) -> None:
    site, twin = copies(before, tmp_path)
    list(compare(site, twin, [EDITS[name]], LATER, keeps_tree=name in FAULTY))


@pytest.mark.parametrize("name", sorted(DESIGN))
def test_templates_and_styles_are_built_like_new_print_what_jinja_prints_and_move_no_date(
    before: Path, tmp_path: Path, name: str
) -> None:
    site, twin = copies(before, tmp_path)
    (built,) = compare(site, twin, [EDITS[name]], LATER, keeps_tree=False, printing="verified")
    assert built.messages == []
    assert set(built.lastmods.values()) == {NOW.isoformat()}


def test_a_column_that_expires_is_built_like_new(before: Path, tmp_path: Path) -> None:
    site, twin = copies(before, tmp_path)
    assert "There are 3 clinics." in (site / "output/site/en-us/sciatica/texas/waco/index.html").read_text("utf-8")
    list(compare(site, twin, [{}], EXPIRED, keeps_tree=False))
    assert "clinics." not in (site / "output/site/en-us/sciatica/texas/waco/index.html").read_text("utf-8")


@settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(names=st.lists(st.sampled_from(sorted(EDITS)), min_size=2, max_size=3))
def test_whatever_the_order_of_edits_the_last_build_is_like_new(
    before: Path, tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    site, twin = copies(before, tmp_path_factory.mktemp("edits"))
    # Each edit undoes the one before it, so that states come back, too.
    start = {path: (before / path).read_bytes() if (before / path).exists() else None for path in _paths(names)}
    list(compare(site, twin, [start | EDITS[name] for name in names], LATER, keeps_tree=True))


def _paths(names: Iterable[str]) -> set[str]:
    return {path for name in names for path in EDITS[name]}


def test_every_key_of_the_configuration_is_edited_by_some_test() -> None:
    edited = {name.split()[2].rstrip(",").partition(".")[0] for name in EDITS if name.startswith("the key ")}
    assert edited == set(SiteConfig.model_fields)


def test_nothing_is_rendered_when_nothing_has_changed(before: Path, tmp_path: Path) -> None:
    site, _ = copies(before, tmp_path)
    build(site)
    unchanged = stamps(site / "output" / "site")
    built = build(site)
    assert (built.summary.written, built.summary.unchanged) == (0, built.summary.total)
    assert stamps(site / "output" / "site") == unchanged


def test_a_batch_that_reads_nothing_new_keeps_its_fingerprint(before: Path, tmp_path: Path) -> None:
    site, _ = copies(before, tmp_path)
    change(site, EDITS["a row of a table of places"])
    known = {row[0]: row[2] for row in remembered(before)["batches"]}
    build(site)
    now = {row[0]: row[2] for row in remembered(site)["batches"]}
    assert {name for name in now if now[name] != known[name]} == {
        "en-us.sciatica.us-texas",
        "es-us.ciatica.us-texas",
    }


def test_every_fingerprint_and_the_digest_of_all_inputs_hold_the_version_of_the_code(before: Path) -> None:
    loaded = read_site(before, (), NOW, Cache())
    assert loaded.site
    plan = plan_site(loaded.site, lambda _: False)
    appearance = make_appearance(loaded.site, Cache())
    old, new = (Fingerprints(plan, appearance, code) for code in ("old", "new"))
    assert all(old.of(batch).digest != new.of(batch).digest for batch in plan.batches)
    assert digest_inputs(before, (), "old") != digest_inputs(before, (), "new")
    assert len(code_digest()) == 32


def test_an_edit_that_is_taken_back_before_it_was_finished_leaves_no_trace(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    publish(site)
    whole = tree(site / "output" / "site")
    change(site, {EN: topic_text("\nNew.\n", slug="other")})
    build(site, allow_removal=99)
    change(site, {EN: topic_text()})
    build(site, allow_removal=99)
    # Only the dates tell.
    assert {*tree(site / "output" / "site")} == {*whole}
