"""A whole site's output, byte for byte."""

from __future__ import annotations

from pathlib import Path

from tests.golden.site import EXPECTED, golden_files
from tests.sites import tree

REFRESH = "If the change is meant, run `python -m tests.golden.refresh` and read the difference."


def test_the_golden_site_is_built_as_it_was_when_a_person_last_looked_at_it(tmp_path: Path) -> None:
    built, expected = golden_files(tmp_path), tree(EXPECTED)
    different = sorted(path for path in built.keys() | expected.keys() if built.get(path) != expected.get(path))
    assert different == [], REFRESH
