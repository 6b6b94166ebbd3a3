"""The words of a page that only it has."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b

from markupsafe import Markup
from msgspec import Struct

from generator.ledger.records import DIGEST_SIZE
from generator.render.piece import Piece
from generator.templating.contract import PlaceView, RegionView

_WORD = re.compile(r"\w+(?:[’'.,:-]\w+)*")
"""Letters and digits, also with marks between them (``St. Paul’s`` is two, ``65,000`` one). A script that puts no
spaces between words has one word between two marks."""


class LocalText(Struct, frozen=True):
    """How many words only this page has, without those of the place's own names, and their digest."""

    words: int
    digest: bytes


def local_text(pieces: Iterable[Piece], names: Collection[str], said: Iterable[str]) -> LocalText:
    """The local text of a page that is about a place, or a region, with these ``names`` in words.

    ``pieces`` are those of the author's texts; ``said`` are the words that the templates show besides.
    """
    words = [word for text in _texts(pieces) for word in words_of(text) if word not in names]
    words += said
    digest = blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=DIGEST_SIZE).digest()
    return LocalText(len(words), digest)


def has_own_words(piece: Piece, names: Collection[str]) -> bool:
    """Whether a piece of a text says what other pages do not share, besides the ``names`` of its place in words."""
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
    """What ``facts`` say in words, one by one."""
    for fact in facts:
        if isinstance(fact, (tuple, list)):
            yield from said_texts(fact)
        elif fact is not None and not isinstance(fact, bool):
            yield str(fact)


NO_LOCAL_TEXT = local_text((), (), ())
"""That of a page which is about no place or region."""
