"""Rules read rows before pages are made of them: a faulty one costs its own pages, and is named with its cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.commands.check import check_own
from generator.commands.pages import summary_lines
from generator.errors import SiteError
from generator.executors.inline import InlineExecutor
from generator.options import Options
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
    errors,
    frozen,
    make_site,
    places_text,
    publish,
    site_text,
    topic_text,
    tree,
    without_row,
)

BODY = "\n{% if place and place.region.board %}Ask the {{ place.region.board }}, in {{ place.name }}.{% endif %}\n"
ROWS = "region,board\nLA,Louisiana Board\nTX,Texas Board\n"
AUSTIN = "/en-us/sciatica/texas/austin/"
SHREVEPORT = "/en-us/sciatica/louisiana/shreveport/"


def site_of(folder: Path) -> Path:
    return make_site(folder, {EN: topic_text(BODY), ES: None, BOARDS: ROWS})


def test_a_cell_that_stands_for_a_missing_value_holds_the_pages_of_its_row(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    publish(site)
    change(site, {BOARDS: "region,board\nLA,Board of Louisiana\nTX,n/a\n"})
    built = build(site)
    assert [message for message in built.messages if "topic yet" not in message] == [
        f"{BOARDS}:3, column board: “n/a” stands for a value that is missing. Fill the value in, or empty the cell."
    ]
    assert built.summary.has_errors
    assert "Ask the Texas Board" in built.page(WACO).get_text()
    assert "Ask the Board of Louisiana" in built.page(SHREVEPORT).get_text()
    # Nothing has changed, and it is told again.
    assert build(site).messages == built.messages
    change(site, {BOARDS: "region,board\nLA,Board of Louisiana\nTX,\n"})
    assert "Ask the" not in build(site).page(WACO).get_text()
    assert frozen(site) == []


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
    outcome = check_own(Options(site, site / "output", NOW), InlineExecutor(), ["cell_placeholder"])
    assert [(applied.rule, applied.count) for applied in outcome.applied] == [("cell_placeholder", 1)]


def test_pages_that_stay_count_among_those_of_which_the_gate_speaks(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    change(site, {SITE: site_text(gate={"mode": "report", "reviewed_within_days": 30})})
    build(site)
    change(site, {BOARDS: "region,board\nLA,Louisiana Board\nTX,n/a\n"})
    (said,) = (line for line in summary_lines(build(site).summary) if "would keep back" in line)
    assert "keep back 9 of 13 pages" in said


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


def test_a_place_comes_back_as_soon_as_it_is_let_through(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    change(site, {PLACES: places_text(Temple={"name": "TEMPLE"})})
    before = tree(build(site).folder)
    loud = {"rule": "cell_shouting", "severity": "error", "reason": "Not so loud."}
    change(site, {SITE: site_text(checks=[loud])})
    assert build(site).summary.has_errors
    assert frozen(site) == ["/en-us/sciatica/texas/", "/en-us/sciatica/texas/temple/"]
    change(site, {SITE: site_text()})
    assert not build(site).summary.has_errors
    assert set(tree(site / "output" / "site")) == set(before)
    assert "TEMPLE" in (site / "output/site/en-us/sciatica/texas/index.html").read_text("utf-8")


def test_the_page_of_a_region_stays_as_it_was_with_its_only_place(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    change(site, {PLACES: without_row(places_text(), "Lafayette")})
    built = build(site)
    hub = built.text("/en-us/sciatica/louisiana/")
    change(site, {PLACES: without_row(places_text(Shreveport={"name": "NaN"}), "Lafayette")})
    built = build(site)
    assert built.text("/en-us/sciatica/louisiana/") == hub
    assert built.file(SHREVEPORT).exists()


def test_a_region_of_whose_places_none_can_be_made_yet_is_left_out(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    change(site, {BOARDS: "region,board\nLA,n/a\nTX,Texas Board\n"})
    built = build(site)
    assert [finding.rule for finding in built.summary.findings if finding.severity == "error"] == ["cell_placeholder"]
    assert not built.file("/en-us/sciatica/louisiana/").exists()
    assert "louisiana" not in "".join(built.text(path) for path in ("/en-us/sciatica/", "/sitemap.xml"))
    assert all(path.stat().st_size for path in (built.folder / "sitemaps").iterdir())
    change(site, {BOARDS: ROWS})
    assert build(site).file("/en-us/sciatica/louisiana/").exists()


def test_what_stops_a_build_is_told_with_the_rows_that_may_be_why(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    change(
        site, {BOARDS: "region,board\nLA,n/a\nTX,n/a\n", EN: topic_text(BODY + "\nAsk {% raw %}{{ x }}{% endraw %}.\n")}
    )
    said = errors(site)
    assert ": “{{ x }}” stands in its text" in said[0]
    assert sum("stands for a value that is missing" in message for message in said) == 2


def test_a_key_is_shown_by_no_message_about_its_cell(tmp_path: Path) -> None:
    key = "sk_live_4eC39HqLyjWDarjtT1zdp7dc"
    site = site_of(tmp_path)
    change(site, {BOARDS: f"region,board\nLA,Louisiana  {key}\n{key},Texas Board\nTX,Texas Board\n"})
    built = build(site)
    assert not [message for message in built.messages if key in message]
    assert len([message for message in built.messages if "“sk_live_4e…”" in message]) == 2


def test_a_decision_that_can_mean_nothing_is_told(tmp_path: Path) -> None:
    checks = [
        {"rule": "cell_formula", "severity": "warning", "topics": ["sciatica"], "reason": "So."},
        {"rule": "title_missing", "severity": "warning", "topics": ["sciatca"], "reason": "So."},
    ]
    site = site_of(tmp_path)
    change(site, {SITE: site_text(checks=checks)})
    said = errors(site)
    assert '"cell_formula" reads rows of data, which belong to no topic' in said[0]
    assert 'there is no topic "sciatca". Did you mean "sciatica"?' in said[1]


@pytest.mark.parametrize("severity", ["error", "stop"])
def test_what_is_decided_of_rows_makes_no_instruction_milder(tmp_path: Path, severity: str) -> None:
    checks = [{"rule": "cell_formula", "severity": severity, "reason": "So."}]
    site = site_of(tmp_path)
    names = "rename,4739526,=B2&C2,\nrename,4735966,Temple  X,\n"
    change(site, {SITE: site_text(checks=checks), OVERRIDES: f"action,id,name,reason\n{names}"})
    (said,) = errors(site)
    assert said.startswith(f"{OVERRIDES}:2, column name: “=B2&C2” is a formula, or its error.")


def test_a_name_in_the_overrides_that_stands_for_none_stops_the_build(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    change(site, {OVERRIDES: "action,id,name,reason\nrename,4739526,#REF!,\n"})
    with pytest.raises(SiteError) as caught:
        build(site)
    assert str(caught.value).startswith(f"{OVERRIDES}:2, column name: “#REF!” is a formula, or its error.")
