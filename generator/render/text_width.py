"""Choice of the longest wording that fits the pixel width of a search result."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import east_asian_width

from generator.render.glyph_widths import ADVANCES, UNITS_PER_EM

TITLE_PIXELS, TITLE_SIZE = 580.0, 20.0
DESCRIPTION_PIXELS, DESCRIPTION_SIZE = 920.0, 14.0
"""Widths and Arial sizes at which desktop results were measured by the field's tools. Google documents no
limit and cuts as it likes, so these choose among the author's own wordings and forbid nothing."""

_TYPICAL = 0.556
"""Advance of most of Arial's lower-case letters, in em, for characters that the table lacks."""


def text_units(text: str) -> int:
    """Width of ``text`` in a font with Arial's metrics, without kerning, in units of the font."""
    return sum(map(_UNITS.__getitem__, text))


def fits(units: int, pixels: float, size: float) -> bool:
    """Whether a text of that width is at most ``pixels`` wide in type of ``size`` pixels."""
    return units / UNITS_PER_EM * size <= pixels


def first_fitting(wordings: Iterable[str], pixels: float, size: float) -> str:
    """The first wording that is at most ``pixels`` wide, else the last, which is the shortest."""
    chosen = ""
    for chosen in wordings:
        if fits(text_units(chosen), pixels, size):
            break
    return chosen


class _Units(dict[str, int]):
    """Advances by character, in whole units; what the table lacks is added when it is first asked for."""

    def __missing__(self, character: str) -> int:
        em = 1.0 if east_asian_width(character) in "WF" else _TYPICAL
        return self.setdefault(character, round(em * UNITS_PER_EM))


_UNITS = _Units(ADVANCES)
