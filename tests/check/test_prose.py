"""Passages are what readers see of a page's text, each in one language."""

from __future__ import annotations

import re
from pathlib import Path

from generator.check.document import Document
from generator.check.prose import OBJECT, Passage
from generator.check.published import Published


def document(html: str) -> Document:
    return Document("/a/", html.encode(), Published(Path("/nonexistent"), "https://www.example.com"))


def written(html: str) -> list[tuple[str, str]]:
    return [(passage.text, passage.language) for passage in document(html).passages]


def test_white_space_is_as_a_browser_shows_it() -> None:
    assert written("<p> One\n  <b>bold </b>\tword.<br>\nA\xa0line. </p>") == [("One bold word.\n A\xa0line.", "")]


def test_white_space_that_browsers_show_stays() -> None:
    assert written("<p>\xa0A\xa0 \u2003B\x0bC \t\r\n D\u2028E</p><p>\u3000</p>") == [("A\xa0 \u2003B\x0bC D\nE", "")]


def test_blocks_part_passages_and_inline_elements_do_not() -> None:
    html = "<html lang=en-US><p>A <em>little</em>.<ul><li>One<li><a href=/>T<small>wo</small></a></ul>Loose"
    assert written(html) == [("A little.", "en"), ("One", "en"), ("Two", "en"), ("Loose", "en")]


def test_words_of_another_language_are_a_passage_of_their_own() -> None:
    html = (
        "<html lang=en><p>Say <i lang=es-US>hola <b>ya</b></i>, please.</p><div lang=fr><p>Un<p lang=en>Two</div>Three"
    )
    found = written(html)
    assert sorted(found) == sorted(
        [("hola ya", "es"), (f"Say {OBJECT}, please.", "en"), ("Un", "fr"), ("Two", "en"), ("Three", "en")]
    )


def test_code_and_what_is_hidden_are_left_out() -> None:
    html = "<p>Run <code>a , b</code> now<pre>x ,</pre><p hidden>y ,<script>z ,</script><p>End"
    assert written(html) == [(f"Run {OBJECT} now", ""), ("End", "")]


def test_the_title_and_the_description_are_passages() -> None:
    page = document("<html lang=en><title>A title</title><meta name=description content='Says what'><p>Text")
    assert page.passages == (
        Passage("A title", "en", "title"),
        Passage("Says what", "en", "description"),
        Passage("Text", "en"),
    )
    assert [passage.where for passage in page.passages] == ["in its title", "in its description", "in its text"]


def test_patterns_read_only_the_languages_that_they_are_for() -> None:
    page = document("<html lang=en><p>On line<p>on<p lang=es>on")
    found = page.written({"en": re.compile("^on", re.MULTILINE)})
    assert [(passage.text, match[0]) for passage, match in found] == [("on", "on")]


def test_thousands_of_nested_elements_are_read() -> None:
    assert written("<div>" * 20_000 + "Bottom") == [("Bottom", "")]
    assert written("<b>" * 2_000 + "Bottom") == [("Bottom", "")]
