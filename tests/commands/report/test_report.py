"""A report is one page that says first what matters, holds on to what was found, and needs nothing beside it."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from generator.cli import cli
from generator.commands.report.write import write_report
from generator.errors import ConfigurationError
from generator.executors.inline import InlineExecutor
from generator.executors.processes import ProcessesExecutor
from generator.options import Options
from tests.clinics import BODY, ROWS, TABLES
from tests.sites import (
    ANYTHING_GOES,
    BOARDS,
    EN,
    ES,
    NOW,
    PLACES,
    SITE,
    build,
    change,
    make_site,
    places_text,
    publish,
    site_text,
    topic_text,
)

POLICY = {"mode": "report", "reviewed_within_days": 365, "max_similarity": 0.65}


def site_of_clinics(folder: Path, **keys: Any) -> Path:
    files = {EN: topic_text(BODY), ES: topic_text(BODY, slug="ciatica"), "content/tables/clinics.csv": ROWS}
    return make_site(folder, files, **({"tables": TABLES, "gate": POLICY} | keys))


def reported(site: Path, *settings: str) -> tuple[BeautifulSoup, dict[str, Any], list[str]]:
    """The page, the data, and what is said on the terminal."""
    options = Options(site, site / "output", NOW, settings)
    said = list(write_report(options, InlineExecutor()))
    page = BeautifulSoup((site / "output/report.html").read_text("utf-8"), "html.parser")
    return page, json.loads((site / "output/report.json").read_bytes()), said


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = site_of_clinics(tmp_path_factory.mktemp("usual"))
    build(site, is_first=True)
    return site


def text_of(page: BeautifulSoup, selector: str) -> str:
    return " ".join(" ".join(node.get_text(" ") for node in page.select(selector)).split())


def test_the_page_needs_no_script_and_no_other_file_and_its_links_lead_somewhere(usual: Path) -> None:
    page, _, _ = reported(usual)
    assert not page.select("script, img, iframe, object, embed, link, [style*=url], [src]")
    assert "url(" not in text_of(page, "style")
    assert "@import" not in text_of(page, "style")
    ids = [node["id"] for node in page.select("[id]")]
    assert len(set(ids)) == len(ids)
    for link in page.select("a"):
        assert link["href"].startswith("https://") or link["href"][1:] in ids, link
    levels = [int(heading.name[1]) for heading in page.select("h1, h2, h3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_it_says_first_how_many_pages_the_gate_would_keep_back_and_what_to_mend(usual: Path) -> None:
    page, data, said = reported(usual)
    short = text_of(page, "section:has(#short)")
    total = sum(data["pages"].values())
    assert f"The site has {total} pages in 2 languages: 1 language chooser, 2 home pages," in short
    assert "Nothing is kept out of search: as they are built, search engines may index all these pages." in short
    assert f"it would keep back 18 of {total} pages. The reason: The medical topic names no reviewer." in short
    first = page.select_one("#fix-1")
    assert first
    assert "The medical topic names no reviewer." in first.get_text()
    assert EN in first.get_text()
    assert said[0].startswith("1. The medical topic names no reviewer.")
    assert said[-1].startswith(f"The report is in {(usual / 'output/report.html').as_posix()}.")


def test_the_page_and_the_data_agree_with_the_ledger(usual: Path) -> None:
    page, data, _ = reported(usual)
    with closing(sqlite3.connect(usual / "output/ledger.sqlite")) as ledger:
        ((places,),) = ledger.execute("SELECT count(*) FROM pages WHERE kind = 'place'")
    assert sum(area["pages"] for area in data["areas"]) == places == 12
    assert sum(data["words"]["counts"]) + data["words"]["unknown"] == places
    assert sum(data["similarity"]["counts"]) == places
    assert sum(data["weight"]["counts"]) == sum(data["pages"].values())
    assert data["words"]["unknown"] == 0
    assert data["words"]["median"] > 0
    assert {row.select_one("th").get_text() for row in page.select("section:has(#areas) tbody tr")} == {
        "Louisiana",
        "Texas",
    }
    assert [place["name"] for place in data["places"]] == [
        "Lafayette", "Shreveport", "Austin", "Dallas", "Temple", "Waco"
    ]  # fmt: skip
    dots = [len(re.findall("h0", path["d"])) for path in page.select("svg path")]
    assert sum(dots) == 6


def test_two_pages_that_are_alike_stand_side_by_side_with_all_that_differs(usual: Path) -> None:
    page, data, _ = reported(usual)
    group = data["like_groups"][0]
    assert group["share"] >= group["most"] == 0.65
    shown = {contrast["where"]: (contrast["one"], contrast["other"]) for contrast in group["contrasts"]}
    assert "the population" in shown
    table = page.select_one("section:has(#alike) table")
    assert table
    for where, (one, other) in shown.items():
        assert [cell.get_text() for cell in table.find("th", string=where).parent.select("td")] == [
            one or "–",
            other or "–",
        ]


def test_structured_data_is_told_with_what_search_makes_of_it(usual: Path) -> None:
    page, data, _ = reported(usual)
    rows = {row.th.get_text(): row.get_text(" ") for row in page.select("section:has(#data) tbody tr")}
    assert "Retired: FAQ results, since 2026-05-07" in rows["FAQPage"]
    assert "Live: breadcrumbs" in rows["BreadcrumbList"]
    assert "Question" not in rows
    assert {entry["type"] for entry in data["structured"]} == rows.keys()


def test_findings_can_be_filtered_without_a_script(usual: Path) -> None:
    page, data, _ = reported(usual)
    style = text_of(page, "style")
    for rule in data["rules"]:
        shown = page.select_one(f"#rule-{rule['rule']}-{rule['severity']}")
        assert shown
        assert {f"of-{rule['severity']}", f"in-{rule['category']}"} <= set(shown["class"])
        for kind, name in (("of", rule["severity"]), ("in", rule["category"])):
            assert page.select_one(f"input#show-{name}[checked]")
            assert f"body:has(#show-{name}:not(:checked)) .rule.{kind}-{name} {{ display: none; }}" in style


def test_what_was_decided_is_repeated_with_its_reason(tmp_path: Path) -> None:
    site = site_of_clinics(
        tmp_path, checks=[{"rule": "reviewer_missing", "severity": "info", "reason": "We <look> for one."}]
    )
    build(site)
    page, _, _ = reported(site)
    known = page.select_one("#rule-reviewer_missing-info .known")
    assert known
    assert known.get_text(" ", strip=True) == "Noted in content/site.yaml : We <look> for one."


def test_each_mode_of_the_gate_is_told_in_its_own_words(tmp_path: Path) -> None:
    site = site_of_clinics(tmp_path, gate={"mode": "enforce", "reviewed_within_days": 365})
    build(site)
    page, _, _ = reported(site)
    told = "The publish gate keeps back 18 of 22 pages. The reason: The medical topic names no reviewer."
    assert told in text_of(page, "#short ~ p")
    assert "Keeps pages out of search." in text_of(page, "#fix-1")
    change(site, {SITE: site_text(tables=TABLES, gate={})})
    build(site)
    page, _, _ = reported(site)
    assert "No page may be indexed: gate.mode is not set in content/site.yaml." in text_of(page, "#short ~ p")
    change(site, {SITE: site_text(tables=TABLES, gate={"mode": "enforce"})})
    build(site)
    page, _, _ = reported(site)
    assert "The publish gate has nothing against any page." in text_of(page, "#short ~ p")


def test_pages_without_a_place_of_their_own_and_held_ones_show_on_the_map(tmp_path: Path) -> None:
    conditions = [
        {"where": "name = 'Waco'", "verdict": "withhold", "reason": "Later."},
        {"where": "name = 'Temple'", "verdict": "fold", "reason": "Small."},
        {"where": "name = 'Dallas'", "verdict": "noindex", "reason": "Thin.", "topics": ["sciatica"]},
    ]
    site = site_of_clinics(tmp_path, gate={"mode": "enforce", "conditions": conditions})
    build(site)
    page, data, _ = reported(site)
    assert {place["name"]: place["standing"] for place in data["places"]} == {
        "Lafayette": "index", "Shreveport": "index", "Austin": "index",
        "Dallas": "noindex", "Temple": "fold", "Waco": "withhold",
    }  # fmt: skip
    assert len(page.select("path.dot-index, path.dot-noindex, path.dot-fold, path.dot-withhold")) == 4
    assert data["unbuilt"] == 4


def test_whatever_authors_and_tables_say_is_shown_and_not_run(tmp_path: Path) -> None:
    hostile = '</style><script>alert("x")</script>{{ 7 * 7 }}'
    places = places_text(Waco={"name": "Wa<b>co", "region": "Te'x\"as"}, Dallas={"region": "Te'x\"as"})
    site = site_of_clinics(tmp_path, brand=hostile, checks=ANYTHING_GOES)
    change(site, {PLACES: places, BOARDS: "region,board\nTX,<i>\n"})
    build(site)
    page, _, _ = reported(site)
    assert not page.select("script, b, i")
    assert hostile in page.select_one("h1").get_text()  # type: ignore[union-attr]


def test_a_site_that_changed_since_its_build_is_told_so(tmp_path: Path) -> None:
    site = site_of_clinics(tmp_path)
    publish(site)
    assert reported(site)[1]["is_current"] is True
    change(site, {EN: topic_text(BODY + "\nMore.\n")})
    page, data, said = reported(site)
    assert data["is_current"] is False
    assert "Something has changed since the site was built." in text_of(page, ".note")
    assert said[0].startswith("Something has changed since the site was built.")


def test_a_report_is_the_same_whoever_makes_it_and_changes_nothing_that_is_built(tmp_path: Path) -> None:
    site = site_of_clinics(tmp_path)
    publish(site)
    options = Options(site, site / "output", NOW)
    before = (site / "output/ledger.sqlite").read_bytes()
    bodies = []
    for executor in (InlineExecutor(), ProcessesExecutor(2)):
        list(write_report(options, executor))
        bodies.append([(site / "output" / name).read_bytes() for name in ("report.html", "report.json")])
    assert bodies[0] == bodies[1]
    assert (site / "output/ledger.sqlite").read_bytes() == before


def test_of_very_many_findings_and_areas_the_page_shows_some_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.commands.report.html.FINDINGS", 2)
    monkeypatch.setattr("generator.commands.report.html.AREAS", 1)
    site = site_of_clinics(tmp_path)
    publish(site)
    page, data, _ = reported(site)
    assert "3 rows are left out here" in text_of(page, "section:has(#areas)")
    (many,) = (rule for rule in data["rules"] if rule["rule"] == "json_ld_retired")
    assert many["count"] == len(many["findings"]) > 2
    assert f"… and {many['count'] - 2} more" in text_of(page, "#rule-json_ld_retired-info")


def test_before_the_first_build_the_command_says_what_to_do(tmp_path: Path) -> None:
    site = site_of_clinics(tmp_path)
    with pytest.raises(ConfigurationError, match="nothing is built here yet"):
        reported(site)
    publish(site)
    result = CliRunner().invoke(
        cli, ["report", "--site", str(site), "--output", str(site / "output"), "--executor", "inline"]
    )
    assert result.exit_code == 0
    assert "The report is in" in result.output
