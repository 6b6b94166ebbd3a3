"""Quotation of page text in findings."""

from __future__ import annotations

_SHOWN = 70
"""Characters of a value that are shown."""


def quoted(value: object) -> str:
    """A value in quotation marks, in one line, shortened; characters that would steer a terminal are left out."""
    text = str(value)
    if not text.isprintable():
        text = "".join(filter(_is_shown, text))
    text = " ".join(text.split())
    return f"“{text if len(text) <= _SHOWN else text[: _SHOWN - 1] + '…'}”"


def _is_shown(char: str) -> bool:
    return char.isprintable() or char.isspace()


def as_in_others(count: int) -> str:
    """Suffix of the first of ``count`` findings of one kind: empty where it is the only one."""
    return "" if count < 2 else ", as in one other" if count == 2 else f", as in {count - 1:,} others"


def as_on_others(count: int) -> str:
    """Suffix of the first of ``count`` pages that share a fault: empty where it is the only one."""
    return "" if count < 2 else ", as on one other page" if count == 2 else f", as on {count - 1:,} other pages"
