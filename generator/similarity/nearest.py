"""Nearest neighbours of pages by the similarity of their text, and groups of pages that are all alike.

Every page is compared with those beside it in some orders of their sketches (M. Bawa, T. Condie, P. Ganesan, "LSH
Forest", 2005: the longer the beginning that two sketches have in common, the more alike the sets are likely to be), and
with the pages of the same place under other topics. So a site of pages that are all alike costs no more than another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from generator.similarity.minhash import WIDTH, Shares, shared
from generator.similarity.signatures import UNKNOWN, Signatures

Rows = NDArray[np.int64]
NOBODY = -1

_KEY = 8
"""Bytes of a sketch that decide one order."""
_REACH = 2
"""Pages before and after one in an order with which it is compared."""
_FEW = 64
"""So few pages are all compared with one another."""
_SAMPLE = 64
"""Pages by which it is judged whether two topics are alike at all."""
_UNLIKE = 0.3
"""Two topics whose pages share less are not compared further."""
_PORTION = 65_536
"""Pairs that are compared at a time: some 50 MB."""


class Nearest(Struct, frozen=True):
    """The nearest neighbour of each page, and the share of both that they have in common, from 0 to 1.

    ``before`` and ``before_share`` are the same among the pages that rank before it. NOBODY where there is none.
    """

    sibling: Rows
    share: Shares
    before: Rows
    before_share: Shares


class Comparison:
    """Nearest neighbours of the pages of ``signatures``; ``rank`` orders pages by importance, the first is 0."""

    def __init__(self, signatures: Signatures, rank: Rows) -> None:
        self._signatures = signatures
        self._rank = rank
        count = len(signatures.places)
        self._sibling = np.full(count, NOBODY, dtype=np.int64)
        self._share = np.zeros(count, dtype=np.float32)
        self._before = np.full(count, NOBODY, dtype=np.int64)
        self._before_share = np.zeros(count, dtype=np.float32)

    def compare(self, one: Rows, other: Rows) -> None:
        """Compare pairs of pages; in each of both arrays a page may stand once."""
        for first in range(0, len(one), _PORTION):
            self._compare(one[first : first + _PORTION], other[first : first + _PORTION])

    def _compare(self, one: Rows, other: Rows) -> None:
        share = shares(self._signatures, one, other)
        for page, sibling in ((one, other), (other, one)):
            self._keep(page, sibling, share, self._sibling, self._share, page >= 0)
            earlier = self._rank[sibling] < self._rank[page]
            self._keep(page, sibling, share, self._before, self._before_share, earlier)

    def _keep(
        self,
        page: Rows,
        sibling: Rows,
        share: Shares,
        siblings: Rows,
        best: Shares,
        allowed: NDArray[np.bool_],
    ) -> None:
        # Of equal ones the first in rank, so that the order of comparing does not matter.
        known = siblings[page]
        rank = np.where(known == NOBODY, len(self._rank), self._rank[known])
        is_better = (share > best[page]) | ((share == best[page]) & (self._rank[sibling] < rank))
        found = np.flatnonzero(allowed & is_better)
        siblings[page[found]] = sibling[found]
        best[page[found]] = share[found]

    def result(self) -> Nearest:
        return Nearest(self._sibling, self._share, self._before, self._before_share)


def shares(signatures: Signatures, one: Rows, other: Rows) -> Shares:
    """The estimated share of their shingles that pairs of pages have in common.

    Where both share the same base, only their own shingles are estimated: with ``s`` shingles of the base, ``a`` and
    ``b`` own ones and a share ``j`` among those, ``i = j (a + b) / (1 + j)`` are in both, and the share of the whole is
    ``(s + i) / (s + a + b - i)``. Its error is that of ``j`` times a part that the own shingles are of the whole.
    """
    found = np.empty(len(one), dtype=np.float32)
    is_same = signatures.bases[one] == signatures.bases[other]
    same, apart = np.flatnonzero(is_same), np.flatnonzero(~is_same)
    found[apart] = shared(signatures.whole[one[apart]], signatures.whole[other[apart]])
    one, other = one[same], other[same]
    own = shared(signatures.own[one], signatures.own[other])
    sizes = signatures.own_sizes[one] + signatures.own_sizes[other]
    both = own * sizes / (1 + own)
    base = signatures.base_sizes[one].astype(np.float32)
    union = base + sizes - both
    found[same] = np.where(union > 0, (base + both) / np.maximum(union, 1), 1.0)
    return found


def find_nearest(signatures: Signatures, topics: Sequence[Rows], rank: Rows) -> Nearest:
    """Nearest neighbours of the pages of ``signatures``, those of one language; ``topics`` are those of each topic.

    A page that is in none of ``topics`` is left out, and so is one whose shared text is unknown.
    """
    comparison = Comparison(signatures, rank)
    for one, other in _pairs(signatures, topics):
        comparison.compare(one, other)
    return comparison.result()


def find_groups(signatures: Signatures, topics: Sequence[Rows], least: float) -> Rows:
    """The group of each page: pages that a chain of pages joins, each sharing at least ``least`` with the next.

    A group is named by its first page; a page that is like no other one is a group of its own. Takes the same as
    ``find_nearest``, and finds what that finds.
    """
    leader = np.arange(len(signatures.places))
    for one, other in _pairs(signatures, topics):
        for first in range(0, len(one), _PORTION):
            here, there = one[first : first + _PORTION], other[first : first + _PORTION]
            is_alike = shares(signatures, here, there) >= least
            leader = _leaders(leader)
            is_new = is_alike & (leader[here] != leader[there])
            for page, like in zip(here[is_new].tolist(), there[is_new].tolist(), strict=True):
                _join(leader, page, like)
    return _leaders(leader)


def _leaders(leader: Rows) -> Rows:
    """The first page of each page's group."""
    while not np.array_equal(higher := leader[leader], leader):
        leader = higher
    return leader


def _join(leader: Rows, one: int, other: int) -> None:
    """Make one group of those of two pages."""
    ends = []
    for page in (one, other):
        while leader[page] != page:
            page = int(leader[page])
        ends.append(page)
    leader[max(ends)] = min(ends)


def _pairs(signatures: Signatures, topics: Sequence[Rows]) -> Iterator[tuple[Rows, Rows]]:
    """Pairs of pages that may be alike; in each of both arrays a page stands once."""
    known = [pages[signatures.base_sizes[pages] != UNKNOWN] for pages in topics]
    for pages in known:
        yield from _within(signatures, pages)
    yield from _across(signatures, known)


def _within(signatures: Signatures, pages: Rows) -> Iterator[tuple[Rows, Rows]]:
    """Pairs of pages of one topic that may be alike."""
    if len(pages) <= _FEW:
        for distance in range(1, len(pages)):
            yield pages[:-distance], pages[distance:]
        return
    keys = np.ascontiguousarray(signatures.own[pages]).view(">u8").astype(np.uint64)
    # Equal keys stay in order, so that pages which are all alike are compared with those beside them.
    for tree in range(WIDTH // _KEY):
        ordered = pages[np.argsort(keys[:, tree], kind="stable")]
        for distance in range(1, _REACH + 1):
            yield ordered[:-distance], ordered[distance:]


def _across(signatures: Signatures, topics: Sequence[Rows]) -> Iterator[tuple[Rows, Rows]]:
    """Pairs of pages of one place under different topics, of topics that are alike."""
    for number, pages in enumerate(topics):
        for others in topics[number + 1 :]:
            _, one, other = np.intersect1d(signatures.places[pages], signatures.places[others], return_indices=True)
            some = np.linspace(0, len(one) - 1, min(len(one), _SAMPLE)).astype(np.int64) if len(one) else one
            if len(one) and shares(signatures, pages[one[some]], others[other[some]]).mean() >= _UNLIKE:
                yield pages[one], others[other]
