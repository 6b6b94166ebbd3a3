"""What no rule lets pass is not published: an author's fault stops the build, a fault of data costs its own pages."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any

import pytest

from generator.check.document import Document
from generator.check.published import Published
from generator.check.registry import all_rules, rule_modules
from generator.check.vetting import ALONE, AROUND, Vet
from generator.checking import CheckOrder, check_own
from generator.decisions import STOPPING
from generator.errors import SiteError
from generator.executors.executor import Executor
from generator.executors.inline import InlineExecutor
from generator.executors.processes import ProcessesExecutor
from generator.load.settings import load_settings
from tests.build.test_survey import TABLES
from tests.sites import (
    BOARDS,
    EN,
    ES,
    NOW,
    PLACES,
    SITE,
    WACO,
    WACO_ES,
    build,
    change,
    errors,
    held,
    make_site,
    places_text,
    site_text,
    topic_text,
    tree,
    without_row,
)

NOTED = "\n{% if place and place.clinics %}There are {{ place.clinics }} clinics: {{ place.note }}.{% endif %}\n"
NOTES = "id,clinics,note\n4739526,3,{}\n"
BODY = "\n{% if place %}Ask the {{ place.region.board }}, in {{ place.name }}.{% endif %}\n"
LENIENT = [{"rule": "placeholder_leak", "severity": "error", "reason": "The other pages need not wait."}]
ROWS = "region,board\nLA,Louisiana Board\nTX,Texas Board\n"


def site_of(folder: Path, body: str = BODY, **keys: Any) -> Path:
    return make_site(folder, {EN: topic_text(body), ES: topic_text(body, slug="ciatica"), BOARDS: ROWS}, **keys)


def test_the_rules_that_judge_a_page_alone_are_those_of_pages_that_keep_it_from_being_published() -> None:
    stopping = {rule.id for rule in all_rules().values() if rule.scope is Document and rule.severity in STOPPING}
    assert stopping - AROUND == ALONE


def test_the_rules_that_read_other_files_are_known_by_what_they_call() -> None:
    asks = re.compile(r"published\.(?:read|document|has|answers|size|text|pages|redirects|folder)\b")
    sources = {name: inspect.getsource(module) for name, module in rule_modules().items()}
    assert {
        rule.id for rule in all_rules().values() if rule.scope is Document and asks.search(sources[rule.id])
    } == AROUND


def test_a_rule_that_judges_a_page_alone_asks_for_no_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    site = site_of(tmp_path)
    built = build(site)
    config, _, _ = load_settings(site, ())
    assert config

    def no_file(*_: object) -> None:
        raise AssertionError("a rule asked for a file")

    for name in ("has", "read", "size", "pages"):
        monkeypatch.setattr(Published, name, no_file)
    vet = Vet(config, built.folder)
    for path in (WACO, WACO_ES, "/en-us/sciatica/texas/", "/en-us/", "/"):
        assert vet.faults(path, "sciatica", built.text(path).encode()) == []


def test_a_fault_of_a_text_stops_the_build_before_anything_is_written(tmp_path: Path) -> None:
    said = errors(site_of(tmp_path, BODY + "\nAsk {% raw %}{{ place.name }}{% endraw %}.\n"))
    assert said[0].startswith("placeholder_leak: “{{ place.name }}” stands in its text: “Ask {{ place.name }}.” (on ")
    assert said[0].endswith(
        "Fill in the value, or leave the sentence out. Other pages have it, too: mend the article, the template or the"
        " rows from which it comes. Nothing was written."
    )


def test_a_fault_of_a_template_stops_the_build_and_leaves_what_is_published(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    build(site)
    before = tree(site / "output")
    base = site / "templates" / "base.html"
    base.write_text(base.read_text("utf-8").replace("<!doctype html>", ""), "utf-8")
    assert any(message.startswith("doctype_missing") for message in errors(site))
    assert tree(site / "output") == before


@pytest.fixture(params=["few pages", "many pages"])
def size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Whether the build is one of few pages, which are all made before the first is written."""
    if request.param == "many pages":
        monkeypatch.setattr("generator.making.WHOLE", 0)
    return str(request.param)


@pytest.mark.usefixtures("size")
def test_a_faulty_cell_leaves_the_pages_that_show_it_as_they_were_and_the_others_go_on(tmp_path: Path) -> None:
    site = site_of(tmp_path, checks=LENIENT)
    build(site)
    change(
        site,
        {BOARDS: ROWS.replace("Texas Board", "Texas Board in None"), PLACES: places_text(Dallas={"population": 5})},
    )
    built = build(site)
    assert built.summary.has_errors
    assert "Ask the Texas Board, in Waco." in built.page(WACO).get_text()
    texas = [f"/{start}/texas/{name}/" for start in ("en-us/sciatica", "es-us/ciatica") for name in (
        "austin", "dallas", "temple", "waco")]  # fmt: skip
    # Of the others not one is published with the fault, though only some were looked at first.
    assert [path for path in held(site) if path.count("/") == 5] == texas
    assert any(message.startswith("placeholder_leak: “None” stands in its text") for message in built.messages)
    change(site, {BOARDS: ROWS.replace("Texas Board", "Texan Board")})
    built = build(site)
    assert (built.messages, held(site)) == ([], [])
    assert "Ask the Texan Board, in Waco." in built.page(WACO).get_text()


@pytest.mark.usefixtures("size")
@pytest.mark.parametrize("executor", [InlineExecutor(), ProcessesExecutor(2)])
def test_a_rule_that_stops_leaves_every_page_as_it_was_though_only_one_cell_is_faulty(
    tmp_path: Path, executor: Executor
) -> None:
    site = site_of(tmp_path)
    build(site)
    before = tree(site / "output" / "site"), held(site)
    change(site, {BOARDS: ROWS.replace("Texas Board", "Texas Board in None").replace("Louisiana Board", "Other Board")})
    with pytest.raises(SiteError) as caught:
        build(site, executor=executor)
    assert {finding.severity for finding in caught.value.findings} == {"stop"}
    *_, last = map(str, caught.value.findings)
    assert last.startswith("placeholder_leak: “None” stands in its text: “Ask the Texas Board in None, in ")
    assert last.endswith(
        "Nothing was written, since placeholder_leak stops the build. To publish the other pages meanwhile, make it an"
        " error under checks in content/site.yaml: then only such pages stay as they were."
    )
    assert (tree(site / "output" / "site"), held(site)) == before
    change(site, {SITE: site_text(checks=LENIENT)})
    built = build(site, executor=executor)
    assert "Ask the Other Board, in Shreveport." in built.text("/en-us/sciatica/louisiana/shreveport/")
    assert "Ask the Texas Board, in Waco." in built.page(WACO).get_text()


def test_a_first_build_that_a_rule_stops_writes_no_page_at_all(tmp_path: Path) -> None:
    site = noted(tmp_path, "a clinic in None")
    assert any("Nothing was written" in message for message in errors(site))
    assert tree(site / "output" / "site") == {}
    change(site, {"content/tables/clinics.csv": NOTES.format("a quiet place")})
    assert not build(site).summary.has_errors


def test_a_page_that_was_left_out_stops_the_build_once_the_site_says_that_its_rule_does(tmp_path: Path) -> None:
    site = noted(tmp_path, "a clinic in None", checks=LENIENT)
    build(site)
    before = tree(site / "output" / "site")
    change(site, {SITE: site_text(tables=TABLES), EN: topic_text(NOTED + "\nNew words.\n")})
    assert any("Nothing was written" in message for message in errors(site))
    assert tree(site / "output" / "site") == before


def test_of_many_pages_that_one_rule_stops_some_are_told(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    build(site)
    new = topic_text(BODY + "\nNew words.\n")
    change(site, {BOARDS: ROWS.replace("Texas Board", "Texas Board in None"), EN: new, ES: None})
    said = errors(site)
    # Austin, Dallas, Temple and Waco each have their own text.
    assert len(said) == 3
    assert sum("Nothing was written" in message for message in said) == 1


def noted(folder: Path, note: str, **keys: Any) -> Path:
    """A site of one language whose table notes something about Waco, which only its own page shows."""
    files = {EN: topic_text(NOTED), ES: None, "content/tables/clinics.csv": NOTES.format(note)}
    return make_site(folder, files, tables=TABLES, **keys)


def test_a_faulty_place_that_was_never_published_is_missing_until_it_is_mended(tmp_path: Path) -> None:
    site = noted(tmp_path, "a clinic in None", checks=LENIENT)
    built = build(site)
    assert not built.file(WACO).exists()
    assert WACO not in built.text("/en-us/sciatica/texas/")
    (message,) = (message for message in built.messages if message.startswith("placeholder_leak"))
    assert f"a clinic in None.”, from content/tables/clinics.csv:2, column note (on {WACO})" in message
    assert build(site).messages == built.messages
    change(site, {"content/tables/clinics.csv": NOTES.format("a quiet place")})
    assert build(site).file(WACO).exists()


def test_what_the_site_decides_about_a_rule_holds_for_the_build(tmp_path: Path) -> None:
    body = BODY + "\nAsk {% raw %}{{ place.name }}{% endraw %}.\n"
    decided = [{"rule": "placeholder_leak", "severity": "warning", "topics": ["sciatica"], "reason": "It is code."}]
    site = site_of(tmp_path, body, checks=decided)
    assert "{{ place.name }}" in build(site).text(WACO)
    change(site, {SITE: site_text(checks=[*decided, {"rule": "repeated_word", "severity": "error", "reason": "No."}])})
    change(site, {EN: topic_text(body + "\nIt is the the needle.\n")})
    assert any(message.startswith("repeated_word") for message in errors(site))


@pytest.mark.usefixtures("size")
def test_a_page_that_stays_as_it_is_published_is_not_judged_again(tmp_path: Path) -> None:
    off = [{"rule": "placeholder_leak", "severity": "off", "reason": "Not yet."}]
    site = noted(tmp_path, "a clinic in None", checks=off)
    build(site)
    # Another page of its region changes.
    change(site, {SITE: site_text(tables=TABLES), PLACES: places_text(Temple={"population": 72_278})})
    built = build(site)
    assert [message for message in built.messages if "placeholder" in message] == []
    assert "a clinic in None" in built.text(WACO)
    assert built.summary.written > 0


def test_a_faulty_page_that_was_taken_away_is_judged_when_it_comes_back(tmp_path: Path) -> None:
    off = [{"rule": "placeholder_leak", "severity": "off", "reason": "Not yet."}]
    site = noted(tmp_path, "a clinic in None", checks=off)
    assert build(site).file(WACO).exists()
    gate = {"mode": "enforce", "conditions": [{"where": "name = 'Waco'", "verdict": "hold", "reason": "Later."}]}
    change(site, {SITE: site_text(tables=TABLES, gate=gate)})
    assert not build(site).file(WACO).exists()
    change(site, {SITE: site_text(tables=TABLES, checks=LENIENT)})
    built = build(site)
    assert not built.file(WACO).exists()
    assert any(message.startswith("placeholder_leak") for message in built.messages)


def test_the_faulty_page_of_a_new_region_is_left_out_and_nothing_leads_to_it(tmp_path: Path) -> None:
    rows = places_text(Temple={"region_code": "NM", "region": "New Mexico"})
    boards = "region,board\nLA,Louisiana Board\nNM,New Board in None\nTX,Texas Board\n"
    region = {"title": ["In {{ page.region.name }}"], "description": ["Cities of {{ page.region.name }}."]}
    front = {"region_page": region | {"h1": "Of the {{ page.region.board }}", "summary": "Choose."}}
    files = {EN: topic_text(**front), ES: None, PLACES: without_row(places_text(), "Temple")}
    site = make_site(tmp_path, files, checks=LENIENT)
    build(site)
    change(site, {PLACES: rows, BOARDS: boards, EN: topic_text("\nNew words.\n", **front)})
    built = build(site)
    assert any(message.startswith("placeholder_leak") for message in built.messages)
    assert "New words." in built.text(WACO)
    # The place is sound: its page leads to the page of the topic instead.
    temple = built.page("/en-us/sciatica/new-mexico/temple/")
    assert not built.file("/en-us/sciatica/new-mexico/").exists()
    links = {link["href"] for path in tree(built.folder) if path.endswith(".html")
             for link in built.page("/" + path).select("a[href]")}  # fmt: skip
    assert "/en-us/sciatica/new-mexico/" not in links
    assert "/en-us/sciatica/" in {link["href"] for link in temple.select("nav.breadcrumb a")}
    assert build(site).messages == built.messages
    change(site, {BOARDS: boards.replace(" in None", "")})
    mended = build(site)
    assert not mended.summary.has_errors
    assert mended.file("/en-us/sciatica/new-mexico/").exists()


@pytest.mark.usefixtures("size")
def test_the_only_place_of_a_region_is_missing_with_the_page_of_its_region(tmp_path: Path) -> None:
    rows = places_text(Temple={"region_code": "NM", "region": "New Mexico"})
    notes = NOTES.format("a quiet place") + "4735966,2,a clinic in None\n"
    site = make_site(tmp_path, {EN: topic_text(NOTED), ES: None, PLACES: rows, "content/tables/clinics.csv": notes},
                     tables=TABLES, checks=LENIENT)  # fmt: skip
    built = build(site, is_first=True)
    assert built.summary.has_errors
    written = [path for path in tree(built.folder) if "new-mexico" in path]
    assert written == []
    outcome = check_own(CheckOrder(site, site / "output", NOW), InlineExecutor())
    assert not [finding for finding in outcome.findings if finding.severity in STOPPING]
    change(site, {"content/tables/clinics.csv": notes.replace(" in None", "")})
    mended = build(site)
    assert mended.file("/en-us/sciatica/new-mexico/temple/").exists()
    sound = {EN: topic_text(NOTED), ES: None, PLACES: rows, "content/tables/clinics.csv": notes.replace(" in None", "")}
    other = make_site(tmp_path / "other", sound, tables=TABLES, checks=LENIENT)
    assert tree(mended.folder) == tree(build(other, is_first=True).folder)


@pytest.mark.parametrize("faulty", ["Louisiana Board", "Texas Board"])
def test_a_page_that_a_rule_holds_keeps_no_other_change_back(tmp_path: Path, faulty: str) -> None:
    site = site_of(tmp_path, checks=LENIENT)
    build(site)
    spoilt = ROWS.replace(faulty, f"{faulty} in None")
    change(site, {BOARDS: spoilt})
    first = build(site)
    assert first.summary.kept == 2 * (2 if faulty.startswith("L") else 4)
    assert first.summary.total + first.summary.kept == 22
    sound = "Texas" if faulty.startswith("L") else "Louisiana"
    change(site, {BOARDS: spoilt.replace(f"{sound} Board", f"New {sound} Board")})
    second = build(site)
    path = WACO if sound == "Texas" else "/en-us/sciatica/louisiana/lafayette/"
    assert f"Ask the New {sound} Board" in second.text(path)
    assert second.messages == first.messages


@pytest.mark.usefixtures("size")
def test_two_faulty_rows_are_not_taken_for_a_fault_of_the_article(tmp_path: Path) -> None:
    rows = places_text(Temple={"region_code": "NM", "region": "New Mexico"})
    boards = "region,board\nLA,{}\nNM,{}\nTX,{}\n"
    spoilt = boards.format("Louisiana Board", "New Board in None", "Texas Board in None")
    site = make_site(tmp_path, {EN: topic_text(BODY), ES: None, PLACES: rows, BOARDS: spoilt}, checks=LENIENT)
    built = build(site)
    assert "Ask the Louisiana Board" in built.text("/en-us/sciatica/louisiana/lafayette/")
    assert not built.file(WACO).exists()
    spoilt = boards.format("Other Board in None", "New Board in None", "Texas Board in None")
    everywhere = make_site(tmp_path / "other", {EN: topic_text(BODY), ES: None, PLACES: rows, BOARDS: spoilt},
                           checks=LENIENT)  # fmt: skip
    assert any("Other pages have it, too" in message for message in errors(everywhere))


def test_a_faulty_cell_of_a_new_region_keeps_no_other_change_back(tmp_path: Path) -> None:
    site = site_of(tmp_path, checks=LENIENT)
    build(site)
    rows = places_text(Temple={"region_code": "NM", "region": "New Mexico"})
    boards = "region,board\nLA,Louisiana Board\nNM,New Board in None\nTX,Texan Board\n"
    change(site, {PLACES: rows, BOARDS: boards})
    built = build(site, allow_removal=20)
    assert "Ask the Texan Board" in built.text(WACO)
    assert not built.file("/en-us/sciatica/new-mexico/temple/").exists()


def test_the_one_page_that_a_changed_row_changes_is_judged_whatever_its_name(tmp_path: Path) -> None:
    for name, (number, place) in enumerate({"4671654": "austin", "4735966": "temple", "4739526": "waco"}.items()):
        site = noted(tmp_path / str(name), "a quiet place")
        build(site)
        change(site, {"content/tables/clinics.csv": f"id,clinics,note\n{number},3,a clinic in None\n"})
        assert any(f"/texas/{place}/" in message for message in errors(site))


def test_the_page_of_a_region_is_judged_when_its_row_changes(tmp_path: Path) -> None:
    region = {"title": ["In {{ page.region.name }}"], "description": ["Cities of {{ page.region.name }}."]}
    front = {"region_page": region | {"h1": "Of the {{ page.region.board }}", "summary": "Choose."}}
    site = make_site(tmp_path, {EN: topic_text(**front), ES: None, BOARDS: ROWS})
    build(site)
    change(site, {BOARDS: ROWS.replace("Texas Board", "Texas Board in None")})
    assert any(message.startswith("placeholder_leak") for message in errors(site))


def test_the_cell_from_which_a_fault_comes_is_named(tmp_path: Path) -> None:
    site = noted(tmp_path, "a clinic in None", checks=LENIENT)
    (message,) = (message for message in build(site).messages if message.startswith("placeholder_leak"))
    assert "a clinic in None.”, from content/tables/clinics.csv:2, column note (on " in message
    change(site, {SITE: site_text()})
    site = site_of(tmp_path / "other")
    build(site)
    change(site, {BOARDS: ROWS.replace("Texas Board", "Texas Board in None")})
    assert all(f", from {BOARDS}:3, column board (on " in message for message in errors(site))


@pytest.mark.usefixtures("size")
def test_a_page_that_a_decision_names_is_judged(tmp_path: Path) -> None:
    decided = [{"rule": "repeated_word", "severity": "stop", "paths": ["*/texas/waco/"], "reason": "We mind."}]
    site = noted(tmp_path, "a quiet place", checks=decided)
    build(site)
    change(site, {"content/tables/clinics.csv": NOTES.format("the the place")})
    assert any(message.startswith("repeated_word") for message in errors(site))


def test_a_page_that_is_held_with_a_fault_of_its_data_is_blamed_for_nothing_else(tmp_path: Path) -> None:
    site = site_of(tmp_path, checks=LENIENT)
    build(site)
    change(site, {BOARDS: ROWS.replace("Texas Board", "Texas Board in None")})
    build(site)
    outcome = check_own(CheckOrder(site, site / "output", NOW), InlineExecutor())
    assert not [finding for finding in outcome.findings if finding.severity in STOPPING]


def test_a_rule_that_reads_other_files_stops_no_build(tmp_path: Path) -> None:
    decided = [{"rule": rule, "severity": "stop", "reason": "We mind."} for rule in sorted(AROUND)]
    assert build(site_of(tmp_path, checks=decided)).messages == []


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_other_processes_judge_alike(tmp_path: Path, start: str) -> None:
    site = site_of(tmp_path, checks=LENIENT)
    build(site)
    change(site, {BOARDS: ROWS.replace("Texas Board", "Texas Board in None")})
    built = build(site, executor=ProcessesExecutor(2, start))
    assert len([path for path in held(site) if path.count("/") == 5]) == 8
    assert built.summary.has_errors


def test_several_faults_of_a_page_are_told_with_the_worst_first(tmp_path: Path) -> None:
    site = site_of(tmp_path, BODY + "\nAsk {% raw %}{{ place.name }}{% endraw %} Ã©.\n")
    with pytest.raises(SiteError) as caught:
        build(site)
    assert caught.value.findings[0].where == "placeholder_leak, besides mojibake"


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
    decided = [{"rule": "title_duplicate", "severity": "warning", "topics": ["sciatica"], "reason": "For now."}]
    change(site, {SITE: site_text(checks=decided)})
    assert not build(site).summary.has_errors
    change(site, {SITE: site_text(), EN: topic_text()})
    assert not [message for message in build(site).messages if "the title is" in message]
