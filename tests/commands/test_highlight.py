"""A page is shown with what only it says marked, and is otherwise the page that is published."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from generator.cli import cli
from generator.commands.explain import explain
from generator.commands.highlight import marked_page
from generator.errors import ConfigurationError
from generator.executors.inline import InlineExecutor
from generator.options import Options
from generator.render.piece import Piece
from tests.clinics import BODY, ROWS, TABLES
from tests.sites import (
    ANYTHING_GOES,
    EN,
    ES,
    NOW,
    PLACES,
    WACO,
    WACO_ES,
    Built,
    build,
    make_site,
    places_text,
    topic_text,
)

TEXT = BODY + "\n{% if place %}Near {{ place.name }} & around.{% endif %}\n"


def site_of(folder: Path, **keys: Any) -> Path:
    files = {EN: topic_text(TEXT), ES: topic_text(TEXT, slug="ciatica"), "content/tables/clinics.csv": ROWS}
    return make_site(folder, files, **({"tables": TABLES} | keys))


def marked(site: Path, path: str) -> BeautifulSoup:
    found = explain(Options(site, site / "output", NOW), path, InlineExecutor(), is_marked=True)
    return BeautifulSoup(found.page, "html.parser")


def words(page: BeautifulSoup, kind: str) -> list[str]:
    return [" ".join(mark.get_text().split()) for mark in page.select(f"mark.{kind}")]


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Built]:
    site = site_of(tmp_path_factory.mktemp("usual"))
    return site, build(site, is_first=True)


@pytest.mark.parametrize("path", [WACO, WACO_ES, "/en-us/sciatica/louisiana/lafayette/"])
def test_without_its_marks_it_is_the_page_that_is_published(usual: tuple[Path, Built], path: str) -> None:
    site, built = usual
    page, published = marked(site, path), built.page(path)
    page.select_one(".own-legend").decompose()  # type: ignore[union-attr]
    for mark in page.select("mark"):
        mark.unwrap()
    page.smooth()
    assert [part.get_text() for part in (page.head, page.body) if part][1] == published.body.get_text()
    assert [tag.name for tag in page.body.find_all()] == [tag.name for tag in published.body.find_all()]


def test_what_only_the_page_says_is_marked_and_what_repeats_its_names_in_another_way(
    usual: tuple[Path, Built],
) -> None:
    page = marked(usual[0], WACO)
    own, names = words(page, "own-words"), words(page, "own-name")
    assert {"132,356", "3", "a quiet place by the river where doctors have time for those who come to them"} <= set(own)
    assert "Waco" in names
    assert not {"Population", "State", "County", "Waco"} & set(own)
    assert not page.select("head mark, script mark, style mark")
    assert (
        "What /en-us/sciatica/texas/waco/ says because of its place is yellow"
        in page.select_one(".own-legend").get_text()
    )
    assert words(page, "own-name")[0] == "Waco, TX"  # It stands in the title, which the legend repeats.


def test_its_links_and_pictures_are_those_of_the_built_tree(usual: tuple[Path, Built]) -> None:
    site, built = usual
    page = marked(site, WACO)
    links = [link["href"] for link in page.select("nav.breadcrumb a")]
    assert links[0] == built.file("/en-us/").absolute().as_uri()
    assert all(not link["href"].startswith("/") for link in page.select("[href]"))


def test_a_script_that_counts_visits_is_left_out(tmp_path: Path) -> None:
    site = site_of(tmp_path, analytics={"script": "https://stats.example.com/script.js"})
    assert build(site).page(WACO).select("script[src]")
    assert not marked(site, WACO).select("script[src]")


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    site = site_of(tmp_path, checks=ANYTHING_GOES)
    name = '<b onclick="x">Wa & "co"</b> <!-- \' -->'
    (site / PLACES).write_text(places_text(Waco={"name": name}), "utf-8")
    built = build(site)
    page = marked(site, WACO)
    assert page.h1.get_text() == built.page(WACO).h1.get_text()
    assert not page.select("b")


def test_only_the_page_of_a_place_can_be_marked(usual: tuple[Path, Built]) -> None:
    with pytest.raises(ConfigurationError, match="only the page of a place that is built has words of its own to mark"):
        marked(usual[0], "/en-us/sciatica/texas/")


def test_pages_that_the_gate_treats_differently_are_marked_as_they_are_built(tmp_path: Path) -> None:
    policy = {"mode": "enforce", "conditions": [{"where": "name = 'Temple'", "verdict": "fold", "reason": "Small."}]}
    site = site_of(tmp_path, gate=policy)
    built = build(site)
    shown = [link.get_text() for link in marked(site, WACO).select("main a")]
    assert shown == [link.get_text() for link in built.page(WACO).select("main a")]


def test_the_command_writes_the_page_beside_the_site(usual: tuple[Path, Built]) -> None:
    site, _ = usual
    output = site / "output"
    arguments = ["explain", "--html", WACO, "--site", str(site), "--output", str(output), "--executor", "inline"]
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 0
    assert result.output.endswith(f"marked: {(output / 'explained.html').as_posix()}\n")
    assert "<mark" in (output / "explained.html").read_text("utf-8")


# Tags, comments, raw elements and quotes, cut at any place into pieces.
PARTS = "<p>| </p>|a='<b>'|<i a='>'>|</i>|<!-- <u> -->|<script>|1 < 2 </b>|</script>|x |&lt;".split("|")
CUTS = st.dictionaries(st.integers(0, 90), st.booleans(), max_size=6)


@given(st.lists(st.sampled_from(PARTS), max_size=12), CUTS)
def test_marks_go_around_text_only_wherever_pieces_are_cut(parts: list[str], cuts: dict[int, bool]) -> None:
    html = "<html><head></head><body>" + "".join(parts) + "</body></html>"
    ends = sorted({min(at, len(html)) for at in cuts} | {len(html)})
    starts = [0, *ends[:-1]]
    pieces = [Piece(html[a:b], True, cuts.get(b, False)) for a, b in zip(starts, ends, strict=True)]
    plain = [Piece(html, True, True)]
    page = marked_page(pieces, (), (), Path("/nowhere"))
    for mark in ('<mark class="own-words">', '<mark class="own-name">', "</mark>"):
        page = page.replace(mark, "")
    assert page == marked_page(plain, (), (), Path("/nowhere"))


def test_the_title_of_the_page_is_shown_above_it_and_that_of_a_drawing_has_no_mark(tmp_path: Path) -> None:
    said = [
        Piece("<html><head><TITLE>In ", is_html=True, is_shared=True),
        Piece("Waco", is_html=True),
        Piece("</TITLE></head><body><svg><title>Map of ", is_html=True, is_shared=True),
        Piece("Waco", is_html=True),
        Piece("</title></svg><p>Hello ", is_html=True, is_shared=True),
        Piece("Waco", is_html=True),
        Piece("</p></body></html>", is_html=True, is_shared=True),
    ]
    page = BeautifulSoup(marked_page(said, ["waco"], [], tmp_path), "html.parser")
    assert [mark.parent.name for mark in page.body("mark")] == ["p", "p"]
    assert page.svg.title.decode_contents() == "Map of Waco"
    assert page.head.title.text == "In Waco"
