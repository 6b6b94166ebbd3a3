"""For each page the one that is most like it is found, whether a site's pages are alike or not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from generator.similarity.minhash import least_numbers, sketch
from generator.similarity.nearest import NOBODY, find_groups, find_nearest, shares
from generator.similarity.signatures import (
    FOLLOWED,
    PageSignature,
    Signatures,
    TextSketch,
    joined,
    signatures_of,
    unpacked,
)

BASE = 400
"""Shingles that all pages of a topic share."""


def random_sets(count: int, size: int, among: int, seed: int = 1) -> list[set[int]]:
    """Sets of numbers, the more alike the fewer they are ``among``."""
    random = np.random.default_rng(seed)
    pool = random.integers(0, 2**63, among)
    return [set(pool[random.integers(0, among, size)].tolist()) for _ in range(count)]


def signatures(sets: Sequence[set[int]], base: int = BASE, topic: int = 1, first_place: int = 0) -> Signatures:
    """Pages with these shingles of their own besides ``base`` that they share."""
    shared = {(topic << 32) + number for number in range(base)}
    least = least_numbers(np.array(sorted(shared), dtype=np.uint64))
    pages = []
    for number, own in enumerate(sets):
        found = least_numbers(np.array(sorted(own), dtype=np.uint64))
        text = TextSketch(topic, base, len(own), sketch(found), sketch(np.minimum(found, least)))
        pages.append(PageSignature(first_place + number, FOLLOWED, text, dict.fromkeys(own, 1)))
    return signatures_of(pages)


def exact(sets: Sequence[set[int]], base: int = BASE) -> np.ndarray:
    """What each two pages share, counted."""
    columns = {shingle: column for column, shingle in enumerate(set[int]().union(*sets))}
    has = np.zeros((len(sets), len(columns)))
    for page, own in enumerate(sets):
        has[page, [columns[shingle] for shingle in own]] = 1
    both, sizes = has @ has.T, has.sum(axis=1)
    found: np.ndarray = (base + both) / (base + sizes[:, None] + sizes - both)
    return found


def rows(count: int, first: int = 0) -> np.ndarray:
    return np.arange(first, first + count)


def test_the_share_of_whole_pages_is_estimated_from_their_own_shingles_and_what_they_share() -> None:
    sets = [s for among in (60, 120, 300, 2_000) for s in random_sets(40, 60, among, among)]
    for base in (0, 30, BASE):
        found = signatures(sets, base)
        one, other = np.triu_indices(len(sets), 1)
        error = shares(found, one, other) - exact(sets, base)[one, other]
        assert np.sqrt(np.mean(error**2)) <= 0.035, base


@pytest.mark.parametrize("among", [70, 200, 5_000])
def test_among_few_pages_the_one_that_is_most_alike_is_always_found(among: int) -> None:
    sets = random_sets(40, 60, among)
    found = find_nearest(signatures(sets), [rows(40)], rows(40))
    true = exact(sets)
    np.fill_diagonal(true, 0)
    at_found = true[rows(40), found.sibling]
    assert np.abs(at_found - true.max(axis=1)).max() <= 0.03
    assert np.abs(found.share - at_found).max() <= 0.03


@pytest.mark.parametrize("among", [70, 200, 5_000])
def test_among_many_pages_one_is_found_that_is_nearly_as_alike(among: int) -> None:
    count = 600
    sets = random_sets(count, 60, among)
    found = find_nearest(signatures(sets), [rows(count)], rows(count))
    true = exact(sets)
    np.fill_diagonal(true, 0)
    at_found = true[rows(count), found.sibling]
    assert (true.max(axis=1) - at_found).mean() <= 0.02
    assert np.abs(found.share - at_found).mean() <= 0.02


def test_a_copy_among_many_pages_is_found_however_alike_the_others_are() -> None:
    for among in (70, 5_000):
        sets = random_sets(2_000, 60, among)
        sets[1_500] = set(sets[30])
        found = find_nearest(signatures(sets), [rows(2_000)], rows(2_000))
        assert found.share[1_500] == 1.0
        assert sets[found.sibling[1_500]] == sets[1_500]


def test_pages_that_are_all_the_same_are_all_copies_of_an_earlier_one_but_the_first() -> None:
    found = find_nearest(signatures([{1, 2, 3}] * 500), [rows(500)], rows(500))
    assert (found.share == 1).all()
    assert found.before[0] == NOBODY
    assert (found.before_share[1:] == 1).all()
    assert (found.before[1:] < rows(500)[1:]).all()


def test_only_pages_that_rank_before_one_count_as_before_it() -> None:
    sets = [{1, 2, 3}, {1, 2, 4}, {1, 2, 4, 5}]
    rank = np.array([2, 0, 1])
    found = find_nearest(signatures(sets, 0), [rows(3)], rank)
    assert found.before.tolist() == [1, NOBODY, 1]


def test_pages_of_one_place_under_topics_that_are_alike_are_compared() -> None:
    sets = random_sets(100, 30, 10_000)
    both = joined([signatures(sets, topic=1), signatures(sets, topic=1)])
    found = find_nearest(both, [rows(100), rows(100, 100)], rows(200))
    assert (found.sibling[:100] == rows(100, 100)).all()
    assert (found.share == 1).all()
    others = joined([signatures(sets, topic=1), signatures(random_sets(100, 30, 10_000, 5), topic=2)])
    apart = find_nearest(others, [rows(100), rows(100, 100)], rows(200))
    assert (apart.sibling[:100] < 100).all()


def test_a_page_that_is_left_out_or_unknown_is_nobodys_sibling() -> None:
    sets = [{1, 2}, {1, 2}, {1, 2}, {7, 8}]
    pages = signatures(sets)
    unknown = signatures_of([PageSignature(9)])
    found = find_nearest(joined([pages, unknown]), [np.array([0, 2, 3, 4])], rows(5))
    assert found.sibling.tolist() == [2, NOBODY, 0, 0, NOBODY]


def test_the_order_in_which_pages_come_decides_nothing_but_among_equals() -> None:
    sets = random_sets(300, 40, 100)
    turned = rows(300)[::-1]
    one = find_nearest(signatures(sets), [rows(300)], rows(300))
    other = find_nearest(signatures([sets[n] for n in turned]), [rows(300)], turned)
    assert np.abs(one.share - other.share[::-1]).mean() <= 0.01


def test_pages_that_a_chain_of_like_pages_joins_are_one_group() -> None:
    sets = [{1, 2, 3}, {1, 2, 3}, {9, 10}, {1, 2, 3, 4}, {9, 10}, {70, 71, 72, 73, 74}]
    assert find_groups(signatures(sets, 100), [rows(6)], 0.985).tolist() == [0, 0, 2, 0, 2, 5]
    assert find_groups(signatures(sets, 100), [rows(6)[:2], rows(6)[3:]], 0.985).tolist() == [0, 0, 2, 3, 4, 5]
    assert find_groups(signatures(sets, 100), [rows(6)], 0.2).tolist() == [0] * 6


def test_very_many_like_pages_are_one_group_although_each_is_most_like_another() -> None:
    sets = random_sets(600, 6, 2_000)
    found = find_groups(signatures(sets, 400), [rows(600)], 0.9)
    assert set(found.tolist()) == {0}


def test_signatures_are_unpacked_as_they_were_packed() -> None:
    one, other = signatures(random_sets(5, 4, 20)), signatures(random_sets(3, 4, 20))
    both = unpacked([one.packed(), other.packed()])
    for name in Signatures.__struct_fields__:
        assert np.array_equal(getattr(both, name), getattr(joined([one, other]), name)), name
    assert len(unpacked([]).places) == 0
    assert len(find_nearest(unpacked([]), [], rows(0)).sibling) == 0
