"""Which rules judge pages before they are written, and which pages they judge."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from generator.check.document import Document
from generator.check.judging import Judge, judging_rules
from generator.check.published import Published
from generator.check.registry import all_rules, rule_modules
from generator.ledger.cache import Cache
from generator.load.rule_settings import STOPPING
from generator.load.settings import load_settings
from tests.build.judged_sites import BODY, NOTES, ROWS, noted, site_of
from tests.clinics import TABLES
from tests.sites import (
    BOARDS,
    EN,
    ES,
    PLACES,
    SITE,
    WACO,
    WACO_ES,
    build,
    change,
    errors,
    make_site,
    places_text,
    publish,
    site_text,
    topic_text,
)

PAGE_RULES = [rule for rule in all_rules().values() if rule.scope is Document]
AROUND = {rule.id for rule in PAGE_RULES if rule.reads_other_files}


def test_every_rule_that_keeps_a_page_back_says_what_it_looks_for_in_values() -> None:
    stopping = [rule for rule in PAGE_RULES if rule.severity in STOPPING and not rule.reads_other_files]
    assert {rule.id for rule in stopping if rule.hints is None} == set()


def test_the_rules_that_read_other_files_are_known_by_what_they_call() -> None:
    asks = re.compile(r"published\.(?:read|has|answers|size|text|pages|redirects|folder)\b|read_document\(")
    sources = {name: inspect.getsource(module) for name, module in rule_modules().items()}
    assert {rule.id for rule in PAGE_RULES if asks.search(sources[rule.id])} == AROUND


def test_a_rule_that_judges_a_page_alone_asks_for_no_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    site = site_of(tmp_path)
    built = publish(site)
    config, _, _ = load_settings(site, ())
    assert config

    def no_file(*_: object) -> None:
        raise AssertionError("a rule asked for a file")

    for name in ("has", "read", "size", "pages"):
        monkeypatch.setattr(Published, name, no_file)
    judge = Judge(config, built.folder, judging_rules(Cache()))
    for path in (WACO, WACO_ES, "/en-us/sciatica/texas/", "/en-us/", "/"):
        assert judge.faults(path, "sciatica", built.text(path).encode()) == []


def test_what_the_site_decides_about_a_rule_holds_for_the_build(tmp_path: Path) -> None:
    body = BODY + "\nAsk {% raw %}{{ place.name }}{% endraw %}.\n"
    settings = [{"rule": "placeholder_leak", "severity": "warning", "topics": ["sciatica"], "reason": "It is code."}]
    site = site_of(tmp_path, body, checks=settings)
    assert "{{ place.name }}" in build(site).text(WACO)
    change(site, {SITE: site_text(checks=[*settings, {"rule": "repeated_word", "severity": "error", "reason": "No."}])})
    change(site, {EN: topic_text(body + "\nIt is the the needle.\n")})
    assert any(message.startswith("repeated_word") for message in errors(site))


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
    (message,) = errors(site_of(tmp_path, body, checks=exempt))
    # The other four cities in two languages, although those two are the first of their regions.
    assert message.startswith("placeholder_leak")
    assert "(on 8 pages, such as " in message


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
    assert any(message.startswith("placeholder_leak") for message in errors(site))


def test_a_page_that_a_decision_names_is_judged(tmp_path: Path) -> None:
    settings = [{"rule": "repeated_word", "severity": "stop", "paths": ["*/texas/waco/"], "reason": "We mind."}]
    site = noted(tmp_path, "a quiet place", checks=settings)
    publish(site)
    change(site, {"content/tables/clinics.csv": NOTES.format("the the place")})
    assert any(message.startswith("repeated_word") for message in errors(site))


def test_a_rule_that_reads_other_files_stops_no_build(tmp_path: Path) -> None:
    settings = [{"rule": rule, "severity": "stop", "reason": "We mind."} for rule in sorted(AROUND)]
    assert build(site_of(tmp_path, checks=settings)).messages == []


def test_pages_of_one_title_are_told_of_after_each_build_until_they_differ(tmp_path: Path) -> None:
    site = make_site(tmp_path, {EN: topic_text(title=["Injections near you"]), ES: None})
    built = build(site)
    said = [message for message in built.messages if "the title is" in message]
    assert said == [
        "/en-us/sciatica/louisiana/lafayette/: the title is “Injections near you”, and"
        " /en-us/sciatica/louisiana/shreveport/ has it, too. Let titles name what only their page is about.",
        "/en-us/sciatica/texas/austin/: the title is “Injections near you”, and so do 3 others, among them"
        " /en-us/sciatica/texas/waco/. Let titles name what only their page is about.",
    ]
    assert built.summary.has_errors
    assert build(site).messages == built.messages
    # Also where another region alone is made again.
    change(site, {PLACES: places_text(Shreveport={"population": 5})})
    assert [message for message in build(site).messages if "the title is" in message] == said
    settings = [{"rule": "title_duplicate", "severity": "warning", "topics": ["sciatica"], "reason": "For now."}]
    change(site, {SITE: site_text(checks=settings)})
    assert not build(site).summary.has_errors
    change(site, {SITE: site_text(), EN: topic_text()})
    assert not [message for message in build(site).messages if "the title is" in message]
