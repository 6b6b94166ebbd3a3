"""A check reads one page of each variant whole, and all of which something else has to be feared."""

from __future__ import annotations

from pathlib import Path

from generator.check.results import Outcome
from generator.commands.check import check_own
from generator.executors.inline import InlineExecutor
from generator.options import Options
from tests.clinics import TABLES
from tests.many_places import COUNT, PLANTED, many, rows
from tests.sites import BODY, EN, ES, NOW, PLACES, SITE, build, change, make_site, site_text, topic_text

NOTE = "\n{% if place and place.note %}They say: {{ place.note }}.{% endif %}\n"
CLINICS = f"id,clinics,note\n{PLANTED},3,a clinic in None\n{PLANTED + 1},2,a quiet place\n{PLANTED - 1},1,another\n"


def checked(site: Path, *rules: str, every_page: bool = False) -> Outcome:
    return check_own(Options(site, site / "output", NOW), InlineExecutor(), rules, every_page=every_page)


def where(outcome: Outcome) -> list[str]:
    return [finding.where for finding in outcome.findings]


def page_of(site: Path, place: int) -> Path:
    """The file of a place's page, whose name is that of the row."""
    slug = rows().splitlines()[place - 4_700_000 + 1].split(",")[-4:]
    return next(file for file in (site / "output" / "site").rglob("index.html") if file.parent.name in slug)


def test_one_page_of_many_that_differ_in_values_is_read(tmp_path: Path) -> None:
    site = many(tmp_path)
    build(site)
    outcome = checked(site)
    assert outcome.pages > COUNT
    assert outcome.read < COUNT / 2
    assert not outcome.is_outdated
    assert checked(site, every_page=True).read == outcome.pages


def test_signs_of_wordings_that_are_chosen_to_fit_make_no_page_unusual(tmp_path: Path) -> None:
    said = "Injections: what they are, {{ place.name if place else 'everywhere' }}"
    descriptions = [said + " and around it, for everybody who ever asked about their price", said]
    site = many(tmp_path)
    change(site, {EN: topic_text(BODY, description=descriptions)})
    build(site)
    assert checked(site).read < COUNT / 2


def test_a_value_that_was_let_pass_is_found_when_it_no_longer_is(tmp_path: Path) -> None:
    off = [{"rule": rule, "severity": "off", "reason": "We look later."} for rule in
           ("placeholder_leak", "cell_placeholder")]  # fmt: skip
    files = {EN: topic_text(BODY + NOTE), ES: None, PLACES: rows(), "content/tables/clinics.csv": CLINICS}
    site = make_site(tmp_path, files, tables=TABLES, checks=off)
    build(site)
    change(site, {SITE: site_text(tables=TABLES)})
    outcome = checked(site, "placeholder_leak")
    (found,) = where(outcome)
    assert f"{outcome.tree}{found}" == page_of(site, PLANTED).parent.as_posix() + "/"
    assert outcome.read < COUNT / 2
    assert outcome.is_outdated


def test_pages_that_somebody_altered_or_added_are_read(tmp_path: Path) -> None:
    site = many(tmp_path)
    built = build(site)
    assert where(checked(site, "placeholder_leak")) == []
    page = page_of(site, PLANTED)
    page.write_text(page.read_text("utf-8").replace("</main>", "<p>A clinic in {{ city }}.</p></main>"), "utf-8")
    added = built.folder / "added" / "index.html"
    added.parent.mkdir()
    added.write_text("<!doctype html><title>x</title><main><h1>x</h1><p>{{ city }}</p></main>", "utf-8")
    outcome = checked(site, "placeholder_leak")
    assert {*where(outcome)} == {"/added/", f"/{page.parent.relative_to(built.folder).as_posix()}/"}
    assert outcome.read < COUNT / 2
