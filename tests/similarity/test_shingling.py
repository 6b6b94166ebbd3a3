"""The main text of a page as shingles is that of the whole page, whatever its pieces share."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.render.piece import Piece
from generator.similarity.minhash import SHINGLE, least_numbers, shingles, sketch, word_number
from generator.similarity.shingling import TextSketcher
from generator.similarity.signatures import TextSketch

WORDS = st.lists(st.sampled_from(["we", "go", "to", "waco", "by", "car", "and", "bus"]), max_size=8).map(" ".join)
PIECES = st.lists(st.builds(Piece, WORDS, st.just(False), st.booleans()), max_size=8)
NAMES = frozenset({"waco"})


def runs(pieces: list[Piece]) -> set[tuple[str, ...]]:
    """Every run of five words of the page, names left out, taken from its text as a whole."""
    words: list[str] = []
    for piece in pieces:
        found = [word if piece.is_shared or word not in NAMES else "*" for word in piece.text.split()]
        words += [w for n, w in enumerate(found) if piece.is_shared or w != "*" or found[n - 1 : n] != ["*"]]
    return {tuple(words[first : first + SHINGLE]) for first in range(len(words) - SHINGLE + 1)}


def made(pieces: list[Piece], facts: list[object] | None = None) -> TextSketch:
    return TextSketcher().make(pieces, facts or [], NAMES)


@given(PIECES)
def test_shared_and_own_shingles_are_those_of_the_whole_text(pieces: list[Piece]) -> None:
    text = made(pieces)
    assert text.base_size + text.own_size == len(runs(pieces))


@given(PIECES)
def test_what_is_shared_changes_nothing_of_the_whole(pieces: list[Piece]) -> None:
    # The same words, all of them the page's own.
    own = [replace(piece, is_shared=False) for piece in pieces if "waco" not in piece.text]
    mixed = [piece for piece in pieces if "waco" not in piece.text]
    assert np.array_equal(made(own).whole, made(mixed).whole)


def test_pages_that_differ_in_their_places_name_only_have_nothing_of_their_own() -> None:
    texts = TextSketcher()
    pages = []
    for name in ("waco", "san antonio"):
        shown = name.title()
        said = ["Injections in ", shown, " and what they cost you in ", shown, ", today."]
        pieces = [Piece(text, is_html=False, is_shared=text != shown) for text in said]
        pages.append(texts.make(pieces, [shown], frozenset(name.split())))
    one, other = pages
    assert one.own_size == other.own_size == 0
    assert one.base == other.base
    assert one.base_size > 0


def test_facts_count_by_what_they_are_and_one_that_is_missing_moves_no_other() -> None:
    whole, without = made([], ["Travis County", 931_830, "Texas Board"]), made([], [None, 931_830, "Texas Board"])
    assert (whole.own_size, without.own_size) == (5, 3)
    swapped = made([], [931_830, "Travis County", "Texas Board"])
    assert not np.array_equal(whole.own, swapped.own)


def test_tags_are_no_text_also_where_a_value_stands_in_one() -> None:
    rest = "our guide to all of it</a> now"
    with_link = [Piece('Read <a href="/', True, True), Piece("some/where", True), Piece(f'/">{rest}', True, True)]
    without = [Piece("Read", True, True), Piece(f" {rest}", True, True)]
    assert made(with_link).own_size == 0
    assert made(with_link).base_size == made(without).base_size


def test_a_sketch_is_that_of_its_shingles() -> None:
    words = np.array([word_number(word) for word in ("a", "b", "c", "d", "e")], dtype=np.uint64)
    text = made([Piece("a b c d e", False, True)])
    assert text.base_size == 1
    assert np.array_equal(text.whole, sketch(least_numbers(shingles(words, np.array([0])))))
