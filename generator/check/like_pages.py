"""The pages of a topic's places that say nearly the same, as rules read them."""

from __future__ import annotations

from msgspec import Struct


class LikePages(Struct, frozen=True):
    """Of ``pages`` pages of a topic's places in one language, ``alike`` share at least ``most`` with another one.

    Shares are parts of the main text, from 0 to 1. ``page`` and ``other``, which share the most, are addresses;
    ``differs`` says in words what they do not share. ``source`` is the topic's file.
    """

    source: str
    pages: int
    alike: int
    most: float
    page: str
    other: str
    share: float
    differs: tuple[str, ...]
