"""Leaves out of a CSS selector what a page cannot hold, so that the parser need not look for it."""

from __future__ import annotations

import re
from functools import lru_cache

_REMEMBERED = 500
"""Selectors that are kept apart: more than all rules have."""

_PIECE = re.compile(r"\"[^\"]*\"|'[^']*'|[(),]|[^\"'(),]+")
_ATTRIBUTE = re.compile(r"\[([\w-]+)[^\]]*\]")
_TAG = re.compile(r"(?<![\w:-])[a-z]\w*")


def possible(selector: str, names: frozenset[str]) -> str:
    """What is left of a list of selectors on a page with elements and attributes of these ``names``; empty: nothing."""
    parts = _parts(selector)
    left = [part for part, needed in parts if needed <= names]
    return selector if len(left) == len(parts) else ",".join(left)


@lru_cache(_REMEMBERED)
def _parts(selector: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Each selector of a list, with the names of elements and attributes without which it means nothing."""
    parts, plain, depth = [""], [""], 0
    for piece in _PIECE.findall(selector):
        if piece == "," and not depth:
            parts.append("")
            plain.append("")
            continue
        depth += (piece == "(") - (piece == ")")
        parts[-1] += piece
        # What stands in brackets may be one of several things, or what must not be.
        if not depth and piece[0] not in "\"'()":
            plain[-1] += piece
    return tuple((part.strip(), _needed(words)) for part, words in zip(parts, plain, strict=True))


def _needed(selector: str) -> frozenset[str]:
    return frozenset((*_ATTRIBUTE.findall(selector), *_TAG.findall(_ATTRIBUTE.sub("", selector))))
