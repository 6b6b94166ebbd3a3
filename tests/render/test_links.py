"""Which of a page's links are recorded, and that they are the same when the page is read piece by piece."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.render.links import only_tags, own_links

TAGS = ("<a ", "<", "a", " ", ">", 'href="', "hre", 'f="', '"', "<p>")
FRAGMENTS = (*TAGS, "/", "/x/", "/y/?a=1&amp;b=2", "//far/", "#here", "words", "é")

html = st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join)


def test_links_to_the_sites_own_pages_are_found_once_each_in_order() -> None:
    page = (
        '<p><a class="x" href="/b/">B</a> <a href="https://example.org/">far</a> <a href="//cdn.example.org/">far</a>'
        '<a href="#part">here</a> <a href="/a/?x=1&amp;y=2">A</a> <a href="/b/">B</a>'
    )
    assert own_links(page) == ("/b/", "/a/?x=1&y=2")


@settings(max_examples=1000)
@given(st.lists(html, max_size=6))
def test_the_links_of_a_page_are_those_of_the_tags_of_its_pieces(pieces: list[str]) -> None:
    assert own_links("".join(map(only_tags, pieces))) == own_links("".join(pieces))


def test_of_text_without_anchors_next_to_nothing_is_left() -> None:
    assert len(only_tags("<style>" + "a > b { color: red }" * 1000 + "</style><p>words</p>" * 10)) < 20
