"""Which rules judge pages before they are written, and which pages they judge."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.check.document import Document
from generator.check.judging import judging_rules
from generator.check.published import Published
from generator.check.registry import all_rules
from generator.ledger.cache import Cache
from generator.load.rows import Rows
from generator.load.rule_settings import STOPPING
from generator.plan.routes import Plan
from tests.build.judged_sites import BODY, NOTES, ROWS, noted, site_of
from tests.clinics import TABLES
from tests.sites import (
    BOARDS,
    EN,
    ES,
    PLACES,
    SITE,
    WACO,
    build,
    change,
    errors,
    make_site,
    places_text,
    publish,
    site_text,
    topic_text,
    tree,
)

PAGE_RULES = [rule for rule in all_rules().values() if rule.scope is Document]


def test_every_rule_that_keeps_a_page_back_says_what_it_looks_for_in_values() -> None:
    stopping = [rule for rule in PAGE_RULES if rule.severity in STOPPING]
    assert {rule.id for rule in stopping if rule.hints is None} == set()


def test_a_build_judges_by_every_rule_that_keeps_something_back_and_that_nothing_has_judged_before() -> None:
    judged = {name for names in judging_rules(Cache()).values() for name in names}
    stopping = {rule.id: rule.scope for rule in all_rules().values() if rule.severity in STOPPING}
    assert judged == {name for name, scope in stopping.items() if scope not in (Plan, Rows)}


def test_pages_are_judged_without_a_look_at_files_that_are_not_written_yet(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    site = site_of(tmp_path)

    def no_file(*_: object) -> None:
        raise AssertionError("a rule asked for a file")

    for name in ("has", "read", "size", "pages", "files"):
        monkeypatch.setattr(Published, name, no_file)
    assert build(site).messages == []


def test_what_the_site_decides_about_a_rule_holds_for_the_build(tmp_path: Path) -> None:
    body = BODY + "\nAsk {% raw %}{{ place.name }}{% endraw %}.\n"
    settings = [{"rule": "placeholder_leak", "severity": "warning", "topics": ["sciatica"], "reason": "It is code."}]
    site = site_of(tmp_path, body, checks=settings)
    assert "{{ place.name }}" in build(site).text(WACO)
    change(site, {SITE: site_text(checks=[*settings, {"rule": "repeated_word", "severity": "error", "reason": "No."}])})
    change(site, {EN: topic_text(body + "\nIt is the the needle.\n")})
    assert any("(repeated_word" in message for message in errors(site))


def test_a_page_that_stays_as_it_is_published_is_not_judged_again(tmp_path: Path) -> None:
    off = [{"rule": "placeholder_leak", "severity": "off", "reason": "Not yet."}]
    site = noted(tmp_path, "a clinic in None", checks=off)
    publish(site)
    # Another page of its region changes.
    change(site, {SITE: site_text(tables=TABLES), PLACES: places_text(Temple={"population": 72_278})})
    built = build(site)
    assert [message for message in built.messages if "placeholder" in message] == []
    assert "a clinic in None" in built.text(WACO)
    assert built.summary.written > 0


def test_a_page_that_a_setting_exempts_does_not_stand_for_the_others(tmp_path: Path) -> None:
    body = BODY + "\n{% if place %}Ask {% raw %}{{ place.name }}{% endraw %}.{% endif %}\n"
    exempt = [
        {"rule": "placeholder_leak", "severity": "off", "paths": [f"*/{place}/"], "reason": "It is code there."}
        for place in ("austin", "lafayette")
    ]
    english, spanish = errors(site_of(tmp_path, body, checks=exempt))
    # The other four cities in each language, although those two are the first of their regions.
    assert f"from {EN}:14 (placeholder_leak; on 4 pages, such as " in english
    assert f"from {ES}:14 (placeholder_leak; on 4 pages, such as " in spanish


def test_the_one_page_that_a_changed_row_changes_is_judged_whatever_its_name(tmp_path: Path) -> None:
    for name, (number, place) in enumerate({"4671654": "austin", "4735966": "temple", "4739526": "waco"}.items()):
        site = noted(tmp_path / str(name), "a quiet place")
        publish(site)
        change(site, {"content/tables/clinics.csv": f"id,clinics,note\n{number},3,a clinic in None\n"})
        assert any(f"/texas/{place}/" in message for message in errors(site))


def test_the_page_of_a_region_is_judged_when_its_row_changes(tmp_path: Path) -> None:
    region = {"title": ["In {{ page.region.name }}"], "description": ["Cities of {{ page.region.name }}."]}
    front = {"region_page": region | {"h1": "Of the {{ page.region.board }}", "summary": "Choose."}}
    site = make_site(tmp_path, {EN: topic_text(**front), ES: None, BOARDS: ROWS})
    publish(site)
    change(site, {BOARDS: ROWS.replace("Texas Board", "Texas Board in None")})
    assert any("(placeholder_leak" in message for message in errors(site))


def test_a_page_that_a_decision_names_is_judged(tmp_path: Path) -> None:
    settings = [{"rule": "repeated_word", "severity": "stop", "paths": ["*/texas/waco/"], "reason": "We mind."}]
    site = noted(tmp_path, "a quiet place", checks=settings)
    publish(site)
    change(site, {"content/tables/clinics.csv": NOTES.format("the the place")})
    assert any("(repeated_word" in message for message in errors(site))


def test_pages_that_stay_are_compared_with_those_that_change(tmp_path: Path) -> None:
    site = make_site(
        tmp_path, {EN: topic_text(title=["Injections{% if place %} in {{ place.name }}{% endif %}"]), ES: None}
    )
    build(site)
    before = tree(site / "output" / "site")
    change(site, {PLACES: places_text(Temple={"name": "Shreveport"})})
    stop = [{"rule": "title_duplicate", "severity": "stop", "reason": "We mind."}]
    change(site, {SITE: site_text(checks=stop)})
    message = errors(site)[0]
    assert "/en-us/sciatica/louisiana/shreveport/ has it, too" in message or "/texas/temple/ has it, too" in message
    assert tree(site / "output" / "site") == before


def test_pages_of_one_title_stay_as_they_were_until_their_titles_differ(tmp_path: Path) -> None:
    site = make_site(tmp_path, {ES: None})
    build(site)
    change(site, {EN: topic_text(title=["Injections near you"])})
    message = errors(site)[0]
    assert "the title is “Injections near you”, and so do 6 others" in message
    settings = [{"rule": "title_duplicate", "severity": "warning", "topics": ["sciatica"], "reason": "For now."}]
    change(site, {SITE: site_text(checks=settings)})
    assert not build(site).summary.has_errors
    change(site, {SITE: site_text(), EN: topic_text()})
    assert not build(site).summary.has_errors


def test_two_places_of_one_title_wait_while_the_others_go_on(tmp_path: Path) -> None:
    site = make_site(
        tmp_path, {EN: topic_text(title=["Injections{% if place %} in {{ place.name }}{% endif %}"]), ES: None}
    )
    change(site, {PLACES: places_text(Temple={"name": "Shreveport"})})
    built = build(site)
    (message,) = (message for message in built.messages if "the title is" in message)
    assert "(title_duplicate; on 2 pages, such as " in message
    assert not built.file("/en-us/sciatica/texas/temple/").exists()
    assert not built.file("/en-us/sciatica/louisiana/shreveport/").exists()
    assert built.file(WACO).exists()
    assert build(site).messages == built.messages
    change(site, {PLACES: places_text()})
    assert not build(site).summary.has_errors
