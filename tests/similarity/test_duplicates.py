"""A check tells which pages of places are nearly the same, and what they do not share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from generator.commands.check import check_own
from generator.errors import Finding
from generator.executors.inline import InlineExecutor
from generator.options import Options
from tests.clinics import BODY, ROWS, TABLES
from tests.sites import EN, ES, NOW, OTHER_TITLES, build, change, make_site, topic_text

WACO, TEMPLE = "/en-us/sciatica/texas/waco/", "/en-us/sciatica/texas/temple/"
TWO = {"where": "name in ('Waco', 'Temple')"}


def site_of_two(folder: Path, **gate: Any) -> Path:
    """A site of two cities of which its table says the same."""
    files = {EN: topic_text(BODY), ES: None, "content/tables/clinics.csv": ROWS}
    return make_site(folder, files, tables=TABLES, places=TWO, gate={"mode": "report"} | gate)


def found(site: Path) -> tuple[Finding, ...]:
    build(site)
    return check_own(Options(site, site / "output", NOW), InlineExecutor(), ["near_duplicate"]).findings


def test_the_two_pages_that_are_most_alike_are_named_with_what_differs(tmp_path: Path) -> None:
    (finding,) = found(site_of_two(tmp_path, max_similarity=0.65))
    assert finding.where == EN
    assert finding.what.startswith("2 of its 2 pages of places share at least 65 % with another. ")
    assert f" {TEMPLE} is " in finding.what
    assert finding.what.endswith(
        f" % the same as {WACO}; what differs: the county, the population, the nearest larger city"
    )


def test_passages_that_differ_are_counted(tmp_path: Path) -> None:
    site = site_of_two(tmp_path, max_similarity=0.6)
    change(site, {"content/tables/clinics.csv": ROWS.replace("4735966,3", "4735966,4")})
    (finding,) = found(site)
    assert finding.what.endswith("the nearest larger city, 2 passages of the article")


def test_each_language_and_topic_is_told_by_itself(tmp_path: Path) -> None:
    site = site_of_two(tmp_path, max_similarity=0.65)
    files = {
        ES: topic_text(BODY, slug="ciatica"),
        "content/topics/other/en-US.md": topic_text(BODY, slug="other", **OTHER_TITLES),
    }
    change(site, files)
    assert len(found(site)) == 3


def test_pages_that_the_gate_keeps_back_are_not_told_again(tmp_path: Path) -> None:
    waco = {"where": "name = 'Waco'", "verdict": "noindex", "reason": "Not yet."}
    assert found(site_of_two(tmp_path / "one", mode="enforce", max_similarity=0.65)) == ()
    assert found(site_of_two(tmp_path / "other", max_similarity=0.65, conditions=[waco])) == ()
