"""Which pages of a tree the judges look at."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.verify.sampling import sample

REGIONS = {"texas": 300, "ohio": 20, "utah": 100}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    paths = ["", *(f"{locale}/" for locale in ("en", "es")), *(f"{locale}/topic/" for locale in ("en", "es"))]
    for locale in ("en", "es"):
        for region in REGIONS:
            paths += [f"{locale}/topic/{region}/", *(f"{locale}/topic/{region}/city-{n}/" for n in range(5))]
    for path in paths:
        file = tmp_path / path / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x" * REGIONS.get(file.parent.name, 50))
    (tmp_path / "404.html").write_text("x")
    (tmp_path / "google123.html").write_text("x")
    return tmp_path


def test_twelve_pages_hold_every_kind_in_every_locale(tree: Path) -> None:
    pages = sample(tree, 12)
    assert len(pages) == len(set(pages)) == 12
    assert {page.kind for page in pages} == {"chooser", "home", "topic", "region", "place", "not_found"}
    for kind in ("home", "topic", "region", "place"):
        assert {page.locale for page in pages if page.kind == kind} == {"en", "es"}


def test_the_largest_and_the_smallest_region_are_looked_at(tree: Path) -> None:
    regions = {page.file.parent.name for page in sample(tree, 10) if page.kind == "region"}
    assert regions == {"texas", "ohio"}


def test_a_sample_larger_than_the_tree_is_the_tree_without_loose_files(tree: Path) -> None:
    paths = [page.path for page in sample(tree, 1000)]
    assert len(paths) == 1 + 1 + 2 + 2 + 6 + 30
    assert "/404.html" in paths
    assert "/google123.html" not in paths


def test_a_smaller_sample_begins_a_larger_one(tree: Path) -> None:
    assert sample(tree, 7) == sample(tree, 20)[:7]
