"""The graph of links is what the pages' links say."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from generator.check.document import Document
from generator.check.facts import no_facts
from generator.check.links import FAR, Astray, Links, find_links
from generator.check.page_facts import page_facts
from generator.check.published import Published
from generator.check.suggestion import nearest_address

PUBLISHED = Published(Path("/nonexistent"), "https://www.example.com")


def linked(pages: Mapping[str, str], noindex: str = "") -> Links:
    """The graph of pages that link to the addresses given for each, with a space between them."""
    with no_facts() as facts:
        for path, targets in pages.items():
            anchors = "".join(f'<a href="{target}">x</a>' for target in targets.split())
            robots = '<meta name="robots" content="noindex">' if path == noindex else ""
            facts.add_page(page_facts(Document(path, (robots + anchors).encode(), PUBLISHED)))
        return find_links(facts, PUBLISHED)


def test_each_page_is_as_deep_as_its_shortest_way_from_home() -> None:
    links = linked({"/": "/a/ /b/", "/a/": "/c/", "/b/": "/c/ /", "/c/": "/d/", "/d/": "/a/", "/e/": "/"})
    depth = dict(zip(links.pages, links.depth.tolist(), strict=True))
    assert depth == {"/": 0, "/a/": 1, "/b/": 1, "/c/": 2, "/d/": 3, "/e/": FAR}


def test_links_of_pages_that_are_not_indexed_count_for_nobody() -> None:
    links = linked({"/": "/a/", "/a/": "/", "/b/": "/a/ /"}, noindex="/b/")
    assert dict(zip(links.pages, links.into.tolist(), strict=True)) == {"/": 1, "/a/": 1, "/b/": 0}


def test_a_page_counts_a_target_once_and_itself_never() -> None:
    links = linked({"/": "/a/ /a/#x /a/?q / #top", "/a/": ""})
    assert dict(zip(links.pages, links.out.tolist(), strict=True)) == {"/": 1, "/a/": 0}


def test_links_to_no_page_are_counted_with_the_first_page_that_has_them() -> None:
    links = linked({"/": "/x/ /f.pdf", "/a/": "/x/"})
    assert links.astray == (Astray("/f.pdf", "/", 1), Astray("/x/", "/", 2))


def test_a_site_without_a_home_page_has_no_depth() -> None:
    links = linked({"/a/": "/b/", "/b/": ""})
    assert links.home is None
    assert links.depth.tolist() == [FAR, FAR]


NAMES = st.sampled_from([f"/{name}/" for name in "abcdef"])


@given(st.dictionaries(NAMES, st.lists(NAMES), max_size=6))
def test_depth_is_that_of_a_search_by_hand(pages: dict[str, list[str]]) -> None:
    graph = {"/": sorted(pages), **pages} if len(pages) < 3 else {"/": [min(pages)], **pages}
    links = linked({path: " ".join(targets) for path, targets in graph.items()})
    expected = dict.fromkeys(graph, FAR)
    edge, step = ["/"], 0
    while edge:
        expected |= dict.fromkeys(edge, step)
        step += 1
        edge = list({t for path in edge for t in graph[path] if t in graph and expected[t] == FAR})
    assert dict(zip(links.pages, links.depth.tolist(), strict=True)) == expected


def test_a_misspelt_address_is_held_to_be_its_nearest_neighbour() -> None:
    pages = ["/", "/en-us/", "/en-us/sciatica/", "/en-us/sciatica/texas/", "/en-us/sciatica/texas/waco/"]
    assert nearest_address("/en-us/sciatica/texas/wacko/", pages) == "/en-us/sciatica/texas/waco/"
    assert nearest_address("/en-us/sciatca/", pages) == "/en-us/sciatica/"
    assert nearest_address("/entirely/different", pages) == ""
