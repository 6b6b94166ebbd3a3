"""What rules read of a page is what stands on it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.check.addresses import Address
from generator.check.document import Document
from generator.check.page_facts import page_facts
from generator.check.published import Published

NOWHERE = Path("/nonexistent")


def document(html: str | bytes, path: str = "/a/", origin: str = "https://www.example.com") -> Document:
    body = html.encode() if isinstance(html, str) else html
    return Document(path, body, Published(NOWHERE, origin))


def passages(page: Document) -> tuple[str, ...]:
    return tuple(passage.text for passage in page.passages)


def test_the_title_of_a_drawing_is_not_that_of_the_page() -> None:
    assert document("<head><title>A  page</title></head><svg><title>A pin</title></svg>").titles == ("A page",)


def test_sentences_stay_whole_across_inline_elements_and_end_with_their_block() -> None:
    page = document("<main><p>One <b>bold</b>, <a href=/>linked</a>.</p><ul><li>First<li>Second</ul>Loose</main>")
    assert passages(page) == ("One bold, linked.", "First", "Second", "Loose")


def test_a_block_within_an_inline_element_is_a_block() -> None:
    assert passages(document("<p>A</p><a href=/><h2>B</h2><p>C</p></a><p>D</p>")) == ("A", "B", "C", "D")


def test_what_nobody_sees_is_no_text() -> None:
    page = document("<p>Seen</p><p hidden>Not</p><script>not</script><template><p>Not</p></template><style>b{}</style>")
    assert page.visible_text == "Seen"
    assert passages(page) == ("Seen",)


def test_words_go_on_behind_what_nobody_sees() -> None:
    page = document(
        "<p>One<svg><g><text>no<title>no</title></text></g></svg>two<b hidden><i>no</i></b><!-- no -->three"
    )
    assert page.visible_text == "One two three"


def test_the_main_text_is_without_navigation() -> None:
    page = document("<header>Kaly</header><main><nav>On this page</nav><p>Words</p><aside>Note</aside></main>")
    assert page.main_text == "Words"
    assert page.visible_text == "Kaly On this page Words Note"


def test_a_link_is_called_by_its_label_its_words_or_its_picture() -> None:
    html = (
        '<a href=/b/ aria-label="Book">here</a><a href=/b/> to  B </a><a href=/b/><img alt="B" src=b.png></a><a>x</a>'
    )
    assert [link.text for link in document(html).links] == ["Book", "to B", "B", "x"]


def test_a_link_is_in_the_main_part_unless_it_stands_in_a_frame_around_it() -> None:
    html = "<header><a>A</a></header><main><header><a>B</a></header><nav><a>C</a></nav></main><footer><a>D</a></footer>"
    assert [link.text for link in document(html).links if link.is_in_main] == ["B"]


def test_the_outline_is_without_empty_headings_and_those_of_navigation() -> None:
    page = document("<nav><h2>Menu</h2></nav><h1>A</h1><h2> </h2><h3>B</h3><footer><div><h2>More</h2></div></footer>")
    assert [heading[:2] for heading in page.outline] == [(1, "A"), (3, "B")]
    assert [heading.level for heading in page.headings] == [2, 1, 2, 3, 2]


def test_a_link_with_a_query_is_found_among_those_within_the_site() -> None:
    html = "<a href=/b/?q=1>A</a><a href=/b/>B</a><a href=https://www.example.org/?q=1>C</a><a href=?q=2#x>D</a>"
    assert [link.text for link in document(html).queried] == ["A", "D"]


def test_nodes_are_known_by_each_of_their_types() -> None:
    source = '[{"@type": ["A", "B"], "name": 1}, {"@type": "B", "name": 2}, {"name": 3}]'
    typed = document(f'<script type="application/ld+json">{source}</script>').typed
    assert {kind: [node["name"] for node in nodes] for kind, nodes in typed.items()} == {"A": [1], "B": [1, 2]}


@pytest.mark.parametrize("body", ["<p>caña".encode("utf-16"), "\ufeff<p>caña".encode(), "<p>caña".encode()])
def test_a_page_is_read_whatever_mark_its_bytes_begin_with(body: bytes) -> None:
    assert document(body).visible_text == "caña"


def test_bytes_that_are_no_utf_8_are_read_as_far_as_they_can_be() -> None:
    assert document("<meta charset=latin1><p>caña".encode("latin-1")).visible_text == "ca\ufffda"


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("", Address("/a/", "", "")),
        ("#faq", Address("/a/", "", "faq")),
        ("/b/", Address("/b/", "", "")),
        ("b/", Address("/a/b/", "", "")),
        ("../c", Address("/c", "", "")),
        ("/b/?q=1#x", Address("/b/", "q=1", "x")),
        ("/b/#x", Address("/b/", "", "x")),
        ("/b/#", Address("/b/", "", "")),
        ("/a.b/c.png#x", Address("/a.b/c.png", "", "x")),
        ("/a/./b/../c#x", Address("/a/c", "", "x")),
        ("/b/#%C3%A9", Address("/b/", "", "é")),
        ("https://www.example.com", Address("/", "", "")),
        ("https://www.example.com/b/", Address("/b/", "", "")),
        ("/caf%C3%A9/", Address("/café/", "", "")),
        ("\\b\\", Address("/b/")),
        ("/a/%2e%2E/b/", Address("/b/")),
        ("/b\n/", Address("/b/")),
        ("HTTPS://WWW.Example.com:443/b/", Address("/b/")),
        ("\\\\www.example.org/", None),
        ("https://user@www.example.com.example.org/", None),
        ("http://www.example.com/b/", None),
        ("https://www.example.org/", None),
        ("//www.example.org/", None),
        ("mailto:a@example.com", None),
        ("javascript:void(0)", None),
        ("http://[", None),
    ],
)
def test_an_address_is_of_this_site_or_it_is_not(href: str, target: Address | None) -> None:
    assert Published(NOWHERE, "https://www.example.com").local(href, "/a/") == target


def test_where_nobody_knows_the_host_only_paths_are_of_this_site() -> None:
    published = Published(NOWHERE)
    assert published.local("/b/", "/a/") == Address("/b/", "", "")
    assert published.local("https://www.example.com/b/", "/a/") is None


def test_a_block_of_structured_data_that_cannot_be_read_says_why() -> None:
    def blocks(source: str) -> list[str]:
        return [block.fault for block in document(f'<script type="application/ld+json">{source}</script>').json_ld]

    assert blocks('{"@type": "WebPage"}') == [""]
    assert "Expecting" in blocks("{'@type': 'WebPage'}")[0]
    assert blocks('"WebPage"') == ["it is no object of names and values"]
    assert blocks('[{"@type": "A"}, {"@type": "B"}]') == [""]
    assert blocks("[" * 100_000) != [""]


def test_nodes_within_nodes_are_found() -> None:
    source = '{"@graph": [{"@type": "A", "b": {"@type": "B"}}, {"c": [{"@type": "C"}]}]}'
    page = document(f'<script type="application/ld+json">{source}</script>')
    assert [node["@type"] for node in page.nodes if "@type" in node] == ["A", "B", "C"]


def test_thousands_of_nested_elements_are_read() -> None:
    deep = document("<div>" * 20_000 + "<p>Bottom</p>")
    assert deep.visible_text == "Bottom"
    assert passages(deep) == ("Bottom",)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_page_of_some_kind(body: bytes) -> None:
    facts = page_facts(document(b"<html><p>" + body))
    assert facts.path == "/a/"
    assert facts.size == len(body) + 9


@given(st.text(max_size=60))
def test_any_text_may_stand_where_an_address_should(href: str) -> None:
    found = Published(NOWHERE, "https://www.example.com").local(href, "/a/")
    assert found is None or isinstance(found.path, str)
