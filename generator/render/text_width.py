"""Chooses the longest wording that fits the width at which a result page is likely to show it."""

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


def text_pixels(text: str, size: float) -> float:
    """Width of ``text`` in a font with Arial's metrics at ``size`` pixels, without kerning."""
    return sum(map(_UNITS.__getitem__, text)) / UNITS_PER_EM * size


def first_fitting(wordings: Iterable[str], pixels: float, size: float) -> str:
    """The first wording that is at most ``pixels`` wide, else the last, which is the shortest."""
    chosen = ""
    for chosen in wordings:
        if text_pixels(chosen, size) <= pixels:
            break
    return chosen


class _Units(dict[str, float]):
    """Advances by character, in units; what the table lacks is added when it is first asked for."""

    def __missing__(self, character: str) -> float:
        em = 1.0 if east_asian_width(character) in "WF" else _TYPICAL
        return self.setdefault(character, em * UNITS_PER_EM)


_UNITS = _Units(ADVANCES)
