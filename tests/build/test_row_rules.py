"""Rules read rows before pages are made of them: a faulty one costs its own pages, and is named with its cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checking import CheckOrder, check_own
from generator.errors import SiteError
from generator.executors.inline import InlineExecutor
from tests.build.edits import OVERRIDES
from tests.sites import (
    BOARDS,
    EN,
    ES,
    NOW,
    PLACES,
    SITE,
    WACO,
    build,
    change,
    make_site,
    places_text,
    remembered,
    site_text,
    topic_text,
)

BODY = "\n{% if place and place.region.board %}Ask the {{ place.region.board }}, in {{ place.name }}.{% endif %}\n"
ROWS = "region,board\nLA,Louisiana Board\nTX,Texas Board\n"
AUSTIN = "/en-us/sciatica/texas/austin/"
DALLAS = "/en-us/sciatica/louisiana/shreveport/"


def site_of(folder: Path) -> Path:
    return make_site(folder, {EN: topic_text(BODY), ES: None, BOARDS: ROWS})


def held(site: Path) -> list[str]:
    return [row[0] for row in remembered(site)["pages"] if row[1] == "held"]


def test_a_cell_that_stands_for_a_missing_value_holds_the_pages_of_its_row(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    build(site)
    change(site, {BOARDS: "region,board\nLA,Board of Louisiana\nTX,n/a\n"})
    built = build(site)
    assert [message for message in built.messages if "topic yet" not in message] == [
        f"{BOARDS}:3, column board: “n/a” stands for a value that is missing. Fill the value in, or empty the cell."
    ]
    assert built.summary.has_errors
    assert "Ask the Texas Board" in built.page(WACO).get_text()
    assert "Ask the Board of Louisiana" in built.page(DALLAS).get_text()
    # Nothing has changed, and it is told again.
    assert build(site).messages == built.messages
    change(site, {BOARDS: "region,board\nLA,Board of Louisiana\nTX,\n"})
    assert "Ask the" not in build(site).page(WACO).get_text()
    assert held(site) == []


def test_a_fault_in_the_name_of_a_place_costs_no_other_place_its_page(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    change(site, {PLACES: places_text(Temple={"name": "NaN"})})
    built = build(site)
    (message,) = (message for message in built.messages if "topic yet" not in message)
    assert message.startswith(f"{PLACES}:6, column name: “NaN” stands for a value that is missing.")
    assert not built.file("/en-us/sciatica/texas/temple/").exists()
    for path in (WACO, AUSTIN, "/en-us/sciatica/texas/"):
        assert "NaN" not in built.text(path)


def test_a_place_that_is_really_called_so_is_let_through_by_its_row(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    cells = {"rule": "cell_placeholder", "severity": "off", "paths": [f"{PLACES}:6"], "reason": "It is a town."}
    of_pages = [
        {"rule": rule, "severity": "off", "paths": ["/en-us/*"], "reason": "It is a town."}
        for rule in ("placeholder_leak", "json_ld_empty_value")
    ]
    change(site, {PLACES: places_text(Temple={"name": "None"}), SITE: site_text(checks=[cells, *of_pages])})
    built = build(site)
    assert not built.summary.has_errors
    assert "in None" in built.page("/en-us/sciatica/texas/temple/").h1.get_text()
    outcome = check_own(CheckOrder(site, site / "output", NOW, rules=("cell_placeholder",)), InlineExecutor())
    assert [(decided.rule, decided.count) for decided in outcome.decided] == [("cell_placeholder", 1)]


def test_what_only_warns_can_be_made_to_stop_the_build(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    change(site, {BOARDS: "region,board,telephone\nLA,A,1\nTX,B,2\n"})
    assert any("telephone" in message for message in build(site).messages)
    change(site, {SITE: site_text(checks=[{"rule": "column_undeclared", "severity": "stop", "reason": "We mind."}])})
    with pytest.raises(SiteError) as caught:
        build(site)
    assert "the column is not declared" in str(caught.value)
    change(site, {SITE: site_text(checks=[{"rule": "column_undeclared", "severity": "off", "reason": "Known."}])})
    assert not any("telephone" in message for message in build(site).messages)


def test_a_name_in_the_overrides_that_stands_for_none_stops_the_build(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    change(site, {OVERRIDES: "action,id,name,reason\nrename,4739526,#REF!,\n"})
    with pytest.raises(SiteError) as caught:
        build(site)
    assert str(caught.value).startswith(f"{OVERRIDES}:2, column name: “#REF!” is a formula, or its error.")
