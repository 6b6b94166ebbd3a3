"""A page is dated by the day on which its content changed, and claims nothing that nobody knows."""

from __future__ import annotations

import datetime
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from generator.errors import ConfigurationError
from tests.build.edits import EDITS, edited_site
from tests.sites import (
    BOARDS,
    BODY,
    EN,
    ES,
    NOW,
    PLACES,
    WACO,
    Built,
    build,
    change,
    make_site,
    places_text,
    publish,
    topic_text,
)

FIRST = NOW.isoformat()
LATER_DAY = NOW + datetime.timedelta(days=30)
LATER = LATER_DAY.isoformat()
HUB = "/en-us/sciatica/texas/"
AUSTIN = "/en-us/sciatica/texas/austin/"


def dates(built: Built, path: str) -> tuple[str | None, str | None, str | None]:
    """When a page changed, as its sitemap, its structured data and its byline say."""
    node = (
        built.node(path, "WebPage") if "MedicalWebPage" not in built.text(path) else built.node(path, "MedicalWebPage")
    )
    shown = [time["datetime"] for time in built.page(path).select(".byline time")]
    return built.lastmods.get(path), node.get("dateModified"), str(shown[-1]) if shown else None


def test_without_a_ledger_no_page_claims_a_date(tmp_path: Path) -> None:
    built = build(make_site(tmp_path))
    assert built.lastmods == {}
    assert dates(built, WACO) == (None, None, None)
    assert not built.summary.is_dated


def test_the_first_build_of_all_dates_every_page(tmp_path: Path) -> None:
    built = build(make_site(tmp_path), is_first=True)
    assert set(built.lastmods.values()) == {FIRST}
    assert len(built.lastmods) == 21
    assert dates(built, WACO) == (FIRST, FIRST, FIRST)
    assert built.summary.is_dated


def test_nobody_can_say_that_nothing_was_published_when_the_ledger_knows_better(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    publish(site)
    with pytest.raises(ConfigurationError, match="already remembers what was published"):
        build(site, is_first=True)


def test_a_change_of_content_dates_the_pages_that_it_changes_and_no_others(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    publish(site, is_first=True)
    change(site, {PLACES: places_text(Waco={"population": 140000})})
    later = build(site, now=LATER_DAY).lastmods
    changed = {path for path, date in later.items() if date == LATER}
    assert changed == {WACO, HUB, "/es-us/ciatica/texas/waco/", "/es-us/ciatica/texas/"}
    assert {date for path, date in later.items() if path not in changed} == {FIRST}


def test_a_change_after_an_undated_build_dates_only_the_pages_that_changed(tmp_path: Path) -> None:
    site = make_site(tmp_path, {ES: None})
    publish(site)
    change(site, {EN: topic_text(BODY.replace("Hello", "Good day"))})
    built = build(site, now=LATER_DAY)
    changed = built.lastmods
    assert set(changed.values()) == {LATER}
    assert HUB not in changed
    assert dates(built, WACO) == (LATER, LATER, LATER)


def test_a_new_page_is_as_old_as_its_first_build(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/places/overrides.csv": "action,id,reason\nskip,4739526,later\n"})
    publish(site)
    change(site, {"content/places/overrides.csv": None})
    assert dates(build(site, now=LATER_DAY), WACO) == (LATER, LATER, LATER)


def test_a_template_that_shows_more_of_a_place_moves_no_date_and_what_it_shows_counts_from_then_on(
    tmp_path: Path,
) -> None:
    site = make_site(tmp_path, {ES: None})
    publish(site, is_first=True)
    facts = site / "templates/partials/facts.html"
    facts.write_text(facts.read_text("utf-8").replace("<dl>", "<dl>{{ place.latitude }}"), "utf-8")
    assert set(build(site, now=LATER_DAY).lastmods.values()) == {FIRST}
    change(site, {PLACES: places_text(Waco={"latitude": 31.6})})
    changed = build(site, now=LATER_DAY).lastmods
    assert changed[WACO] == LATER
    assert changed[AUSTIN] == FIRST


def test_a_template_and_a_fact_that_change_together_date_only_the_page_of_the_fact(tmp_path: Path) -> None:
    site = make_site(tmp_path, {ES: None})
    publish(site, is_first=True)
    facts = site / "templates/partials/facts.html"
    facts.write_text(facts.read_text("utf-8").replace("<dl>", "<dl>{{ place.latitude }}"), "utf-8")
    change(site, {PLACES: places_text(Temple={"population": 5})})
    later = build(site, now=LATER_DAY).lastmods
    assert {path for path, date in later.items() if date == LATER} == {HUB, "/en-us/sciatica/texas/temple/"}


def test_touching_dates_what_a_template_changes(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    publish(site, is_first=True)
    change(site, EDITS["the template partials/nearby.html"])
    built = build(site, now=LATER_DAY, touch=True)
    assert dates(built, WACO) == (LATER, LATER, LATER)
    assert built.lastmods[HUB] == FIRST
    assert dates(build(site, now=LATER_DAY + datetime.timedelta(days=1)), WACO)[0] == LATER


def test_a_neighbour_that_is_renamed_dates_its_own_pages_only(tmp_path: Path) -> None:
    # Temple is no place's nearest larger city, so other articles name it only among their links.
    site = make_site(tmp_path, {ES: None})
    publish(site, is_first=True)
    change(site, {PLACES: places_text(Temple={"name": "Tempel"})})
    built = build(site, now=LATER_DAY)
    assert "Tempel" in built.text(AUSTIN)
    assert {path for path, date in built.lastmods.items() if date == LATER} == {HUB, "/en-us/sciatica/texas/temple/"}


def test_the_authors_date_counts_where_it_is_later(tmp_path: Path) -> None:
    given = LATER_DAY + datetime.timedelta(days=5)
    site = make_site(tmp_path, {ES: None})
    publish(site, is_first=True)
    change(site, {EN: topic_text(updated=given)})
    built = build(site, now=given)
    assert dates(built, WACO) == (given.isoformat(),) * 3
    assert built.lastmods[HUB] == FIRST


def test_the_authors_date_does_not_hide_a_later_change(tmp_path: Path) -> None:
    site = make_site(tmp_path, {EN: topic_text(updated=NOW - datetime.timedelta(days=9)), ES: None})
    build(site)
    change(site, {EN: topic_text(BODY.replace("Hello", "Good day"), updated=NOW - datetime.timedelta(days=9))})
    assert dates(build(site, now=LATER_DAY), WACO) == (LATER,) * 3


def test_content_that_comes_back_has_changed_again(tmp_path: Path) -> None:
    site = make_site(tmp_path, {ES: None})
    publish(site, is_first=True)
    for text in (BODY.replace("Hello", "Good day"), BODY):
        change(site, {EN: topic_text(text)})
        built = build(site, now=LATER_DAY)
    assert dates(built, WACO) == (LATER,) * 3


def cause(site: Path, path: str) -> str:
    with closing(sqlite3.connect(site / "output" / "ledger.sqlite")) as ledger:
        (found,) = ledger.execute("SELECT content_cause FROM pages WHERE path = ?", (path,)).fetchone()
    return str(found)


def test_the_ledger_remembers_what_had_changed_when_a_page_s_content_did(tmp_path: Path) -> None:
    site = edited_site(tmp_path)
    build(site, is_first=True)
    assert cause(site, WACO) == "new"
    change(site, {BOARDS: "region,board\nLA,Louisiana Board\nTX,Board of Texas\n"})
    build(site, now=LATER_DAY)
    assert cause(site, WACO) == "region"
    assert cause(site, "/en-us/sciatica/louisiana/lafayette/") == "new"
    change(site, {EN: topic_text(BODY, summary="Something else.")})
    build(site, now=LATER_DAY)
    assert cause(site, WACO) == "topics"
    # A new design changes no content.
    change(site, {"templates/static/site.css": "body { margin: 1px; }"})
    build(site, now=LATER_DAY)
    assert cause(site, WACO) == "topics"
    change(site, {"templates/static/site.css": "body { margin: 2px; }"})
    build(site, now=LATER_DAY, touch=True)
    assert cause(site, WACO) == "appearance"
