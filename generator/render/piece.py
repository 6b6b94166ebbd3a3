"""A piece of a text on one page."""

from __future__ import annotations

from msgspec import Struct


class Piece(Struct, frozen=True):
    """A piece of a text on one page; ``is_shared`` where other pages have it in the same place."""

    text: str
    is_html: bool
    is_shared: bool = False
