"""The page that a wrong address was probably meant for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

_COMPARED = 2_000
"""Addresses that one wrong one is compared with: some 10 ms."""


def nearest_address(wrong: str, pages: Sequence[str]) -> str:
    """The one of ``pages``, which are in order, that is most like ``wrong``; empty when none is.

    Looked for are pages of the same folder, then of the folder around it, and so on.
    """
    folder = wrong
    while folder != "/" and folder:
        folder = folder.rstrip("/").rpartition("/")[0] + "/"
        near = get_close_matches(wrong, list(_below(folder, pages)), n=1, cutoff=0.75)
        if near:
            return near[0]
    return ""


def _below(folder: str, pages: Sequence[str]) -> Iterator[str]:
    start = bisect_left(pages, folder)
    for page in pages[start : start + _COMPARED]:
        if not page.startswith(folder):
            return
        yield page
