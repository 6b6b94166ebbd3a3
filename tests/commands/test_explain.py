"""An address is explained: what was decided of its page, what only it says, and what leads to it."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import cli
from generator.commands.explain import explain, explanation_lines
from generator.errors import ConfigurationError, SiteError
from generator.executors.inline import InlineExecutor
from generator.options import Options
from tests.clinics import BODY, NOTE, ROWS, TABLES
from tests.sites import (
    BASE,
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
    publish,
    site_text,
    topic_text,
)

TEMPLE = "/en-us/sciatica/texas/temple/"
SMALL = {"where": "name = 'Temple'", "reason": "The town is small."}


def site_of_clinics(folder: Path, **gate: object) -> Path:
    files = {EN: topic_text(BODY), ES: topic_text(BODY, slug="ciatica"), "content/tables/clinics.csv": ROWS}
    return make_site(folder, files, tables=TABLES, gate={"mode": "enforce"} | gate)


def told(site: Path, address: str, *settings: str) -> dict[str, list[str]]:
    """The sections of the explanation."""
    found = explain(Options(site, site / "output", NOW, settings), address, InlineExecutor())
    return {"title": [found.title]} | {name: list(lines) for name, lines in found.sections}


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = site_of_clinics(tmp_path_factory.mktemp("usual"))
    publish(site, is_first=True)
    return site


def test_a_page_is_known_by_its_address_by_its_path_and_without_the_last_slash(usual: Path) -> None:
    for address in (f"{BASE}{WACO}", f"{BASE}{WACO}?from=mail#faq", WACO, WACO[1:], WACO.rstrip("/")):
        assert told(usual, address)["title"] == ["Injections in Waco, TX"], address


def test_every_fact_is_told_with_the_row_and_the_source_that_it_is_from(usual: Path) -> None:
    said = told(usual, WACO)["Its own words"]
    assert "place.population: 132356 — content/places/us.csv:7" in said
    assert "place.county: McLennan — content/places/us.csv:7" in said
    assert "page.nearest_larger: Dallas, TX, 88 mi — content/places/us.csv:7" in said
    assert said[0].endswith(" words are its own, the place's names left out.")


def test_own_words_are_counted_as_the_gate_counts_them(tmp_path: Path) -> None:
    site = site_of_clinics(tmp_path, mode="report", min_local_words=999)
    publish(site)
    counts = set()
    for name in ("waco", "temple", "austin", "dallas"):
        said = told(site, f"/en-us/sciatica/texas/{name}/")
        number = said["Its own words"][0].split()[0]
        assert f"(It has {number}.)" in said["Indexing"][1]
        counts.add(int(number))
    # Only Austin has a note that no other page has.
    assert len(counts) > 1


def test_of_a_page_that_is_not_followed_only_its_own_words_are_known(tmp_path: Path) -> None:
    site = site_of_clinics(tmp_path)
    refused = BODY.replace("of needles", 'of {{ "{}".format(place.name if place) }} needles')
    change(site, {EN: topic_text(refused)})
    publish(site)
    said = told(site, "/en-us/sciatica/texas/austin/")
    assert said["Its own words"][0].endswith(" words are its own, the place's names left out.")
    assert said["Its own words"][0] != "0 words are its own, the place's names left out."
    assert said["Its own words"][1].startswith("Only this much is known: its text cannot be followed")
    assert len(said["Its own words"]) == 2
    assert said["Most like"] == ["There is no page to compare it with."]


def test_a_page_of_which_a_text_fails_is_told_without_its_own_words(tmp_path: Path) -> None:
    site = site_of_clinics(tmp_path)
    publish(site)
    change(
        site, {EN: topic_text(BODY.replace("{{ place.clinics }} clinics", "{{ 6 // (place.clinics - 3) }} clinics"))}
    )
    build(site)
    said = told(site, WACO)
    assert said["Its own words"] == ["How many words are its own cannot be told, since a text fails on it."]
    assert said["Most like"] == ["There is no page to compare it with."]


def test_every_passage_is_told_with_the_line_on_which_it_stands(usual: Path) -> None:
    (said,) = (line for line in told(usual, WACO)["Its own words"] if line.startswith("“"))
    lines = (usual / EN).read_text("utf-8").splitlines()
    first = next(number for number, line in enumerate(lines, 1) if "Hello" in line)
    # A text begins after the front matter, with an empty line here.
    assert said == (
        f"“Hello to Waco, where we write of needles. «The town has 3 clinics, and {NOTE} is what they say of it.»”"
        f" — {EN}:{first - 1}"
    )


def test_a_column_that_a_passage_shows_is_told_with_its_row_its_source_and_its_date(usual: Path) -> None:
    said = told(usual, WACO)["Its own words"]
    assert "place.clinics: 3 — content/tables/clinics.csv:2, column clinics (A list of boards, 2026-01-01)" in said
    assert f"place.note: {NOTE} — content/tables/clinics.csv:2, column note (A list of boards, 2026-01-01)" in said
    assert not any(
        line.startswith("place.clinics") for line in told(usual, "/en-us/sciatica/texas/dallas/")["Its own words"]
    )


def test_the_page_that_it_is_most_like_is_named_with_what_differs(usual: Path) -> None:
    share, differs, runs = told(usual, WACO)["Most like"]
    assert share.endswith(f" % the same as {TEMPLE}")
    assert differs == "What differs: the county, the population, the nearest larger city."
    assert " have a word that only it has." in runs


def test_a_page_is_told_with_what_leads_to_it(usual: Path) -> None:
    said = "\n".join(told(usual, WACO)["Found by"])
    assert "Sitemap: /sitemaps/en-us.sciatica.us-texas.xml" in said
    assert "In es-US: /es-us/ciatica/texas/waco/" in said
    assert "/en-us/sciatica/texas/" in said
    assert told(usual, WACO)["Structured data"][0] == "MedicalWebPage"


def test_a_page_is_told_with_when_it_changed_and_what_had_changed(tmp_path: Path) -> None:
    site = site_of_clinics(tmp_path)
    publish(site, is_first=True)
    assert told(site, WACO)["Content"][1] == f"Last changed on {NOW}: it was built for the first time."
    change(site, {EN: topic_text(BODY, summary="Something else.")})
    later = NOW + datetime.timedelta(days=9)
    build(site, now=later)
    assert told(site, WACO)["Content"][1] == f"Last changed on {later}: the article."


def test_pages_without_a_place_are_told_as_well(usual: Path) -> None:
    for path in ("/", "/en-us/", "/en-us/sciatica/", "/en-us/sciatica/texas/", "/404.html"):
        said = told(usual, path)
        assert said["Indexing"]
        assert "Most like" not in said


def test_what_the_gate_says_is_told_with_its_reason(tmp_path: Path) -> None:
    site = site_of_clinics(tmp_path, conditions=[SMALL | {"verdict": "noindex"}])
    build(site)
    assert told(site, TEMPLE)["Indexing"] == [
        "It asks search engines not to index it.",
        "The gate says noindex: The town is small.",
    ]
    assert told(site, TEMPLE)["Found by"][0] == "It is in no sitemap."
    assert told(site, WACO)["Indexing"][1] == "The gate has nothing against it."


def test_what_a_gate_would_do_that_only_reports_is_told_as_such(tmp_path: Path) -> None:
    site = site_of_clinics(tmp_path, mode="report", conditions=[SMALL | {"verdict": "fold"}])
    build(site)
    assert told(site, TEMPLE)["Indexing"] == [
        "Search engines may index it.",
        "The gate says fold: The town is small.",
        "Nothing came of that: gate.mode is report.",
    ]


def test_addresses_that_the_gate_keeps_without_a_page_are_told(tmp_path: Path) -> None:
    site = site_of_clinics(tmp_path, conditions=[SMALL | {"verdict": "withhold"}])
    build(site)
    assert told(site, TEMPLE)["Indexing"] == [
        "It gets no page, and nothing links to it.",
        "The gate says withhold: The town is small.",
    ]


def test_a_page_that_was_folded_later_is_told_with_where_its_address_leads(tmp_path: Path) -> None:
    site = site_of_clinics(tmp_path)
    publish(site)
    gate = {"mode": "enforce", "conditions": [SMALL | {"verdict": "fold"}]}
    change(site, {SITE: site_text(tables=TABLES, gate=gate)})
    build(site)
    assert told(site, TEMPLE)["Indexing"] == [
        "It gets no page; links to it lead to the page above it.",
        "Who asks for it is sent to /en-us/sciatica/texas/ (302).",
        "The gate says fold: The town is small.",
    ]


def test_addresses_that_are_gone_or_lead_elsewhere_are_told(tmp_path: Path) -> None:
    site = site_of_clinics(tmp_path)
    publish(site)
    change(site, {PLACES: places_text(Temple={"slug": "temple-tx", "former_slugs": "temple"})})
    build(site)
    assert told(site, TEMPLE)["Indexing"][1] == "Who asks for it is sent to /en-us/sciatica/texas/temple-tx/ (301)."
    build(site, "places.where=name != 'Temple'", allow_removal=9)
    assert told(site, "/en-us/sciatica/texas/temple-tx/")["Indexing"] == [
        "It is gone: the site has no page here any more."
    ]


def test_a_page_that_could_not_be_made_is_told_with_the_cell_at_fault(tmp_path: Path) -> None:
    strict = [{"rule": "repeated_word", "severity": "error", "reason": "We mind."}]
    rows = ROWS.replace(NOTE, "a town of the the river", 1)
    files = {EN: topic_text(BODY), ES: None, "content/tables/clinics.csv": rows}
    site = make_site(tmp_path, files, tables=TABLES, checks=strict)
    build(site)
    state, fault = told(site, WACO)["Indexing"]
    assert state == "It was never made, because something that it needs is faulty; nothing links to it."
    assert "repeated_word" in fault
    assert "content/tables/clinics.csv:2, column note" in fault
    change(site, {"content/tables/clinics.csv": rows.replace("the the", "the")})
    assert told(site, WACO)["Indexing"][1] == "The fault: It is mended by now: run make pages."


def test_a_page_that_was_never_made_for_its_row_is_told_with_that_row(tmp_path: Path) -> None:
    site = site_of_clinics(tmp_path)
    change(site, {"content/tables/clinics.csv": ROWS.replace(NOTE, "#REF!", 1)})
    build(site)
    assert "content/tables/clinics.csv:2" in told(site, WACO)["Indexing"][1]
    site = site_of_clinics(tmp_path / "other")
    build(site)
    change(site, {PLACES: places_text(Temple={"region_code": "NM", "region": "New Mexico"})})
    assert told(site, "/en-us/sciatica/new-mexico/")["Indexing"][0].startswith("No build has made it yet.")


def test_a_page_of_a_region_of_whose_places_none_could_be_made_is_told_so(tmp_path: Path) -> None:
    rows = ROWS.replace("4739526,3", "4739526,#REF!")
    site = site_of_clinics(tmp_path)
    change(site, {PLACES: places_text(Temple={"region_code": "NM", "region": "New Mexico"})})
    change(site, {"content/tables/clinics.csv": rows.replace("4735966,3", "4735966,#REF!")})
    build(site)
    for _ in range(2):
        assert told(site, "/en-us/sciatica/new-mexico/")["Indexing"] == [
            "It was never made, because something that it needs is faulty; nothing links to it.",
            "The fault: No page of a place could be made to which it would lead.",
        ]


def test_an_address_that_never_was_one_is_answered_with_the_nearest(usual: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"Did you mean /en-us/sciatica/texas/waco/"):
        told(usual, "/en-us/sciatica/texas/wacco/")
    with pytest.raises(ConfigurationError, match="this is no address of"):
        told(usual, f"https://www.example.org{WACO}")


def test_without_a_build_there_is_nothing_to_explain(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="nothing is built here yet"):
        told(make_site(tmp_path), WACO)


def test_the_verb_prints_it(usual: Path) -> None:
    options = ["--site", str(usual), "--output", str(usual / "output"), "--executor", "inline"]
    done = CliRunner().invoke(cli, ["explain", WACO, *options])
    assert done.exit_code == 0, done.output
    assert done.output.startswith(f"{BASE}{WACO}\nInjections in Waco, TX\n\nIndexing\n  Search engines may index it.\n")
    assert all(len(line) <= 112 or " " not in line.strip() for line in done.output.splitlines())
    assert list(explanation_lines(explain(Options(usual, usual / "output", NOW), WACO, InlineExecutor())))


def test_programs_get_all_that_the_ledger_knows_of_a_page(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    built = build(site)
    options = ["--site", str(site), "--output", str(site / "output"), "--now", NOW.isoformat(), "--jobs", "1", "--json"]
    said = json.loads(CliRunner().invoke(cli, ["explain", WACO, *options]).stdout)
    page = built.page(WACO)
    assert said["address"].endswith(WACO)
    assert said["sections"]["Indexing"]
    assert said["page"]["title"] == page.title.string  # type: ignore[union-attr]
    assert said["page"]["canonical"] == page.select_one("link[rel=canonical]")["href"]  # type: ignore[index]
    assert said["page"]["size"] == len(built.file(WACO).read_bytes())
    assert re.fullmatch("[0-9a-f]{32}", said["page"]["content_digest"])
    links = [link["href"] for link in page.select("a[href^='/']") if "#" not in link["href"]]
    assert {*said["page"]["links"]} == {*links}
    region = json.loads(CliRunner().invoke(cli, ["explain", "/en-us/sciatica/texas/", *options]).stdout)
    assert region["page"]["kind"] == "region"
