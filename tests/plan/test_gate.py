"""The publish gate decides what its policy says, and tells why."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from generator.executors.processes import ProcessesExecutor
from tests.plan.gates import (
    CLINICS,
    REVIEWED,
    ROWS,
    SMALL,
    TABLES,
    TEMPLE,
    TEXAS,
    gated,
    kept_back,
    links,
    robots,
    said,
    sitemaps,
    verdicts,
)
from tests.sites import (
    BASE,
    EN,
    ES,
    NOW,
    SITE,
    WACO,
    build,
    change,
    errors,
    make_site,
    site_text,
    topic_text,
    tree,
)


def test_without_a_mode_no_page_may_be_indexed_and_the_summary_says_why(tmp_path: Path) -> None:
    built = build(make_site(tmp_path, gate=None))
    pages = list(built.folder.rglob("*.html"))
    assert len(pages) == 22
    for file in pages:
        page = BeautifulSoup(file.read_text("utf-8"), "html.parser")
        assert page.find("meta", attrs={"name": "robots", "content": re.compile("noindex")}), file
        assert not page.select("link[rel=canonical], link[rel=alternate][hreflang]"), file
    assert not (built.folder / "sitemap.xml").exists()
    assert not (built.folder / "sitemaps").exists()
    assert "No page may be indexed: gate.mode is not set in content/site.yaml." in said(built)
    assert "  X-Robots-Tag: noindex\n" in built.text("/_headers")
    # A crawler that may not read a page cannot see that it asks not to be indexed.
    assert built.text("/robots.txt") == "User-agent: *\nDisallow:\n"


def test_a_site_built_for_another_address_is_not_indexed(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    built = build(site, "base_url=https://staging.example.com")
    assert robots(built, WACO) == "noindex, follow"
    assert "X-Robots-Tag: noindex" in built.text("/_headers")
    reason = f"https://staging.example.com is not the production address, {BASE}."
    assert verdicts(site)[WACO] == ("noindex", "noindex", reason)
    assert f"No page may be indexed: {reason}" in said(built)
    built = build(site)
    assert robots(built, WACO) != "noindex, follow"
    assert "X-Robots-Tag" not in built.text("/_headers")


def test_the_gate_can_name_the_production_address(tmp_path: Path) -> None:
    site = make_site(tmp_path, gate={"mode": "enforce", "production_url": "https://www.kaly.com"})
    assert robots(build(site), WACO) == "noindex, follow"
    assert robots(build(site, "base_url=https://www.kaly.com"), WACO) != "noindex, follow"


def test_a_gate_that_only_reports_changes_no_file_and_says_what_it_would_do(tmp_path: Path) -> None:
    plain = make_site(tmp_path / "plain", ROWS, tables=TABLES)
    before = tree(build(plain).folder)
    site = gated(tmp_path / "gated", mode="report", conditions=[SMALL | {"verdict": "fold"}])
    built = build(site)
    assert tree(built.folder) == before
    assert verdicts(site)[TEMPLE] == ("live", "fold", "The town is small.")
    assert "With gate.mode: enforce it would keep back 2 of 22 pages:\n    2 folded into the page above them" in said(
        built
    )


def test_a_report_counts_what_enforcing_would_keep_back(tmp_path: Path) -> None:
    condition = {"where": "region_code = 'LA'", "verdict": "withhold", "reason": "Not yet."}
    reported = build(gated(tmp_path / "reported", mode="report", conditions=[condition]))
    enforced = build(gated(tmp_path / "enforced", conditions=[condition]))
    assert reported.summary.gate.kept_back == enforced.summary.gate.kept_back
    assert sum(count for _, _, count in reported.summary.gate.kept_back) == 6


def test_processes_that_begin_anew_build_the_same(tmp_path: Path) -> None:
    gate = {"conditions": [SMALL | {"verdict": "noindex"}], "required": ["place.region.board"]}
    one, other = gated(tmp_path / "one", **gate), gated(tmp_path / "other", **gate)
    assert tree(build(one).folder) == tree(build(other, executor=ProcessesExecutor(2, "spawn")).folder)
    assert verdicts(one) == verdicts(other)


def test_a_page_that_stays_for_a_faulty_row_keeps_its_last_verdict(tmp_path: Path) -> None:
    condition = {"where": "clinics is null and region_code = 'TX'", "verdict": "fold", "reason": "No clinic."}
    site = gated(tmp_path)
    change(site, {"content/tables/clinics.csv": "id,clinics\n4671654,12\n4684888,7\n4739526,3\n4735966,2\n"})
    gate = {"mode": "enforce", "conditions": [condition]}
    change(site, {SITE: site_text(tables=TABLES, gate=gate)})
    before = build(site)
    assert WACO in sitemaps(before)
    change(site, {"content/tables/clinics.csv": "id,clinics\n4671654,12\n4684888,7\n4739526,three\n4735966,2\n"})
    built = build(site)
    assert built.file(WACO).exists()
    assert WACO in sitemaps(built)
    assert "waco" not in built.text("/_redirects")
    assert WACO in links(built.page(TEXAS))


@pytest.mark.parametrize("column", ["Clinics", "local_facts", "boards_rows"])
def test_columns_that_a_condition_could_not_tell_apart_are_a_mistake(tmp_path: Path, column: str) -> None:
    columns = {"clinics": {"type": "integer"}, column: {}}
    change(site := gated(tmp_path), {"content/tables/clinics.csv": f"id,clinics,{column}\n4671654,12,3\n"})
    gate = {"mode": "enforce", "conditions": [SMALL | {"verdict": "fold"}]}
    change(site, {SITE: site_text(tables=TABLES | {"clinics": CLINICS | {"columns": columns}}, gate=gate)})
    (found,) = errors(site)
    assert "a condition of the gate would know two columns as" in found


def test_a_column_without_a_type_compares_as_a_number_where_it_is_one_and_may_be_long(tmp_path: Path) -> None:
    texts = {"content/tables/clinics.csv": f"id,clinics\n4671654,12\n4684888,2\n4739526,{'ñandú ' * 400}\n"}
    change(site := gated(tmp_path), texts)
    condition = {"where": "clinics < 3 or clinics like '%ú ñ%'", "verdict": "noindex", "reason": "So it is."}
    table = CLINICS | {"columns": {"clinics": {}}}
    gate = {"mode": "enforce", "conditions": [condition]}
    change(site, {SITE: site_text(tables=TABLES | {"clinics": table}, gate=gate)})
    build(site)
    assert {path.split("/")[-2] for path in kept_back(site)} == {"dallas", "waco"}


def test_a_reason_is_told_on_one_line(tmp_path: Path) -> None:
    site = gated(tmp_path, conditions=[SMALL | {"verdict": "fold", "reason": "Small.\n    9 not built: too small."}])
    assert "2 folded into the page above them: Small. 9 not built: too small.\n" in said(build(site)) + "\n"


def test_conditions_may_speak_of_tables_rows_and_local_facts(tmp_path: Path) -> None:
    expected = {
        "clinics < 10": {"dallas"},
        "clinics_rows = 0": {"lafayette", "shreveport", "temple", "waco"},
        "local_facts < 2": {"lafayette", "shreveport", "temple", "waco"},
        "region_board like 'Texas%' and clinics is null": {"temple", "waco"},
        "name = 'Waco'": {"waco"},
    }
    site = gated(tmp_path)
    for where, names in expected.items():
        condition = {"where": where, "verdict": "noindex", "reason": "So it is."}
        change(site, {SITE: site_text(tables=TABLES, gate={"mode": "enforce", "conditions": [condition]})})
        build(site)
        assert {path.split("/")[-2] for path in kept_back(site)} == names, where


def test_of_several_conditions_the_strictest_counts(tmp_path: Path) -> None:
    conditions = [
        SMALL | {"verdict": "noindex"},
        {"where": "name = 'Temple'", "verdict": "withhold", "reason": "Not Temple."},
        {"where": "population > 0", "verdict": "noindex", "topics": ["sciatica"], "reason": "Last."},
    ]
    site = gated(tmp_path, conditions=conditions)
    build(site)
    assert verdicts(site)[TEMPLE] == ("unbuilt", "withhold", "Not Temple.")
    assert verdicts(site)[WACO][2] == "Last."


def test_a_page_without_a_required_fact_is_not_indexed(tmp_path: Path) -> None:
    site = gated(tmp_path, required=["place.clinics", "place.region.board"])
    build(site)
    assert verdicts(site)[WACO] == ("noindex", "noindex", "place.clinics is empty.")
    assert verdicts(site)["/en-us/sciatica/texas/austin/"][0] == "live"


def test_a_medical_topic_without_a_reviewer_is_not_indexed(tmp_path: Path) -> None:
    site = gated(tmp_path, reviewed_within_days=365)
    built = build(site)
    assert verdicts(site)[WACO][2] == f"The medical topic names no reviewer. ({EN})"
    assert verdicts(site)[TEXAS][1] == "noindex"
    assert robots(built, "/en-us/") != "noindex, follow"
    change(site, {EN: topic_text(reviewer={"name": "A. Person", "credentials": "MD"})})
    build(site)
    assert verdicts(site)[WACO][2] == f"The medical topic names no date of review. ({EN})"
    change(site, {EN: topic_text(**REVIEWED)})
    built = build(site)
    assert verdicts(site)[WACO] == ("live", "index", "")


def test_a_review_grows_old_although_nobody_changes_anything(tmp_path: Path) -> None:
    site = gated(tmp_path, reviewed_within_days=100)
    change(site, {EN: topic_text(**REVIEWED), ES: topic_text(slug="ciatica", **REVIEWED)})
    assert robots(build(site), WACO) != "noindex, follow"
    last = REVIEWED["last_reviewed"] + datetime.timedelta(days=100)
    assert robots(build(site, now=last), WACO) != "noindex, follow"
    built = build(site, now=last + datetime.timedelta(days=1))
    assert robots(built, WACO) == "noindex, follow"
    assert verdicts(site)[WACO][2].startswith("The medical topic was last reviewed more than 100 days ago.")


MISTAKES: list[tuple[dict[str, Any], str]] = [
    (
        {"conditions": [SMALL | {"verdict": "fold", "where": "clincs < 3"}]},
        'names "clincs", which is not a column. Did you mean "clinics"?',
    ),
    (
        {"conditions": [SMALL | {"verdict": "fold", "where": "1; drop table places"}]},
        "gate.conditions[0].where cannot use",
    ),
    (
        {"conditions": [SMALL | {"verdict": "fold", "topics": ["sciatika"]}]},
        'names the topic "sciatika", which the site does not have. Did you mean "sciatica"?',
    ),
    (
        {"required": ["place.clinic"]},
        'gate.required names "place.clinic", which no table has. Did you mean "place.clinics"?',
    ),
    ({"mode": "enforced"}, "gate.mode"),
]


@pytest.mark.parametrize(("gate", "message"), MISTAKES)
def test_a_mistake_in_the_policy_is_told_with_its_line(tmp_path: Path, gate: dict[str, Any], message: str) -> None:
    site = gated(tmp_path, **gate)
    (found,) = errors(site)
    assert found.startswith("content/site.yaml:")
    assert message in found


def test_what_the_gate_said_is_said_again_when_nothing_has_changed(tmp_path: Path) -> None:
    site = gated(tmp_path, conditions=[SMALL | {"verdict": "noindex"}])
    first, second = build(site, now=NOW), build(site, now=NOW)
    assert second.summary.gate == first.summary.gate
    assert not second.summary.written
