"""Signatures of the pages of a batch, by which each is compared with all others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from generator.similarity.minhash import WIDTH, Sketch

UNKNOWN = -1
"""Sizes of a main text that is not followed to its parts, so that its share with others is unknown."""

FOLLOWED, WHOLE = 1, 2
"""Flags of knowledge of a page, together or alone: the pieces of its traced text; the sentences of its whole text.

Nothing is known of a page of which a text fails.
"""


class TextSketch(NamedTuple):
    """A page's main text. ``base`` is a number that stands for what it shares with others, ``base_size`` shingles.

    ``own_size`` counts the shingles that have a word of its own; ``own`` is their sketch, ``whole`` that of all.
    """

    base: int
    base_size: int
    own_size: int
    own: Sketch
    whole: Sketch


class PageSignature(NamedTuple):
    """One page of a place: its main text, and the pieces of which its own words are counted.

    ``pieces`` gives the number of words of each piece by its digest, none for what it prints and does not count.
    """

    place: int
    known: int = 0
    text: TextSketch | None = None
    pieces: Mapping[int, int] = {}


class Signatures(Struct, frozen=True):
    """The pages of places of one batch, or of several, one a row; sketches have ``WIDTH`` columns.

    The ``piece_counts`` pieces of each page stand one page after another in ``pieces``, with their numbers of words.
    """

    places: NDArray[np.int64]
    known: NDArray[np.uint8]
    bases: NDArray[np.uint64]
    base_sizes: NDArray[np.int32]
    own_sizes: NDArray[np.int32]
    own: Sketch
    whole: Sketch
    piece_counts: NDArray[np.int32]
    pieces: NDArray[np.uint64]
    piece_words: NDArray[np.uint16]

    def packed(self) -> bytes:
        """The signatures as bytes, which ``unpacked`` reads."""
        columns = [getattr(self, name).tobytes() for name in _COLUMNS]
        return msgspec.msgpack.encode(columns)


_COLUMNS = {
    "places": np.int64,
    "known": np.uint8,
    "bases": np.uint64,
    "base_sizes": np.int32,
    "own_sizes": np.int32,
    "own": np.uint8,
    "whole": np.uint8,
    "piece_counts": np.int32,
    "pieces": np.uint64,
    "piece_words": np.uint16,
}
_KNOWN = [*_COLUMNS].index("known")


def unpacked(packed: Iterable[bytes]) -> Signatures:
    """Signatures of batches as one, in their order."""
    parts = [msgspec.msgpack.decode(part, type=list[bytes]) for part in packed]
    joined = {
        name: np.frombuffer(b"".join(part[number] for part in parts), dtype=kind)
        for number, (name, kind) in enumerate(_COLUMNS.items())
    }
    for name in ("own", "whole"):
        joined[name] = joined[name].reshape(-1, WIDTH)
    return Signatures(**joined)


def known_in(packed: bytes) -> frozenset[int]:
    """Flags of the knowledge of single pages of a batch."""
    return frozenset(msgspec.msgpack.decode(packed, type=list[bytes])[_KNOWN])


def joined(parts: Sequence[Signatures]) -> Signatures:
    """Several batches' signatures as one, in their order."""
    if not parts:
        return signatures_of(())
    return Signatures(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in _COLUMNS})


def signatures_of(pages: Sequence[PageSignature]) -> Signatures:
    """The signatures of ``pages`` by column."""
    nothing = np.zeros(WIDTH, dtype=np.uint8)
    unknown = TextSketch(0, UNKNOWN, UNKNOWN, nothing, nothing)
    texts = [page.text or unknown for page in pages]
    most = np.iinfo(np.uint16).max
    return Signatures(
        places=np.array([page.place for page in pages], dtype=np.int64),
        known=np.array([page.known for page in pages], dtype=np.uint8),
        bases=np.array([text.base for text in texts], dtype=np.uint64),
        base_sizes=np.array([text.base_size for text in texts], dtype=np.int32),
        own_sizes=np.array([text.own_size for text in texts], dtype=np.int32),
        own=np.array([text.own for text in texts], dtype=np.uint8).reshape(-1, WIDTH),
        whole=np.array([text.whole for text in texts], dtype=np.uint8).reshape(-1, WIDTH),
        piece_counts=np.array([len(page.pieces) for page in pages], dtype=np.int32),
        pieces=np.array([digest for page in pages for digest in page.pieces], dtype=np.uint64),
        piece_words=np.array([min(n, most) for page in pages for n in page.pieces.values()], dtype=np.uint16),
    )
