"""Hostile data stays data: whatever a cell holds, pages have the same elements and say it word for word."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from generator.load.csv_file import clean_cell
from tests.sites import (
    ANYTHING_GOES,
    BOARDS,
    EN,
    ES,
    PLACES,
    SITE,
    WACO,
    Built,
    build,
    errors,
    make_site,
    places_text,
    site_text,
    topic_text,
    tree,
)

HOSTILE = (
    'O\'Fallon "The" Great',
    "<script>alert(1)</script>",
    "</script><script>alert(1)//",
    "</style></title><img src=x onerror=alert(1)>",
    "]]> <!-- -->",
    "{{ 7*7 }}",
    "{% for x in y %} {# ... #}",
    "../../../etc/passwd",
    "two\nlines\r\nX-Injected: yes",
    "/* 200\n/x https://evil.example 301",
    "\u202eright to left\u202c \u200f",
    "🏥👩‍⚕️ emoji",
    "x" * 300,
    "&amp; &lt; &#39; %3Cb%3E \\u003c \\",
    "\u0007\u0085\ufffe\u2028 invisible",
    "=HYPERLINK(1)",
    '" onmouseover="alert(1)" x="',
    "javascript:alert(1)",
)
NAMES = ("Lafayette", "Shreveport", "Austin", "Dallas", "Temple", "Waco")
BODY = """
Hello{% if place %} to {{ place.name }} of {{ place.region.board }}{% endif %}.

## Questions {#faq}

### Who{% if place %} in {{ place.name }}{% endif %}?

Ask{% if place %} [the {{ place.region.board }}](https://example.org/){% endif %}.
"""


def plain(text: str) -> str:
    """``text`` as a line of a page has it."""
    return " ".join(text.split())


def build_with(folder: Path, texts: tuple[str, ...]) -> Built:
    """A site of one language whose six places, and the tables' cells, are called like ``texts``."""
    cells: Any = {name: {"name": text, "county": text} for name, text in zip(NAMES, texts, strict=True)}
    boards = io.StringIO()
    csv.writer(boards).writerows([("region", "board"), ("LA", texts[0]), ("TX", texts[5])])
    files = {PLACES: places_text(**cells), BOARDS: boards.getvalue(), EN: topic_text(BODY), ES: None}
    return build(make_site(folder, files, checks=[*ANYTHING_GOES, *ANY_NAME_GOES]))


ANY_NAME_GOES = [
    {"rule": rule, "severity": "off", "reason": "The names are drawn by chance."}
    for rule in ("cell_shouting", "cell_spacing", "place_twice")
]


def check(built: Built, harmless: Built, texts: tuple[str, ...]) -> None:
    assert [message for message in built.messages if "has no topic yet" not in message] == []
    assert set(tree(built.folder)) == set(tree(harmless.folder))
    for name, text in zip(NAMES, texts, strict=True):
        name_shown = plain(clean_cell(text))
        region, board = ("louisiana", texts[0]) if name in NAMES[:2] else ("texas", texts[5])
        path = f"/en-us/sciatica/{region}/{name.lower()}/"
        page = built.page(path)
        assert [tag.name for tag in page.find_all()] == [tag.name for tag in harmless.page(path).find_all()]
        heading = f"Injections in {name_shown}, {region.title()}"
        assert plain(page.h1.get_text()) == heading
        assert plain(page.find("meta", attrs={"name": "description"})["content"]) == f"How they work in {name_shown}."
        assert plain(page.select_one(".introduction p").get_text()) == (
            plain(f"Hello to {name_shown} of {clean_cell(board)}.")
        )
        assert plain(page.select("nav.breadcrumb li")[-1].get_text()) == name_shown
        assert built.node(path, "MedicalWebPage")["name"] == heading
        assert plain(built.node(path, "BreadcrumbList")["itemListElement"][-1]["name"]) == name_shown
        (question,) = built.faq(path)["mainEntity"]
        assert question["name"] == f"Who in {name_shown}?"
        assert f">{question['acceptedAnswer']['text']}</div>" in built.text(path)
        assert plain(page.select_one(".answer a").get_text()) == plain(f"the {clean_cell(board)}")
    for file in built.folder.glob("sitemaps/*.xml"):
        ElementTree.parse(file)
    for name in ("_headers", "_redirects", "robots.txt"):
        assert built.text(f"/{name}") == harmless.text(f"/{name}")


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_with(tmp_path_factory.mktemp("harmless"), NAMES)


@pytest.mark.parametrize("start", range(0, len(HOSTILE), 6))
def test_hostile_names_and_cells_come_out_as_they_went_in(tmp_path: Path, harmless: Built, start: int) -> None:
    texts = HOSTILE[start : start + 6]
    check(build_with(tmp_path, texts), harmless, texts)


# A table's empty cell is no text, and a name must have something to show.
names = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=40).filter(
    lambda text: plain(clean_cell(text)) != ""
)


# Each example is a whole site, so a failing one is shown as it was found: making it small would take minutes.
@settings(
    max_examples=6,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.tuples(names, names, names, names, names, names))
@example(("\u00a0a\u00a0b", "\ufdd0c", "\x7fd", "e\u0301", "\u0085f", "\ufeffg"))
def test_any_name_comes_out_as_it_went_in(
    tmp_path_factory: pytest.TempPathFactory, harmless: Built, texts: tuple[str, ...]
) -> None:
    check(build_with(tmp_path_factory.mktemp("any"), texts), harmless, texts)


def test_hostile_front_matter_and_brand_come_out_as_they_went_in(tmp_path: Path) -> None:
    words = plain(" ".join(text for text in HOSTILE if text.isprintable() or "\n" in text))
    reviewer = {"name": words, "credentials": words}
    front = {
        "nav_label": words,
        "short_name": words,
        "about_name": words,
        "reviewer": reviewer,
        "sources": [{"title": "A study", "publisher": words}],
    }
    built = build(make_site(tmp_path, {EN: topic_text(**front), ES: None}, brand=words, checks=ANYTHING_GOES))
    page = built.page(WACO)
    assert page.select("img") == []
    assert len(page.select("script")) == 2
    assert plain(page.select("nav.breadcrumb li")[1].get_text()) == words
    assert plain(page.select_one(".byline li").get_text()) == f"Medically reviewed by {words}, {words}"
    assert plain(page.select_one(".references li").get_text()) == f"A study ({words})"
    assert page.find("meta", property="og:site_name")["content"] == words
    assert built.node(WACO, "MedicalTherapy")["name"] == words
    assert built.node(WACO, "WebSite")["name"] == words
    assert built.node(WACO, "MedicalWebPage")["reviewedBy"]["honorificSuffix"] == words
    assert built.node(WACO, "BreadcrumbList")["itemListElement"][1]["name"] == words


def test_jinja_in_a_value_of_the_front_matter_that_is_no_text_of_a_page_is_not_run(tmp_path: Path) -> None:
    built = build(make_site(tmp_path, {EN: topic_text(nav_label="{{ 7*7 }}"), ES: None}, checks=ANYTHING_GOES))
    assert built.page(WACO).select("nav.breadcrumb li")[1].get_text() == "{{ 7*7 }}"


def test_jinja_in_a_text_cannot_reach_pythons_insides(tmp_path: Path) -> None:
    body = "\nHello {{ ''['__class__']['__mro__'] }}.\n"
    said = errors(make_site(tmp_path, {EN: topic_text(body), ES: None}))
    assert all("__class__" in message and message.startswith(f"{EN}:") for message in said)


def test_a_redirect_cannot_add_a_line(tmp_path: Path) -> None:
    rows = 'from,to\n"/a\n/b","/en-us/\n/c https://evil.example"\n'
    said = errors(make_site(tmp_path, {"content/redirects.csv": rows}))
    assert [message.partition(": ")[0] for message in said] == [
        "content/redirects.csv:2, column from",
        "content/redirects.csv:2, column to",
    ]


@pytest.mark.parametrize(
    "script",
    [
        "https://a.example/x\n  X-Injected: 1",
        "https://a.example x/",
        "http://a.example/x.js",
        "javascript:1",
        "https://a.example;img-src/x.js",
    ],
)
def test_an_address_of_analytics_cannot_add_a_header(tmp_path: Path, script: str) -> None:
    text = site_text(analytics={"script": script})
    (message,) = errors(make_site(tmp_path, {SITE: text}))
    assert message.startswith(f'{SITE}:8: "analytics.script" is ')


@pytest.mark.parametrize("slug", ["../../outside", "/outside", "a/b", "A", "..", "", "a b"])
def test_a_slug_that_would_leave_the_output_folder_makes_no_file(tmp_path: Path, slug: str) -> None:
    site = make_site(tmp_path / "site", {PLACES: places_text(Waco={"slug": slug}), ES: None})
    before = tree(tmp_path)
    built = build(site)
    assert built.summary.has_errors
    written = set(tree(tmp_path)) - set(before) - {"site/output/ledger.sqlite"}
    assert written
    assert all(path.startswith("site/output/site/") for path in written)
    assert {path: body for path, body in tree(tmp_path).items() if path in before} == before


@pytest.mark.parametrize("slug", ["../../outside", "/outside", "a/b", "..", "a--b"])
def test_a_topics_slug_that_would_leave_its_folder_is_refused(tmp_path: Path, slug: str) -> None:
    (message,) = errors(make_site(tmp_path, {EN: topic_text(slug=slug)}))
    assert message.startswith(f'{EN}:2: "slug" is ')


@pytest.mark.parametrize("pattern", ["/../{locale}/", "/{locale}/../../", "//{locale}/", "/{locale}", "/{locale}/./"])
def test_a_pattern_that_would_leave_the_output_folder_is_refused(tmp_path: Path, pattern: str) -> None:
    (message,) = errors(make_site(tmp_path, urls={"home": pattern}))
    assert message == (
        f"{SITE}:8: \"urls.home\" is '{pattern}':"
        " must begin and end with / and hold only small letters, digits, hyphens and {names}."
    )
