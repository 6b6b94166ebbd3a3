"""Pages of regions made by column are those that are made by themselves, however many places they list."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from generator.build.pipeline import explain_templates
from generator.load.places_format import PLACE_COLUMNS
from generator.options import Options
from tests.known_pages import all_that_is_known
from tests.render.arabic import arabic_catalogue
from tests.sites import (
    ANYTHING_GOES,
    BOARDS,
    EN,
    ES,
    LOCALE,
    NOW,
    OTHER_TITLES,
    PLACES,
    Built,
    build,
    change,
    errors,
    make_site,
    topic_text,
    tree,
)

FEW = {"AA": 1, "BB": 2, "DD": 40, **{f"F{letter}": 1 for letter in "ABCDEFGH"}}
"""How many places each region has; with so many regions it pays to trace their pages."""

COUNTS = {**FEW, "CC": 39, "EE": 100}

NAMES = (
    "Éze <{0}> & 'Co'",
    "Austin {0}",
    "austin {0}",
    "Ōgi {0}",
    "'Ewa {0}",
    "{0} Springs",
    "Zug{0}",
    "東京{0}",
    "Twin",
)


def many_places(counts: Mapping[str, int], **cells: str) -> str:
    """A file of places, some of which share a name, so that their counties tell them apart."""
    lines = [",".join(PLACE_COLUMNS)]
    for at, (code, number) in enumerate((code, number) for code, count in counts.items() for number in range(count)):
        row = dict.fromkeys(PLACE_COLUMNS, "") | {
            "id": str(at + 1), "name": NAMES[number % len(NAMES)].format(number), "county": f"County <{number}>",
            "region_code": code, "region": f"Region {code} & more", "country": "US", "latitude": str(30 + at / 100),
            "longitude": str(-97 + number / 10), "population": str((number * 7919) % 90_001),
            "time_zone": "America/Chicago", "slug": f"place-{number}",
        } | cells  # fmt: skip
        lines.append(",".join('"' + cell.replace('"', '""') + '"' for cell in row.values()))
    return "\n".join(lines) + "\n"


def hub_site(folder: Path, files: Mapping[str, str | bytes | None], **keys: Any) -> Path:
    usual = {PLACES: many_places(FEW), BOARDS: "region,board\nAA,A <Board>\nDD,\n"}
    return make_site(folder, usual | dict(files), **keys)


def made_both_ways(site: Path, *settings: str) -> Built:
    """``site`` built by column, each page held against plain Jinja, and the same as a build of plain Jinja alone."""
    by_itself = build(site, *settings, printing="plain")
    before, known = tree(site / "output" / "site"), all_that_is_known(site)
    for file in sorted((site / "output").rglob("*"), reverse=True):
        file.unlink() if file.is_file() else file.rmdir()
    built = build(site, *settings, printing="verified")
    assert built.messages == by_itself.messages
    assert tree(site / "output" / "site") == before
    after = all_that_is_known(site)
    assert {name: rows for name, rows in after.items() if name != "builds"} == {
        name: rows for name, rows in known.items() if name != "builds"
    }
    return built


def explained(site: Path) -> list[str]:
    return [line for line in explain_templates(Options(site, site / "output", NOW)) if "region.html" in line]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    long = "All of {{ page.region.name }} with a title that is too long to fit anywhere, however wide a screen may be"
    region_page = {
        "title": [long, "In {{ page.region.code }}"],
        "description": ["Cities of {{ page.region.name }}."],
        "h1": "In {{ page.region.name }}{% if page.region.board %}, {{ page.region.board }}{% endif %}",
        "summary": "Choose a city{{ ' of ' ~ page.region.name if page.region.code != 'BB' }}.",
    }
    topics = {EN: topic_text(region_page=region_page), ES: topic_text(slug="ciatica", region_page=region_page)}
    return hub_site(tmp_path_factory.mktemp("hubs"), {PLACES: many_places(COUNTS)} | topics)


def test_pages_that_list_one_place_or_a_hundred_are_the_same_in_both_ways(site: Path) -> None:
    built = made_both_ways(site)
    listed = {code: len(built.page(f"/en-us/sciatica/{_slug(code)}/").select(".places li")) for code in COUNTS}
    assert listed == COUNTS


def _slug(code: str) -> str:
    return f"region-{code.lower()}-more"


def test_they_are_made_by_column(site: Path) -> None:
    assert explained(site) == [f"templates/region.html, {tag}, sciatica: made by column." for tag in ("en-US", "es-US")]


def test_what_changes_is_dated_and_what_does_not_is_not(tmp_path: Path) -> None:
    site = hub_site(tmp_path, {})
    build(site, is_first=True)
    change(site, {PLACES: many_places(FEW | {"DD": 41})})
    built = build(site, now=NOW.replace(day=2))
    with closing(sqlite3.connect(site / "output" / "ledger.sqlite")) as ledger:
        changed = ledger.execute("SELECT path FROM pages WHERE kind = 'region' AND content_changed = '2026-06-02'")
        assert {path for (path,) in changed} == {
            f"/{topic}/{_slug('DD')}/" for topic in ("en-us/sciatica", "es-us/ciatica")
        }
    assert len(built.page(f"/en-us/sciatica/{_slug('DD')}/").select(".places li")) == 41


@pytest.mark.parametrize("verdict", ["fold", "withhold", "noindex"])
def test_lists_from_which_the_gate_leaves_places_out_are_the_same_in_both_ways(tmp_path: Path, verdict: str) -> None:
    condition = {"where": "population < 40000", "verdict": verdict, "reason": "The town is small."}
    other = {"where": "population < 70000", "verdict": verdict, "reason": "The town is small.", "topics": ["other"]}
    site = hub_site(
        tmp_path,
        {"content/topics/other/en-US.md": topic_text(slug="other", **OTHER_TITLES)},
        gate={"mode": "enforce", "conditions": [condition, other]},
    )
    made_both_ways(site)


def test_pages_that_run_from_right_to_left_are_the_same_in_both_ways(tmp_path: Path) -> None:
    files = {
        "content/topics/sciatica/ar.md": topic_text("\nمرحبا.\n"),
        "content/locales/ar/LC_MESSAGES/messages.po": arabic_catalogue(),
        ES: None,
    }
    site = hub_site(tmp_path, files, locales={"en-US": LOCALE, "ar": LOCALE})
    built = made_both_ways(site)
    assert built.page(f"/ar/sciatica/{_slug('DD')}/").html["dir"] == "rtl"
    assert len(explained(site)) == 2


GROUPS = "{% for group in page.places %}{% for link in group.places LIST %}ITEM{% endfor %}{% endfor %}"


def groups(item: str, chosen: str = "") -> str:
    return GROUPS.replace("LIST", chosen).replace("ITEM", item)


LINK = '<a href="{{ link.path }}">{{ link.name }}</a>'
LISTS = (
    groups(f"{{{{ loop.index }}}} {LINK}{{% else %}}none", "if link.population > 9000"),
    "{% set ns = namespace(n=0) %}" + groups("{% set ns.n = ns.n + 1 %}<i>{{ ns.n }}{{ link.name }}</i>"),
    groups("<b>{{ link.name }}</b>", "| sort(attribute='population')"),
    groups('<a {% if loop.first %}id="a" {% endif %}{% for one in [1] %}href="{{ link.path }}"{% endfor %}>x</a>'),
    "{% macro item(link) %}" + LINK + "{{ link.county }}{% endmacro %}" + groups("{{ item(link) }}{{ loop.last }}"),
    groups("{{ '<hr>' | safe if loop.index is divisibleby 7 }}<i>{{ page.region.name }}: {{ link.name[:1] }}</i>"),
    "{% set html %}" + groups("{{ link.name | upper }}") + "{% endset %}{{ html }}{{ html | length }}",
)  # fmt: skip


@pytest.mark.parametrize("lists", LISTS)
def test_whatever_a_template_does_with_its_lists_both_ways_make_the_same_pages(tmp_path: Path, lists: str) -> None:
    site = hub_site(tmp_path, {ES: None}, checks=ANYTHING_GOES)
    template = site / "templates" / "region.html"
    text, found = re.subn(r"<ul class=\"places\">.*?</ul>", "", template.read_text(), flags=re.DOTALL)
    assert found
    template.write_text(text.replace('{% include "partials/call_to_action.html" %}', lists))
    made_both_ways(site)


def test_a_list_that_is_not_followed_is_named_with_its_line(tmp_path: Path) -> None:
    site = hub_site(tmp_path, {ES: None})
    template = site / "templates" / "region.html"
    template.write_text(
        "{% extends 'base.html' %}{% block main %}\n" + groups("x", "| sort(attribute='name')") + "{% endblock %}"
    )
    (line,) = explained(site)
    assert line.startswith("templates/region.html, en-US, sciatica: left to plain Jinja: templates/region.html:2: ")


def test_pages_of_few_regions_are_left_to_plain_jinja(tmp_path: Path) -> None:
    assert {line.partition(": ")[2] for line in explained(make_site(tmp_path))} == {
        "left to plain Jinja: there are few such pages."
    }


def test_a_name_that_no_rule_lets_pass_is_found_on_the_page_that_lists_it(tmp_path: Path) -> None:
    off = [{"rule": "cell_placeholder", "severity": "off", "reason": "The test writes it."}]
    site = hub_site(tmp_path, {ES: None}, checks=off)
    assert not build(site).summary.has_errors
    change(site, {PLACES: many_places(FEW).replace("Zug6", "Zug {{ 6 }}")})
    assert any("placeholder_leak" in line and f"/en-us/sciatica/{_slug('DD')}/" in line for line in errors(site))
