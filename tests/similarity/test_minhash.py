"""What two sets share is estimated from their sketches."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from generator.similarity.minhash import SHINGLE, WIDTH, Numbers, least_numbers, shared, shingles, sketch, word_number

PAIRS = 2_000


def numbers(words: list[str]) -> Numbers:
    return np.array([word_number(word) for word in words], dtype=np.uint64)


def all_shingles(words: list[str]) -> set[int]:
    found = numbers(words)
    return set(shingles(found, np.arange(max(len(found) - SHINGLE + 1, 0))).tolist())


def resemblance(one: set[int], other: set[int]) -> float:
    return len(one & other) / len(one | other)


def estimated(one: set[int], other: set[int]) -> float:
    rows = [sketch(least_numbers(np.array(sorted(found), dtype=np.uint64)))[None, :] for found in (one, other)]
    return float(shared(*rows)[0])


def pairs_of_texts() -> list[tuple[set[int], set[int]]]:
    """Pairs of texts of 20 to 400 words whose shingles share from none to all."""
    random = np.random.default_rng(7)
    words = [f"word{number}" for number in range(3_000)]
    pairs = []
    for number in range(PAIRS):
        length = int(random.integers(20, 400))
        one = [words[index] for index in random.integers(0, len(words), length)]
        # A part is the same, and words in the rest are exchanged more or less often.
        kept = int(length * number / PAIRS)
        other = one[:kept] + [words[index] for index in random.integers(0, len(words), length - kept)]
        pairs.append((all_shingles(one), all_shingles(other)))
    return pairs


def test_the_error_of_the_estimate_is_small_for_all_pairs_from_unlike_to_alike() -> None:
    pairs = pairs_of_texts()
    exact = np.array([resemblance(*pair) for pair in pairs])
    found = np.array([estimated(*pair) for pair in pairs])
    # They are spread over the whole range.
    counts, _ = np.histogram(exact, bins=10, range=(0, 1))
    assert counts.min() >= PAIRS / 40
    assert np.sqrt(np.mean((found - exact) ** 2)) <= 0.035
    assert abs(np.mean(found - exact)) <= 0.005


@given(st.lists(st.sampled_from("abcdefgh"), max_size=40))
def test_a_text_is_like_itself_and_an_empty_one_like_an_empty_one(words: list[str]) -> None:
    found = all_shingles(words)
    assert estimated(found, found) == 1.0


@given(st.lists(st.sampled_from("abc"), max_size=30))
def test_two_texts_have_the_same_shingles_where_they_have_the_same_runs_of_words(words: list[str]) -> None:
    runs = {tuple(words[first : first + SHINGLE]) for first in range(len(words) - SHINGLE + 1)}
    assert len(all_shingles(words)) == len(runs)


@given(st.sets(st.integers(0, 2**64 - 1), min_size=1, max_size=50), st.sets(st.integers(0, 2**64 - 1), max_size=50))
def test_the_least_numbers_of_a_union_are_the_least_of_both(one: set[int], other: set[int]) -> None:
    parts = [least_numbers(np.array(sorted(found), dtype=np.uint64)) for found in (one, other)]
    whole = least_numbers(np.array(sorted(one | other), dtype=np.uint64))
    assert np.array_equal(np.minimum(*parts), whole)


def test_a_text_and_an_empty_one_share_nothing() -> None:
    assert estimated(all_shingles(list("abcdefgh")), set()) < 0.02
    assert len(least_numbers(np.array([], dtype=np.uint64))) == WIDTH
