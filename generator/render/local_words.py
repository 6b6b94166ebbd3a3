"""Own words of a page, which no other page has."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from markupsafe import Markup

from generator.render.piece import Piece
from generator.templating.contract import PlaceView, RegionView

_WORD = re.compile(r"\w+(?:[’'.,:-]\w+)*")
"""Letters and digits, also with marks between them (``St. Paul’s`` is two, ``65,000`` one). A script that puts no
spaces between words has one word between two marks."""


def has_own_words(piece: Piece, names: Collection[str]) -> bool:
    """Whether a piece of a text that other pages do not share has words besides the ``names`` of its place."""
    return not piece.is_shared and any(word not in names for text in _texts([piece]) for word in words_of(text))


def own_names(region: RegionView | None, place: PlaceView | None) -> tuple[str, ...]:
    """The names of a place and its region, a longer one before those that it begins with.

    The region's code is none of them: alone it may be any word, as MD is a doctor's degree.
    """
    names = [place.name, place.full_name, place.qualified_name] if place else []
    names += [region.name] if region else []
    return tuple(sorted({name for name in names if name}, key=lambda name: (-len(name), name)))


# The names of a place stand in many texts of its page.
@lru_cache(maxsize=1024)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a plain text, in small letters."""
    return tuple(_WORD.findall(text.casefold()))


def _texts(pieces: Iterable[Piece]) -> Iterator[str]:
    for piece in pieces:
        is_plain = not piece.is_html or ("<" not in piece.text and "&" not in piece.text)
        yield piece.text if is_plain else Markup(piece.text).striptags()  # noqa: S704 - its tags are taken away


def said_texts(facts: Iterable[object]) -> Iterator[str]:
    """The texts of ``facts``, one by one."""
    for fact in facts:
        if isinstance(fact, (tuple, list)):
            yield from said_texts(fact)
        elif fact is not None and not isinstance(fact, bool):
            yield str(fact)
