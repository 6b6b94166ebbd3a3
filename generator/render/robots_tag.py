"""Robots directives in the head of a page."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

_INNER = rb"""(?:[^>"']|"[^"]*"|'[^']*')*"""
_ROBOT = rb"(?:robots|googlebot|bingbot)"
_NAME = rb"""\bname\s*=\s*(?:"%b"|'%b'|%b\b)""" % (_ROBOT, _ROBOT, _ROBOT)
_TAG = re.compile(rb"<meta\b" + _INNER + _NAME + _INNER + rb">", re.IGNORECASE)
"""Meta elements about indexing (Google: robots meta tag specifications; Bing knows the same names)."""

_CONTENT = re.compile(r"""\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)

_BODY = b"<body"

_PLAIN = b"\0"
"""Placeholder for a part of a page that has no angle bracket and no quotation mark."""

_START = re.compile(rb"<meta", re.IGNORECASE)
_CUT = re.compile(rb"<(?:m(?:et?)?)?(?:\0|\Z)", re.IGNORECASE)
"""The beginning of a tag that the next part might go on."""

_WHOLE = re.compile(rb"""<meta\b(?:[^>"'\0]|"[^"\0]*"|'[^'\0]*')*>""", re.IGNORECASE)
_USUAL = re.compile(rb"""<meta (?:name|property)="(?!%b")[^"\0]*" content="[^"]*"\s*/?>""" % _ROBOT, re.IGNORECASE)
"""A tag that does not speak of indexing, whatever plain text stands in its content."""


def asks_to_be_left_out(body: bytes) -> bool:
    """Whether a page asks search engines not to index it."""
    head = body[: body.find(_BODY)]
    if not any(map(_leaves_out, _TAG.findall(head))):
        return False
    return any(map(_leaves_out, _TAG.findall(_COMMENT.sub(b"", head))))


def _leaves_out(tag: bytes) -> bool:
    found = _CONTENT.search(tag.decode("utf-8", "replace"))
    said = html.unescape(next(filter(None, found.groups()), "")) if found else ""
    return any(word.strip().lower() in {"noindex", "none"} for word in said.split(","))


def never_asks(parts: Sequence[bytes | bool]) -> bool:
    """Whether no page made of these parts can ask that.

    A part is the text that all those pages have there; of one that differs, whether it is plain: without angle
    brackets and quotation marks. False where only each page can tell.
    """
    head: list[bytes] = []
    for part in parts:
        if part is False:
            return False
        text = part if isinstance(part, bytes) else _PLAIN
        if _BODY in text:
            head.append(text[: text.find(_BODY)])
            break
        head.append(text)
    else:
        return False
    # Every tag that begins in the head must end before the next plain part, and not ask.
    whole = b"".join(head)
    return not _CUT.search(whole) and all(_is_settled(whole, tag.start()) for tag in _START.finditer(whole))


def _is_settled(text: bytes, start: int) -> bool:
    """Whether the tag that begins there ends in the ``text``, and does not ask."""
    if _USUAL.match(text, start):
        return True
    whole = _WHOLE.match(text, start)
    return whole is not None and not any(map(_leaves_out, _TAG.findall(whole[0])))
