"""Robots directives in the head of a page."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from itertools import groupby

_INNER = rb"""(?:[^>"']|"[^"]*"|'[^']*')*"""
_ROBOT = rb"(?:robots|googlebot|bingbot)"
_NAME = rb"""\bname\s*=\s*(?:"%b"|'%b'|%b\b)""" % (_ROBOT, _ROBOT, _ROBOT)
_TAG = re.compile(rb"<meta\b" + _INNER + _NAME + _INNER + rb">", re.IGNORECASE)
"""What speaks to search engines of indexing (Google: robots meta tag specifications; Bing knows the same names)."""

_CONTENT = re.compile(r"""\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)

_BODY = b"<body"

_PLAIN = b"\0"
"""Stands for a part of a page that has no angle bracket and no quotation mark."""

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


def open_parts(parts: Sequence[bytes | bool]) -> list[int] | None:
    """Of the parts of many pages, the numbers of those on which it depends whether a page asks to be left out.

    A part is the text that all those pages have there; of one that differs, whether it is plain: without angle
    brackets and quotation marks. A page of which ``is_silent`` is true for each of those parts does not ask. None
    where the parts that all have do not settle it, so that every page must be asked.
    """
    # Every tag that begins in the head must end before the next open part, and not ask; then none is left that could,
    # however the open parts begin and end.
    head: list[tuple[int, bytes | bool]] = []
    for number, part in enumerate(parts):
        if isinstance(part, bytes) and _BODY in part:
            head.append((number, part[: part.find(_BODY)]))
            break
        head.append((number, part))
    else:
        return None
    for is_open, group in groupby(head, key=lambda numbered: numbered[1] is False):
        text = b"".join(part if isinstance(part, bytes) else _PLAIN for _, part in group)
        if not is_open and (
            _CUT.search(text) or not all(_is_settled(text, tag.start()) for tag in _START.finditer(text))
        ):
            return None
    return [number for number, part in head if part is False]


def _is_settled(text: bytes, start: int) -> bool:
    """Whether the tag that begins there ends in the ``text``, and does not ask."""
    if _USUAL.match(text, start):
        return True
    whole = _WHOLE.match(text, start)
    return whole is not None and not any(map(_leaves_out, _TAG.findall(whole[0])))


def is_silent(part: bytes) -> bool:
    """Whether all tags that begin in this part of a page end there and do not speak of indexing."""
    return b"<" not in part[-4:] and len(_USUAL.findall(part)) == part.lower().count(b"<meta")
