"""Shingles of the main text of pages: those that many share, counted once, and those that only one has."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

import numpy as np

from generator.render.local_words import said_texts, words_of
from generator.render.piece import Piece
from generator.similarity.minhash import SHINGLE, Least, Numbers, least_numbers, shingles, sketch, word_number
from generator.similarity.sentences import outside_tags
from generator.similarity.signatures import TextSketch

_TAG = re.compile(r"<[^<>]*>?")
_PLACE = word_number("\0 the place's own name")
_CONTEXT = SHINGLE - 1


class _Base(NamedTuple):
    number: int
    found: Numbers
    least: Least


class TextSketcher:
    """Sketches the main texts of many pages; what several share is taken apart once."""

    def __init__(self) -> None:
        self._bases: dict[tuple[str | None, ...], _Base] = {}

    def make(self, pieces: Iterable[Piece], facts: Sequence[object], own_names: Collection[str]) -> TextSketch:
        """The sketch of a main text with ``pieces``, of whose words ``own_names`` are those of its place's names.

        Each of its ``facts`` counts as a text of its own.
        """
        words: list[int] = []
        spans: list[tuple[int, int]] = []
        key: list[str | None] = []
        is_in_tag = False
        for piece in pieces:
            if piece.is_shared:
                shared, is_in_tag = _shared_words(piece, is_in_tag)
                words += shared
                key.append(piece.text)
                continue
            found, is_in_tag = _words(piece, is_in_tag)
            masked = _masked(found, own_names)
            if all(word == _PLACE for word in masked):
                # The place's name stands on every page in the same place.
                words += masked
                key.append("\0" if masked else "")
            elif masked:
                spans.append((len(words), len(words) + len(masked)))
                words += masked
                key.append(None)
        base = self._base(tuple(key), words, spans)
        runs = [words[max(0, first - _CONTEXT) : end + _CONTEXT] for first, end in spans]
        own = _different([*runs, *_facts(facts, own_names)])
        own = own[~np.isin(own, base.found, assume_unique=True)]
        least = least_numbers(own)
        whole = sketch(np.minimum(least, base.least))
        return TextSketch(base.number, len(base.found), len(own), sketch(least), whole)

    def _base(self, key: tuple[str | None, ...], words: Sequence[int], spans: Sequence[tuple[int, int]]) -> _Base:
        if key not in self._bases:
            edges = [0, *(edge for span in spans for edge in span), len(words)]
            found = _different(words[first:end] for first, end in zip(edges[::2], edges[1::2], strict=True))
            number = int.from_bytes(blake2b(found.tobytes(), digest_size=8).digest(), "little")
            self._bases[key] = _Base(number, found, least_numbers(found))
        return self._bases[key]


def _different(runs: Iterable[Sequence[int]]) -> Numbers:
    """The different shingles of several runs of words."""
    words: list[int] = []
    starts: list[int] = []
    for run in runs:
        starts += range(len(words), len(words) + len(run) - _CONTEXT)
        words += run
    return shingles(np.array(words, dtype=np.uint64), np.array(starts, dtype=np.intp))


def _facts(facts: Iterable[object], own_names: Collection[str]) -> Iterator[list[int]]:
    """The words of each fact after some that no text has, so that every word of it ends a shingle."""
    for number, fact in enumerate(facts):
        words = _masked((word for text in said_texts([fact]) for word in words_of(text)), own_names)
        if any(word != _PLACE for word in words):
            yield [word_number(f"\0 fact {number}")] * _CONTEXT + words


def _masked(words: Iterable[str], own_names: Collection[str]) -> list[int]:
    """Words as numbers, the place's own name as one that every place has."""
    numbers: list[int] = []
    for word in words:
        number = _PLACE if word in own_names else word_number(word)
        if number != _PLACE or numbers[-1:] != [_PLACE]:
            numbers.append(number)
    return numbers


def _words(piece: Piece, is_in_tag: bool) -> tuple[tuple[str, ...], bool]:
    if not piece.is_html:
        return words_of(piece.text), False
    text, is_open = outside_tags(piece.text, is_in_tag)
    return words_of(_TAG.sub(" ", text)), is_open


@lru_cache(maxsize=16_384)
def _shared_words(piece: Piece, is_in_tag: bool) -> tuple[tuple[int, ...], bool]:
    """The words of a piece that pages share, as numbers."""
    found, is_open = _words(piece, is_in_tag)
    return tuple(map(word_number, found)), is_open
