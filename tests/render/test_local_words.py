"""The ledger knows how many words only one page has, and whether they have changed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.sites import BOARDS, EN, ES, WACO, Built, build, change, make_site, topic_text

HUB = "/en-us/sciatica/texas/"
TEMPLE = "/en-us/sciatica/texas/temple/"
TEXT = "\nTwelve words that all pages share, {where}whatever the city is.\n"
PLAIN = {
    "title": ["Sciatica{% if place %} in {{ place.full_name }}{% endif %}"],
    "description": ["About sciatica."],
    "h1": "Sciatica",
    "summary": "A summary.",
    "call_to_action": {"label": "Go", "url": "https://www.example.com/", "text": "Go there."},
}
NO_FACTS = "<p>Nothing of the city.</p>\n"


def site_with(folder: Path, text: str, **keys: Any) -> Path:
    """A site whose templates show no fact of the city, and whose article is ``text``."""
    files = {EN: topic_text(text, **{**PLAIN, **keys}), ES: None, "templates/partials/facts.html": NO_FACTS}
    return make_site(folder, files)


def local(built: Built, path: str = WACO) -> tuple[int, bytes]:
    """The number of local words of a page, and their digest."""
    with closing(sqlite3.connect(built.folder.parent / "ledger.sqlite")) as ledger:
        (row,) = ledger.execute("SELECT local_words, local_digest FROM pages WHERE path = ?", (path,))
    return row[0], row[1]


def test_words_that_all_pages_share_are_not_local(tmp_path: Path) -> None:
    assert local(build(site_with(tmp_path, TEXT.format(where=""))))[0] == 0


def test_the_places_own_names_are_not_local_however_often_they_stand(tmp_path: Path) -> None:
    text = TEXT.format(
        where="{% if place %}in {{ place.name }}, {{ place.region.name }} ({{ place.full_name }}), {% endif %}"
    )
    assert local(build(site_with(tmp_path, text)))[0] == 0


def test_a_value_of_the_city_is_local_and_so_is_what_stands_there_because_of_it(tmp_path: Path) -> None:
    text = TEXT.format(where="{% if place %}with {{ place.population | number }} people, {% endif %}")
    assert local(build(site_with(tmp_path / "a", text)))[0] == 1
    text = TEXT.format(where="{% if place and place.population > 100000 %}a very large one, {% endif %}")
    built = build(site_with(tmp_path / "b", text))
    assert (local(built)[0], local(built, TEMPLE)[0]) == (4, 0)


def test_the_digest_changes_with_the_words_and_with_nothing_else(tmp_path: Path) -> None:
    text = TEXT.format(where="{% if place %}of {{ place.region.board }}, {% endif %}")
    site = site_with(tmp_path, text)
    before = local(build(site))
    change(site, {EN: topic_text(text.replace("Twelve", "A dozen"), **PLAIN)})
    assert local(build(site)) == before
    change(site, {BOARDS: "region,board\nLA,Louisiana Board\nTX,Another Board\n"})
    assert local(build(site)) != before


def test_facts_that_the_template_shows_are_local(tmp_path: Path) -> None:
    site = site_with(tmp_path, TEXT.format(where=""))
    change(site, {"templates/partials/facts.html": "{% if place %}<p>{{ place.population | number }}</p>{% endif %}\n"})
    assert local(build(site))[0] == 1


def test_pages_without_a_place_have_no_local_words_and_a_region_has_its_list(tmp_path: Path) -> None:
    built = build(site_with(tmp_path, TEXT.format(where="")))
    empty = local(built, "/en-us/sciatica/")
    assert empty[0] == 0
    assert [local(built, path) for path in ("/", "/en-us/", "/404.html")] == [empty] * 3
    assert local(built, HUB)[0] > 0


def test_a_page_that_is_made_by_itself_has_the_same_local_words(tmp_path: Path) -> None:
    text = TEXT.format(where="{% if place %}with {{ place.population }} people in {{ place.county }}, {% endif %}")
    plain = build(site_with(tmp_path / "a", text), printing="plain")
    assert local(plain) == local(build(site_with(tmp_path / "b", text), printing="verified"))


def test_what_a_text_sets_for_itself_is_not_local(tmp_path: Path) -> None:
    text = TEXT.format(where="{% set n = namespace(x=1) %}{% if place %}{{ n.x }} {% endif %}")
    assert local(build(site_with(tmp_path, text)))[0] == 0
