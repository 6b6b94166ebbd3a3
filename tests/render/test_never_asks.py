"""Whether a page asks to be left out is the same, told from its parts or from the whole of it."""

from __future__ import annotations

from hypothesis import event, example, given, settings
from hypothesis import strategies as st

from generator.render.robots_tag import asks_to_be_left_out, never_asks

BEGINNINGS = (
    b"<meta ",
    b"<META",
    b"<met",
    b"<m",
    b"<",
    b"a",
    b"ta name=robots ",
    b"<!--",
    b"-->",
    b"<body>",
    b"</head>",
)
NAMES = (
    b'name="',
    b"name=",
    b'name="description"',
    b"name='robots'",
    b'property="og:title"',
    b"robots",
    b'name="Robots"',
)
CONTENTS = (b' content="', b" content=none", b'content="noindex, follow"', b"NOINDEX", b"none", b"&#110;oindex", b"\0")
ENDS = (b'"', b"'", b">", b'">', b"/>", b" ", b"words", "é".encode())
ASKS = b"<meta name=robots content='none'>"
USUAL = b'<meta name="description" content="Words.">'

texts = st.lists(st.sampled_from((*BEGINNINGS, *NAMES, *CONTENTS, *ENDS, ASKS, USUAL)), max_size=8).map(b"".join)
plain = st.lists(st.sampled_from((b"noindex", b"robots", b" ", b"ta ", b"name=robots", b"none", b"\0")), max_size=3)
shared_or_open = st.tuples(st.sampled_from(("shared", "open")), texts)
parts = st.lists(st.one_of(shared_or_open, st.tuples(st.just("plain"), plain.map(b"".join))), max_size=7)

BODY = ("shared", b"</head><body>")


def known(found: list[tuple[str, bytes]]) -> list[bytes | bool]:
    return [text if kind == "shared" else kind == "plain" for kind, text in found]


@settings(max_examples=2000)
@given(parts)
@example([("open", b'<meta name="Robots" content="none">')])
@example([("shared", b'<meta name="Robots" content="none">')])
@example([("shared", b"<meta "), ("plain", b"name=robots content=none"), ("shared", b">")])
@example([("shared", b"<me"), ("open", b"ta name=robots content=none>")])
@example([("open", b"<me"), ("open", b"ta name=robots content=none>")])
@example([("open", b"<meta name=robots "), ("shared", b"content=none>")])
@example([("shared", b'<meta name="'), ("plain", b"robots"), ("shared", b'" content="none">')])
@example(
    [
        ("shared", b'<meta name="description" content="'),
        ("open", b'"><meta name=robots content="none'),
        ("shared", b'"><body>'),
    ]
)
def test_a_page_whose_parts_are_silent_does_not_ask(found: list[tuple[str, bytes]]) -> None:
    found = [*found, BODY]
    is_known = never_asks(known(found))
    event(f"told from the parts: {is_known}")
    assert not is_known or not asks_to_be_left_out(b"".join(text for _, text in found))


def test_usual_heads_are_settled_by_what_pages_share() -> None:
    head = [
        b'<head><meta charset="utf-8"><title>',
        True,
        b'</title><meta name="robots" content="max-image-preview:large"><meta property="og:title" content="',
        True,
        b'">',
        False,
        b"</head><body>",
        False,
        b"</body>",
    ]
    assert not never_asks(head)
    assert never_asks([part for part in head if part is not False])


def test_every_page_is_asked_where_all_of_them_ask_or_have_no_head() -> None:
    assert not never_asks([ASKS, b"<body>"])
    assert not never_asks([b"<html>", True])
