"""Tells cheaply that a text holds none of the pieces without which a rule has nothing to look for."""

from __future__ import annotations

from collections.abc import Iterable


def holds_any(text: str, hints: Iterable[str]) -> bool:
    """Whether one of ``hints`` stands in ``text``.

    To look for one character takes a twentieth of the time that a longer piece takes, and in most texts some character
    of most pieces is missing.
    """
    return any(all(sign in text for sign in hint) and hint in text for hint in hints)
