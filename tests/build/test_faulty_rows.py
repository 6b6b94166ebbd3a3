"""A faulty row of data costs its own pages an update, and nothing else."""

from __future__ import annotations

from pathlib import Path

from generator.commands.check import check_own
from generator.executors.inline import InlineExecutor
from generator.options import Options
from tests.sites import (
    BOARD_TABLE,
    BOARDS,
    BODY,
    EN,
    ES,
    NOW,
    PLACES,
    WACO,
    WACO_ES,
    build,
    change,
    make_site,
    places_text,
    publish,
    remembered,
    topic_text,
    tree,
)

TYPED = BOARD_TABLE | {"columns": {"board": {"type": "integer"}}}
TYPED_TEXT = "\n{% if place %}Board {{ place.region.board }}.{% endif %}\n"


def test_a_cell_of_the_wrong_type_leaves_its_regions_pages_as_they_were(tmp_path: Path) -> None:
    files = {BOARDS: "region,board\nLA,1\nTX,2\n", EN: topic_text(TYPED_TEXT), ES: None}
    site = make_site(tmp_path, files, tables={"boards": TYPED})
    before = build(site)
    assert before.page(WACO).select_one(".introduction p").get_text() == "Board 2."
    kept = tree(before.folder / WACO[1:])
    change(site, {BOARDS: "region,board\nLA,3\nTX,two\n"})
    after = build(site)
    assert [line for line in after.messages if "has no topic yet" not in line] == [
        f'{BOARDS}:3, column board: "two" is not a whole number. Write digits only, like 1250.'
    ]
    assert tree(after.folder / WACO[1:]) == kept
    assert after.page("/en-us/sciatica/louisiana/lafayette/").select_one(".introduction p").get_text() == "Board 3."
    assert (after.summary.has_errors, after.summary.frozen, after.summary.removed) == (True, 5, 0)


def test_a_table_that_names_no_region_is_told_and_the_rest_is_built(tmp_path: Path) -> None:
    built = build(make_site(tmp_path, {BOARDS: "region,board\nLA,x\nTX,y\nTT,z\n"}))
    assert built.messages == [f'{BOARDS}:4, column region: no region of US has the code "TT". Known: LA, TX.']
    assert (built.summary.has_errors, built.file(WACO_ES).is_file()) == (True, True)


def test_a_faulty_place_that_was_never_published_is_missing_and_nothing_links_to_it(tmp_path: Path) -> None:
    built = build(make_site(tmp_path, {PLACES: places_text(Waco={"population": "many"})}))
    assert built.messages == [
        f'{PLACES}:7, column population: "many" is not a whole number, zero or more. Write digits only, like 15000.'
    ]
    assert not built.file(WACO).exists()
    assert not any(
        "/waco/" in body.decode() for path, body in tree(built.folder).items() if path.endswith((".html", ".xml"))
    )


def test_a_mistyped_key_leaves_the_pages_and_the_hub_that_it_was_meant_for(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    before = tree(publish(site).folder)
    change(site, {BOARDS: (site / BOARDS).read_text().replace("TX,", "tx,")})
    after = build(site)
    assert after.summary.has_errors
    assert tree(after.folder) == before


def test_a_page_that_cannot_be_made_is_reported_by_every_build_until_it_can(tmp_path: Path) -> None:
    # The text fails for Temple alone, which is not the first place of any batch.
    broken = BODY.replace("Hello", "{% if place and place.name == 'Temple' %}{{ place.county }}{% endif %}Hello")
    site = make_site(tmp_path, {EN: topic_text(broken)})
    first = build(site)
    (message,) = first.messages
    assert "a value in it is empty (on /en-us/sciatica/texas/temple/)" in message
    whole, known = tree(first.folder), remembered(site)
    for _ in range(2):
        again = build(site)
        assert (again.messages, again.summary.has_errors, again.summary.written) == ([message], True, 0)
        assert (tree(again.folder), remembered(site)) == (whole, known)
    change(site, {EN: topic_text()})
    assert build(site).messages == []
    assert "Temple" in again.text("/en-us/sciatica/texas/temple/")


def test_a_cell_that_breaks_a_regions_own_page_leaves_it_as_it_was_and_stops_nothing(tmp_path: Path) -> None:
    hub = "/en-us/sciatica/texas/"
    region_page = {
        "title": ["T {{ page.region.name }}"],
        "description": ["D"],
        "h1": "{{ 12 // page.region.board }} boards",
        "summary": "S",
    }
    files = {BOARDS: "region,board\nLA,1\nTX,2\n", EN: topic_text(TYPED_TEXT, region_page=region_page), ES: None}
    site = make_site(tmp_path, files, tables={"boards": TYPED})
    before = build(site)
    assert before.page(hub).h1.get_text() == "6 boards"
    change(site, {BOARDS: "region,board\nLA,3\nTX,0\n"})
    after = build(site)
    (line,) = (line for line in after.messages if "has no topic yet" not in line)
    assert "the text cannot be made" in line
    assert line.endswith("(on /en-us/sciatica/texas/). Mend the text, or put it into {% if … %}.")
    assert after.page(hub).h1.get_text() == "6 boards"
    assert after.page("/en-us/sciatica/louisiana/").h1.get_text() == "4 boards"
    assert after.page(WACO).select_one(".introduction p").get_text() == "Board 0."
    assert after.summary.has_errors


def test_pages_of_a_place_whose_own_row_is_faulty_are_held_and_no_rule_blames_them_for_that(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    publish(site)
    change(site, {PLACES: places_text(Waco={"population": "many"})})
    build(site)
    states = {row[0]: row[1] for row in remembered(site)["pages"]}
    # And the page of its region, which goes on to lead to it.
    regions = ["/en-us/sciatica/texas/", "/es-us/ciatica/texas/"]
    assert sorted(path for path, state in states.items() if state == "frozen") == sorted([WACO, WACO_ES, *regions])
    outcome = check_own(Options(site, site / "output", NOW), InlineExecutor())
    faults = [finding for finding in outcome.findings if finding.severity in ("stop", "error")]
    assert [(fault.rule, fault.where) for fault in faults] == [("cell_type", f"{PLACES}:7, column population")]
    change(site, {PLACES: places_text()})
    build(site)
    assert "frozen" not in {row[1] for row in remembered(site)["pages"]}
