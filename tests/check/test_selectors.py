"""A page is searched only for what it may hold, and the search finds the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.check.document import Document
from generator.check.published import Published
from generator.check.selectors import possible

PAGE = """<html lang=en><head><title>A</title><link rel=icon href=/a.png></head><body><nav><h2>B</h2></nav>
<p id=p style="color:red">C <a href=/>D</a></p><svg><title>E</title><a xlink:href=/e><use xlink:href=#p /></a></svg>
<ul><li title=F alt=G>H<template><b>I</b></template></ul><details><p>J</details></body></html>"""


def document(html: str) -> Document:
    return Document("/a/", html.encode(), Published(Path("/nonexistent"), "https://www.example.com"))


@pytest.mark.parametrize(
    "selector",
    [
        "a",
        "b",
        "title",
        "[href]",
        "a[href]",
        "[title], [alt]",
        "h1, h2, h3",
        "*",
        "table, ul, ol",
        ":is(nav, footer) :is(h1, h2)",
        "details:not(:has(> summary))",
        "details > summary",
        "li:not([role], [aria-label])",
        '[style*="red, (" i], [style*="red" i]',
        "link[rel~='icon' i], [role='img' i]:not(img)",
    ],
)
def test_what_a_page_cannot_hold_may_be_left_out(selector: str) -> None:
    page = document(PAGE)
    assert [node.mem_id for node in page.css(selector)] == [node.mem_id for node in page.tree.css(selector)]


def test_a_list_keeps_the_selectors_whose_names_the_page_has() -> None:
    names = frozenset({"a", "href", "p"})
    assert possible("a[href], a[rel], p b, [href]:not(b, i)", names) == "a[href],[href]:not(b, i)"
    assert possible("table, ul", names) == ""


def test_who_changes_what_was_found_changes_it_for_nobody_else() -> None:
    page = document(PAGE)
    page.css("a").clear()
    assert len(page.css("a")) == 2
