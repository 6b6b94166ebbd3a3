"""Signatures of the pages of a batch: sketches of their main text, and counts of words that only one has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from generator.similarity.minhash import WIDTH, Sketch

UNKNOWN = -1
"""Words and sizes of a page that has no frame, so that nobody can tell what it shares."""


class MainText(NamedTuple):
    """A page's main text. ``base`` is a number that stands for what it shares with others, ``base_size`` shingles.

    ``own_size`` counts the shingles that have a word of its own; ``own`` is their sketch, ``whole`` that of all.
    """

    base: int
    base_size: int
    own_size: int
    own: Sketch
    whole: Sketch


class Surveyed(NamedTuple):
    """One page of a place: words that only it has, different facts that it shows, and its main text."""

    place: int
    words: int
    facts: int
    text: MainText | None


class Survey(Struct, frozen=True):
    """The pages of places of one batch, or of several, one a row; sketches have ``WIDTH`` columns."""

    places: NDArray[np.int64]
    words: NDArray[np.int32]
    facts: NDArray[np.int32]
    bases: NDArray[np.uint64]
    base_sizes: NDArray[np.int32]
    own_sizes: NDArray[np.int32]
    own: Sketch
    whole: Sketch

    def packed(self) -> bytes:
        """The survey as bytes, which ``unpacked`` reads."""
        columns = [getattr(self, name).tobytes() for name in _COLUMNS]
        return msgspec.msgpack.encode(columns)


_COLUMNS = {
    "places": np.int64,
    "words": np.int32,
    "facts": np.int32,
    "bases": np.uint64,
    "base_sizes": np.int32,
    "own_sizes": np.int32,
    "own": np.uint8,
    "whole": np.uint8,
}


def unpacked(packed: Iterable[bytes]) -> Survey:
    """Surveys of batches as one, in their order."""
    parts = [msgspec.msgpack.decode(part, type=list[bytes]) for part in packed]
    joined = {
        name: np.frombuffer(b"".join(part[number] for part in parts), dtype=kind)
        for number, (name, kind) in enumerate(_COLUMNS.items())
    }
    for name in ("own", "whole"):
        joined[name] = joined[name].reshape(-1, WIDTH)
    return Survey(**joined)


def joined(parts: Sequence[Survey]) -> Survey:
    """Several surveys as one, in their order."""
    if not parts:
        return survey_of(())
    return Survey(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in _COLUMNS})


def survey_of(pages: Sequence[Surveyed]) -> Survey:
    """``pages`` as a survey."""
    nothing = np.zeros(WIDTH, dtype=np.uint8)
    unknown = MainText(0, UNKNOWN, UNKNOWN, nothing, nothing)
    texts = [page.text or unknown for page in pages]
    return Survey(
        places=np.array([page.place for page in pages], dtype=np.int64),
        words=np.array([page.words for page in pages], dtype=np.int32),
        facts=np.array([page.facts for page in pages], dtype=np.int32),
        bases=np.array([text.base for text in texts], dtype=np.uint64),
        base_sizes=np.array([text.base_size for text in texts], dtype=np.int32),
        own_sizes=np.array([text.own_size for text in texts], dtype=np.int32),
        own=np.array([text.own for text in texts], dtype=np.uint8).reshape(-1, WIDTH),
        whole=np.array([text.whole for text in texts], dtype=np.uint8).reshape(-1, WIDTH),
    )
