"""What a page asks of search engines in its head."""

from __future__ import annotations

import html
import re

_INNER = rb"""(?:[^>"']|"[^"]*"|'[^']*')*"""
_ROBOT = rb"(?:robots|googlebot|bingbot)"
_NAME = rb"""\bname\s*=\s*(?:"%b"|'%b'|%b\b)""" % (_ROBOT, _ROBOT, _ROBOT)
_TAG = re.compile(rb"<meta\b" + _INNER + _NAME + _INNER + rb">", re.IGNORECASE)
"""What speaks to search engines of indexing (Google: robots meta tag specifications; Bing knows the same names)."""

_CONTENT = re.compile(r"""\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)


def asks_to_be_left_out(body: bytes) -> bool:
    """Whether a page asks search engines not to index it."""
    head = body[: body.find(b"<body")]
    if not any(map(_leaves_out, _TAG.findall(head))):
        return False
    return any(map(_leaves_out, _TAG.findall(_COMMENT.sub(b"", head))))


def _leaves_out(tag: bytes) -> bool:
    found = _CONTENT.search(tag.decode("utf-8", "replace"))
    said = html.unescape(next(filter(None, found.groups()), "")) if found else ""
    return any(word.strip().lower() in {"noindex", "none"} for word in said.split(","))
