"""What no rule lets pass is not published: an author's fault stops the build, a fault of data costs its own pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.check.document import Document
from generator.check.published import Published
from generator.check.registry import all_rules
from generator.check.vetting import ALONE, AROUND, STOPPING, Vet
from generator.errors import SiteError
from generator.executors.processes import ProcessesExecutor
from generator.load.settings import load_settings
from tests.build.test_survey import TABLES
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
    remembered,
    site_text,
    topic_text,
    tree,
)

NOTED = "\n{% if place and place.clinics %}There are {{ place.clinics }} clinics: {{ place.note }}.{% endif %}\n"
NOTES = "id,clinics,note\n4739526,3,{}\n"
BODY = "\n{% if place %}Ask the {{ place.region.board }}, in {{ place.name }}.{% endif %}\n"
ROWS = "region,board\nLA,Louisiana Board\nTX,Texas Board\n"


def site_of(folder: Path, body: str = BODY, **keys: Any) -> Path:
    return make_site(folder, {EN: topic_text(body), ES: topic_text(body, slug="ciatica"), BOARDS: ROWS}, **keys)


def held(site: Path) -> list[str]:
    return [row[0] for row in remembered(site)["pages"] if row[1] == "held"]


def test_the_rules_that_judge_a_page_alone_are_those_of_pages_that_keep_it_from_being_published() -> None:
    stopping = {rule.id for rule in all_rules().values() if rule.scope is Document and rule.severity in STOPPING}
    assert stopping - AROUND == ALONE
    assert stopping >= AROUND


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
    assert said[0].endswith("Fill in the value, or leave the sentence out.")


def test_a_fault_of_a_template_stops_the_build_and_leaves_what_is_published(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    build(site)
    before = tree(site / "output")
    base = site / "templates" / "base.html"
    base.write_text(base.read_text("utf-8").replace("<!doctype html>", ""), "utf-8")
    assert any(message.startswith("doctype_missing") for message in errors(site))
    assert tree(site / "output") == before


def test_a_faulty_cell_leaves_the_pages_that_show_it_as_they_were_and_the_others_go_on(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    build(site)
    change(site, {BOARDS: ROWS.replace("Texas Board", "Texas BoardÃ©"), PLACES: places_text(Dallas={"population": 5})})
    built = build(site)
    assert built.summary.has_errors
    assert "Ask the Texas Board, in Waco." in built.page(WACO).get_text()
    texas = [f"/{start}/texas/{name}/" for start in ("en-us/sciatica", "es-us/ciatica") for name in (
        "austin", "dallas", "temple", "waco")]  # fmt: skip
    # Of the others not one is published with the fault, though only some were looked at first.
    assert [path for path in held(site) if path.count("/") == 5] == texas
    assert any(message.startswith("mojibake: “Ã©” stands in its text") for message in built.messages)
    change(site, {BOARDS: ROWS.replace("Texas Board", "Texan Board")})
    built = build(site)
    assert (built.messages, held(site)) == ([], [])
    assert "Ask the Texan Board, in Waco." in built.page(WACO).get_text()


def noted(folder: Path, note: str, **keys: Any) -> Path:
    """A site of one language whose table notes something about Waco, which only its own page shows."""
    files = {EN: topic_text(NOTED), ES: None, "content/tables/clinics.csv": NOTES.format(note)}
    return make_site(folder, files, tables=TABLES, **keys)


def test_a_faulty_place_that_was_never_published_is_missing_until_it_is_mended(tmp_path: Path) -> None:
    site = noted(tmp_path, "{{ note }}")
    built = build(site)
    assert not built.file(WACO).exists()
    assert WACO not in built.text("/en-us/sciatica/texas/")
    (message,) = (message for message in built.messages if message.startswith("placeholder_leak"))
    assert f"stands in its text: “There are 3 clinics: {{{{ note }}}}.” (on {WACO})" in message
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


def test_a_page_that_stays_as_it_is_published_is_not_judged_again(tmp_path: Path) -> None:
    off = [{"rule": "placeholder_leak", "severity": "off", "reason": "Not yet."}]
    site = noted(tmp_path, "{{ note }}", checks=off)
    build(site)
    # Another page of its region changes.
    change(site, {SITE: site_text(tables=TABLES), PLACES: places_text(Temple={"population": 72_278})})
    built = build(site)
    assert [message for message in built.messages if "placeholder" in message] == []
    assert "{{ note }}" in built.text(WACO)
    assert built.summary.written > 0


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_other_processes_judge_alike(tmp_path: Path, start: str) -> None:
    site = site_of(tmp_path)
    build(site)
    change(site, {BOARDS: ROWS.replace("Texas Board", "Texas BoardÃ©")})
    built = build(site, executor=ProcessesExecutor(2, start))
    assert len([path for path in held(site) if path.count("/") == 5]) == 8
    assert built.summary.has_errors


def test_several_faults_of_a_page_are_told_with_the_worst_first(tmp_path: Path) -> None:
    site = site_of(tmp_path, BODY + "\nAsk {% raw %}{{ place.name }}{% endraw %} Ã©.\n")
    with pytest.raises(SiteError) as caught:
        build(site)
    assert caught.value.findings[0].where == "placeholder_leak, besides mojibake"
