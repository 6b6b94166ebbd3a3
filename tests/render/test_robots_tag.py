"""A page that asks search engines to leave it out without the word of the gate is not published."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.plan.gates import (
    TEMPLE,
    gated,
)
from tests.sites import (
    EN,
    SITE,
    build,
    change,
    errors,
    make_site,
    site_text,
    topic_text,
)

LEFT_OUT = '<meta name="googlebot" content="max-snippet:5, NOINDEX">'


TAGS = [LEFT_OUT, "<meta content='none' name=robots>", '<meta name="robots" content="&#110;oindex">']


@pytest.mark.parametrize("tag", TAGS)
def test_a_template_that_keeps_pages_from_search_engines_by_itself_stops_the_build(tmp_path: Path, tag: str) -> None:
    site = make_site(tmp_path)
    template = site / "templates" / "base.html"
    template.write_text(template.read_text("utf-8").replace("</head>", f"{tag}</head>"), "utf-8")
    found = errors(site)
    assert any("(noindex_unintended" in line and "templates/" in line for line in found)


def test_it_stops_also_when_the_gate_has_kept_the_pages_back_until_now(tmp_path: Path) -> None:
    site = make_site(tmp_path, gate=None)
    template = site / "templates" / "base.html"
    template.write_text(template.read_text("utf-8").replace("</head>", f"{LEFT_OUT}</head>"), "utf-8")
    build(site)
    change(site, {SITE: site_text()})
    assert any("(noindex_unintended" in line for line in errors(site))


def test_it_stops_also_where_the_first_place_is_kept_back_by_the_gate(tmp_path: Path) -> None:
    first = {"where": "name = 'Lafayette'", "verdict": "noindex", "reason": "Not yet."}
    site = gated(tmp_path, conditions=[first])
    template = site / "templates" / "base.html"
    tag = f"{{% if place %}}{LEFT_OUT}{{% endif %}}"
    template.write_text(template.read_text("utf-8").replace("</head>", f"{tag}</head>"), "utf-8")
    assert any("(noindex_unintended" in line for line in errors(site))


def test_a_page_that_does_it_for_a_few_places_only_is_left_as_it_was(tmp_path: Path) -> None:
    lenient = [{"rule": "noindex_unintended", "severity": "error", "reason": "The other pages need not wait."}]
    site = make_site(tmp_path, checks=lenient)
    template = site / "templates" / "base.html"
    tag = f"{{% if place and place.population < 100000 %}}{LEFT_OUT}{{% endif %}}"
    template.write_text(template.read_text("utf-8").replace("</head>", f"{tag}</head>"), "utf-8")
    built = build(site)
    assert not built.file(TEMPLE).exists()
    assert any("noindex_unintended" in message for message in built.messages)


def test_a_comment_or_a_rule_for_pictures_is_no_wish_to_be_left_out(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    template = site / "templates" / "base.html"
    tag = f'<!-- {LEFT_OUT} --><meta name="googlebot" content="max-image-preview:none">'
    template.write_text(template.read_text("utf-8").replace("</head>", f"{tag}</head>"), "utf-8")
    build(site)


def test_an_author_may_write_of_noindex(tmp_path: Path) -> None:
    site = make_site(tmp_path, {EN: topic_text("\nWe say noindex, and none.\n\n## More\n\nText.\n")})
    build(site)
