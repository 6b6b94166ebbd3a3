"""What a report says to mend first is what helps, by as many pages as it says."""

from __future__ import annotations

from pathlib import Path

from generator.commands.built_site import open_built
from generator.commands.report.contents import Remedy, Report
from generator.commands.report.gather import gather
from generator.executors.inline import InlineExecutor
from generator.options import Options
from tests.sites import (
    BOARDS,
    EN,
    ES,
    LOCALE,
    NOW,
    PLACES,
    SITE,
    build,
    change,
    make_site,
    places_text,
    site_text,
    topic_text,
)

REVIEWER = {"name": "Ana Example"}


def reported(site: Path, *settings: str) -> Report:
    build(site, *settings)
    options = Options(site, site / "output", NOW, settings)
    with open_built(options) as built:
        return gather(built, InlineExecutor())


def of_gate(report: Report) -> list[Remedy]:
    return [remedy for remedy in report.remedies if remedy.urgency == "gate"]


def indexed(report: Report) -> int:
    return report.total + report.unbuilt - sum(said.pages for said in report.kept_back)


def test_a_missing_reviewer_is_one_thing_to_mend_for_all_pages_of_the_article(tmp_path: Path) -> None:
    site = make_site(tmp_path, gate={"mode": "enforce", "reviewed_within_days": 365})
    before = reported(site)
    (both,) = of_gate(before)
    fix = "Have a clinician review the article, then write reviewer and last_reviewed into it."
    assert both.what == "The medical topic names no reviewer."
    assert [(step.where, step.what, step.fix) for step in both.steps] == [(EN, "9 pages", fix), (ES, "9 pages", fix)]
    assert both.effect == "Then 18 pages could be indexed. Each of the 2 lifts the pages that stand with it."
    # The check finds the same, and says it no second time.
    assert not [remedy for remedy in before.remedies if remedy.rule == "reviewer_missing"]
    change(site, {EN: topic_text(reviewer=REVIEWER, last_reviewed=NOW)})
    after = reported(site)
    assert [step.where for remedy in of_gate(after) for step in remedy.steps] == [ES]
    assert indexed(after) - indexed(before) == 9


def test_pages_that_lack_several_things_are_lifted_by_all_of_them_only(tmp_path: Path) -> None:
    policy = {"mode": "enforce", "reviewed_within_days": 365, "translation_reviewed": True}
    site = make_site(tmp_path, {ES: topic_text(slug="ciatica", translation="pending review")}, gate=policy)
    english, spanish = of_gate(reported(site))
    assert [step.where for step in english.steps] == [EN]
    (step,) = spanish.steps
    assert step.where == ES
    assert step.fix.startswith("Have somebody read it who knows both languages and the field, then set translation:")
    assert step.fix.endswith(" Have a clinician review the article, then write reviewer and last_reviewed into it.")
    assert spanish.what == "The translation has not been reviewed. The medical topic names no reviewer."
    # What the build says of the translation says the same in other words.
    assert not [remedy for remedy in reported(site).remedies if "pending" in remedy.what]


def test_an_empty_cell_is_named_with_its_row_and_the_pages_that_wait_for_it(tmp_path: Path) -> None:
    boards = "region,board\nLA,\nTX,Texas Board\n"
    site = make_site(tmp_path, {BOARDS: boards}, gate={"mode": "enforce", "required": ["place.region.board"]})
    before = reported(site)
    (remedy,) = of_gate(before)
    assert [(step.where, step.fix) for step in remedy.steps] == [(BOARDS, "Fill in board for Louisiana.")]
    change(site, {BOARDS: boards.replace("LA,", "LA,Louisiana Board")})
    after = reported(site)
    assert of_gate(after) == []
    assert indexed(after) - indexed(before) == remedy.pages == 4


def test_what_would_lift_most_pages_comes_first_and_a_condition_is_quoted(tmp_path: Path) -> None:
    small = {"where": "population < 100000", "verdict": "withhold", "reason": "Too small."}
    policy = {"mode": "enforce", "reviewed_within_days": 365, "conditions": [small]}
    site = make_site(tmp_path, {ES: None}, gate=policy, locales={"en-US": LOCALE})
    first, second = of_gate(reported(site))
    assert (first.pages, second.pages) == (8, 1)
    assert second.steps[0].fix.endswith("Change what makes gate.conditions[0] true: population < 100000")


def test_a_gate_that_only_reports_promises_no_more_than_that(tmp_path: Path) -> None:
    (first, *_) = of_gate(reported(make_site(tmp_path, gate={"mode": "report", "reviewed_within_days": 365})))
    assert first.effect.startswith("Then the gate would have nothing against 18 pages. ")


def test_without_a_mode_and_on_another_host_that_comes_before_all_else_of_the_gate(tmp_path: Path) -> None:
    site = make_site(tmp_path, gate={})
    (remedy,) = of_gate(reported(site))
    assert remedy.steps[0].fix == "Set gate.mode to report or to enforce."
    assert remedy.pages == reported(site).total
    change(site, {SITE: site_text(gate={"mode": "report"})})
    (remedy,) = of_gate(reported(site, "base_url=https://staging.example.com"))
    assert remedy.what == "https://staging.example.com is not the production address, https://www.example.com."


def test_rows_with_one_fault_are_one_thing_and_come_before_what_only_warns(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    build(site)
    change(site, {PLACES: places_text(Waco={"population": "many"}, Dallas={"latitude": "north"})})
    first = reported(site).remedies[0]
    assert first.urgency == "error"
    assert first.what == "A cell holds something else than its column says."
    assert [step.where for step in first.steps] == [f"{PLACES}:5, column latitude", f"{PLACES}:7, column population"]
    assert [step.what.rpartition("; ")[2] for step in first.steps] == [
        "2 pages of dallas, Texas wait for it",
        "2 pages of waco, Texas wait for it",
    ]
    assert first.effect == (
        "4 pages of places wait for it: they stay as they were, and those that never were published are missing."
    )
    assert not [remedy for remedy in reported(site).remedies if "last build" in remedy.what]


def test_a_faulty_row_of_a_region_is_told_with_the_pages_that_wait_for_it(tmp_path: Path) -> None:
    site = make_site(tmp_path, {BOARDS: "region,board\nLA,Louisiana Board\nTX,#N/A\n"})
    build(site)
    (first,) = (remedy for remedy in reported(site).remedies if remedy.urgency == "error")
    assert first.steps[0].where == f"{BOARDS}:3, column board"
    assert first.steps[0].what.endswith("; 8 pages of Texas wait for it")
    assert first.pages == 8
    assert first.effect.startswith("8 pages of Texas wait for it: they stay as they were")
    change(site, {SITE: site_text(gate={"mode": "report", "reviewed_within_days": 365})})
    (gate, *_) = of_gate(reported(site))
    assert gate.effect.startswith("Then the gate would have nothing against 18 pages (with those that wait for a row).")


def test_what_is_known_and_noted_comes_after_the_rest_of_its_kind_with_the_reason(tmp_path: Path) -> None:
    known = [{"rule": "reviewer_missing", "severity": "warning", "reason": "We look for one."}]
    report = reported(make_site(tmp_path, checks=known))
    warnings = [remedy for remedy in report.remedies if remedy.urgency == "warning"]
    assert [bool(remedy.known) for remedy in warnings] == sorted(bool(remedy.known) for remedy in warnings)
    (noted,) = (remedy for remedy in warnings if remedy.rule == "reviewer_missing")
    assert noted.known == "We look for one."
    assert noted.effect == "It concerns 14 pages."


def test_a_page_of_a_region_is_lifted_with_the_first_of_its_places(tmp_path: Path) -> None:
    louisiana = {"where": "region_code = 'LA'", "verdict": "fold", "reason": "No partner there."}
    policy = {"mode": "enforce", "reviewed_within_days": 365, "conditions": [louisiana]}
    site = make_site(tmp_path, {ES: None}, gate=policy, locales={"en-US": LOCALE})
    before = reported(site)
    both, reviewer = sorted(of_gate(before), key=lambda remedy: remedy.pages)
    assert (reviewer.pages, both.pages) == (6, 3)
    change(site, {EN: topic_text(reviewer=REVIEWER, last_reviewed=NOW)})
    after = reported(site)
    assert indexed(after) - indexed(before) == 6
    (left,) = of_gate(after)
    assert (left.what, left.pages) == ("No partner there.", 3)
    change(site, {SITE: site_text(gate=policy | {"conditions": []}, locales={"en-US": LOCALE})})
    assert indexed(reported(site)) - indexed(after) == 3


def test_on_another_host_no_remedy_promises_that_pages_are_indexed(tmp_path: Path) -> None:
    gate = {"mode": "enforce", "reviewed_within_days": 365, "production_url": "https://www.example.org"}
    report = reported(make_site(tmp_path, gate=gate))
    assert not [remedy for remedy in report.remedies if "could be indexed" in remedy.effect]


def test_a_reason_stands_only_where_all_findings_were_decided_about(tmp_path: Path) -> None:
    one = {"rule": "sources_missing", "severity": "warning", "paths": [f"{ES}*"], "reason": "B."}
    (half,) = (r for r in reported(make_site(tmp_path, checks=[one])).remedies if r.rule == "sources_missing")
    assert half.known == ""
    other = one | {"paths": [f"{EN}*"], "reason": "A."}
    change(tmp_path, {SITE: site_text(checks=[one, other])})
    (whole,) = (r for r in reported(tmp_path).remedies if r.rule == "sources_missing")
    assert sorted(whole.known.split()) == ["A.", "B."]


def test_pages_held_by_a_rule_are_told_as_such_and_stay_on_the_map_as_they_are(tmp_path: Path) -> None:
    body = "\n{% if place %}Ask the {{ place.region.board }}.{% endif %}\n"
    lenient = [{"rule": "placeholder_leak", "severity": "error", "reason": "The other pages need not wait."}]
    site = make_site(tmp_path, {EN: topic_text(body), ES: topic_text(body, slug="ciatica")}, checks=lenient)
    build(site)
    change(site, {BOARDS: "region,board\nLA,Louisiana Board\nTX,Board in None\n"})
    report = reported(site)
    first = report.remedies[0]
    assert first.what.startswith("The last build held pages back: ")
    assert report.is_current
    assert report.pages["place"] == 12
    assert {place.standing for place in report.places} == {"index"}
