"""Which of a page's links are recorded."""

from __future__ import annotations

from generator.render.links import own_links


def test_links_to_the_sites_own_pages_are_found_once_each_in_order() -> None:
    page = (
        '<p><a class="x" href="/b/">B</a> <a href="https://example.org/">far</a> <a href="//cdn.example.org/">far</a>'
        '<a href="#part">here</a> <a href="/a/?x=1&amp;y=2">A</a> <a href="/b/">B</a>'
    )
    assert own_links(page) == ("/b/", "/a/?x=1&y=2")
