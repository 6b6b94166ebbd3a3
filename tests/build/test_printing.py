"""Pages are the same however they are printed: traced, by Jinja alone, or in both ways."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.build.pipeline import explain_templates
from generator.ledger.reprint import printed_pages, reprinted
from generator.ledger.store import open_ledger
from generator.options import Options, Printing
from tests.build.edits import edited_site
from tests.known_pages import all_that_is_known
from tests.sites import (
    BODY,
    EN,
    ES,
    NOW,
    PLACES,
    REPOSITORY,
    WACO,
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

PRINTINGS: tuple[Printing, ...] = ("traced", "plain", "verified")
FACTS = "templates/partials/facts.html"


def with_facts(site: Path, text: str) -> None:
    """Add ``text`` to the template of the facts, on its second line."""
    facts = (site / FACTS).read_text("utf-8")
    change(site, {FACTS: facts.replace("{% if place %}\n", "{% if place %}\n" + text, 1)})


def test_pages_and_ledger_are_the_same_in_every_way_of_printing(tmp_path: Path) -> None:
    sites = {way: edited_site(tmp_path / way) for way in PRINTINGS}
    trees = {name: tree(build(site, is_first=True, printing=name).folder) for name, site in sites.items()}
    assert trees["traced"] == trees["plain"] == trees["verified"]
    assert remembered(sites["traced"]) == remembered(sites["verified"])
    # But from which values each page was made.
    known = {name: all_that_is_known(site) for name, site in sites.items()}
    assert known["traced"] == known["plain"]


def test_the_ledger_can_show_again_every_page_that_was_made_from_values(tmp_path: Path) -> None:
    site = edited_site(tmp_path)
    built = build(site, is_first=True)
    with open_ledger(site / "output" / "ledger.sqlite", read_only=True) as ledger:
        again = {
            path: body
            for some in printed_pages(ledger.query)
            for path, body in zip(some.paths, reprinted(ledger.query, some), strict=False)
        }
        places = {path for (path,) in ledger.query("SELECT path FROM pages WHERE kind = 'place'")}
    assert places
    assert again.keys() >= places
    assert {path: built.file(path).read_bytes() for path in again} == again


PRIVATE = {
    "the configuration": {"content/site.yaml": site_text().replace('"Kaly"', '"Ka\\uFDD01\\uFDD1ly"')},
    "an author's text": {EN: topic_text('\nNear {{ place.name if place }}: {{ "\\ufdd01\\ufdd1" }}.\n')},
}


@pytest.mark.parametrize("name", PRIVATE)
def test_a_private_character_that_is_written_by_its_number_stands_on_the_page(tmp_path: Path, name: str) -> None:
    sites = {way: make_site(tmp_path / way, {ES: None, **PRIVATE[name]}) for way in PRINTINGS}
    built = {way: build(site, printing=way) for way, site in sites.items()}
    assert "\ufdd01\ufdd1" in built["traced"].text(WACO)
    assert len({tuple(sorted(tree(pages.folder).items())) for pages in built.values()}) == 1


def test_a_template_may_name_several_of_which_one_is_there_or_do_without(tmp_path: Path) -> None:
    site = make_site(tmp_path, {ES: None, "templates/partials/note.txt": "A note."})
    named = '{% include ["partials/none.html", "partials/note.txt"] %}{% include "partials/none.html" ignore missing %}'
    with_facts(site, named)
    assert "A note." in build(site).text(WACO)
    with_facts(site, '{% include ["partials/none.html", "partials/nothing.html"] %}')
    (message,) = errors(site)
    assert message.startswith(f'{FACTS}:3: there is no template "partials/none.html".')


def test_many_cities_of_one_region_are_the_same_in_every_way(tmp_path: Path) -> None:
    lines = places_text().splitlines(keepends=True)
    waco = next(line for line in lines if '"Waco"' in line)
    rows = [
        waco.replace("4739526", str(number)).replace('"Waco"', f'"Waco {number}"').replace('"waco"', f'"waco-{number}"')
        for number in range(1, 24)
    ]
    sites = {way: make_site(tmp_path / way, {ES: None, PLACES: lines[0] + "".join(rows)}) for way in PRINTINGS}
    trees = {way: tree(build(site, printing=way).folder) for way, site in sites.items()}
    assert trees["traced"] == trees["plain"] == trees["verified"]


def test_a_language_from_right_to_left_prints_what_jinja_prints(tmp_path: Path) -> None:
    site = make_site(tmp_path, {ES: None})
    keys = site_text().replace('"es-US"', '"ar"')
    change(site, {"content/site.yaml": keys, "content/topics/sciatica/ar.md": topic_text(BODY, slug="ar")})
    catalogue = (REPOSITORY / "content/locales/es-US/LC_MESSAGES/messages.po").read_text("utf-8")
    header = catalogue.replace("Language: es_US", "Language: ar")
    change(site, {"content/locales/ar/LC_MESSAGES/messages.po": header})
    built = build(site, printing="verified")
    assert not built.summary.has_errors
    assert 'dir="rtl"' in built.text("/ar/ar/texas/waco/")


def test_a_template_or_a_text_that_would_print_something_else_each_time_is_refused(tmp_path: Path) -> None:
    site = make_site(tmp_path, {ES: None})
    with_facts(site, "{{ range(1000000000) | random }}\n")
    (message,) = errors(site)
    assert message == f'{FACTS}:3: the filter "random" gives something else in each build. Write what all builds print.'
    site = make_site(tmp_path / "text", {ES: None, EN: topic_text("\n{{ ['Great', 'Good'] | random }} care.\n")})
    (message,) = errors(site)
    assert 'the filter "random" gives something else in each build' in message


def test_an_error_of_a_template_is_reported_where_jinja_reports_it(tmp_path: Path) -> None:
    site = make_site(tmp_path, {ES: None})
    with_facts(site, "{{ place.population / 0 }}\n")
    (message,) = errors(site)
    assert message.startswith(f"{FACTS}:3: the template fails: ZeroDivisionError")


def test_an_error_of_a_template_names_its_file_also_where_the_site_is_the_folder_of_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_facts(make_site(tmp_path, {ES: None}), "{{ place.population / 0 }}\n")
    monkeypatch.chdir(tmp_path)
    (message,) = errors(Path())
    assert message.startswith(f"{FACTS}:3: the template fails: ZeroDivisionError")


def test_what_is_left_to_jinja_is_listed_with_template_and_line(tmp_path: Path) -> None:
    site = make_site(tmp_path, {ES: None})
    with_facts(site, "{{ (page.nearby | sort(attribute='kilometres') | first).name }}\n")
    hubs, line = explain_templates(Options(site, site / "output", NOW))
    assert hubs == "templates/region.html, en-US, sciatica: left to plain Jinja: there are few such pages."
    assert line.startswith(f"templates/place.html, en-US, sciatica: left to plain Jinja: {FACTS}:3: ")
    assert not (site / "output").exists()


def test_a_template_that_is_left_to_jinja_is_built_all_the_same(tmp_path: Path) -> None:
    site = make_site(tmp_path, {ES: None})
    with_facts(site, "[{{ (page.nearby | sort(attribute='population') | last).population }}]\n")
    assert any("left to plain Jinja" in line for line in explain_templates(Options(site, site / "output", NOW)))
    assert build(site).page(WACO).find(string=re.compile(r"\[\d{5,}\]"))


def test_nothing_of_the_sites_own_templates_is_left_to_jinja() -> None:
    lines = list(explain_templates(Options(REPOSITORY, REPOSITORY / "output", NOW)))
    assert [line for line in lines if not line.endswith(": made by column.")] == []
    assert len(lines) == 4
