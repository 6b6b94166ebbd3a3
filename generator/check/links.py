"""The links among the pages of a site, as a graph."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from generator.check.facts import Facts
from generator.check.published import Published

Indices = NDArray[np.int32]
HOME = "/"
FAR = np.iinfo(np.int32).max
"""Depth of a page that no link leads to."""


class Astray(NamedTuple):
    """Links to an address at which there is no page: the first page that has one, and how many do."""

    target: str
    source: str
    sources: int


class Links(Struct, frozen=True, dict=True):
    """The graph of links between pages.

    ``pages`` are all that stand in the tree, in order of their addresses; ``is_indexable`` says which of them search
    engines may show, ``has_reason`` of which the ledger says why not. ``sources`` and ``targets`` are positions in
    ``pages``, a pair for each page that another one links to, itself left out. ``astray`` are the links to anything
    else.
    """

    pages: tuple[str, ...]
    is_indexable: NDArray[np.bool_]
    has_reason: NDArray[np.bool_]
    sources: Indices
    targets: Indices
    astray: tuple[Astray, ...]
    published: Published

    @cached_property
    def into(self) -> Indices:
        """Number of indexable pages that link to each page."""
        counted = self.targets[self.is_indexable[self.sources]]
        return np.bincount(counted, minlength=len(self.pages)).astype(np.int32)

    @cached_property
    def out(self) -> Indices:
        """Number of pages that each page links to."""
        return np.bincount(self.sources, minlength=len(self.pages)).astype(np.int32)

    @cached_property
    def home(self) -> int | None:
        """The position of the page ``/``; None in a tree without one."""
        at = bisect_left(self.pages, HOME)
        return at if at < len(self.pages) and self.pages[at] == HOME else None

    @cached_property
    def depth(self) -> Indices:
        """Number of links from the home page to each page; ``FAR`` where none lead there."""
        depth = np.full(len(self.pages), FAR, np.int32)
        if self.home is None:
            return depth
        order = np.argsort(self.sources, kind="stable")
        sources, targets = self.sources[order], self.targets[order]
        edge = np.array([self.home], np.int32)
        step = 0
        while edge.size:
            depth[edge] = step
            step += 1
            starts, ends = np.searchsorted(sources, edge, "left"), np.searchsorted(sources, edge, "right")
            reached = np.unique(targets[_ranges(starts, ends)])
            edge = reached[depth[reached] == FAR]
        return depth

    def where(self, chosen: NDArray[np.bool_]) -> Iterator[tuple[int, str]]:
        """The pages for which ``chosen`` is true: each its position and its address."""
        for index in np.flatnonzero(chosen):
            yield int(index), self.pages[index]


def _ranges(starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """All numbers of the ranges from ``starts`` to before ``ends``, one range after the other."""
    lengths = ends - starts
    offsets = np.repeat(starts - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
    return np.asarray(offsets + np.arange(lengths.sum()), np.int64)


def find_links(facts: Facts, published: Published) -> Links:
    """The graph of all pages that stand in the tree: 16 bytes for each link while it is made, 8 afterwards."""
    rows = list(facts.query("SELECT path, state = 'live', reason != '' FROM standing ORDER BY path"))
    known = {path: is_indexable for path, is_indexable, _ in rows}
    positions: Mapping[str, int] = {path: index for index, path in enumerate(known)}
    sources, targets = array("i"), array("i")
    strays: dict[str, tuple[str, int]] = {}
    listed = facts.query("SELECT path, links FROM standing ORDER BY path")
    for index, (path, links) in enumerate(listed):
        found = filter(None, links.split("\n"))
        # Most pages have no address with a fragment or a query.
        addresses = dict.fromkeys(map(_bare, found) if "#" in links or "?" in links else found)
        for address, at in zip(addresses, map(positions.get, addresses), strict=True):
            if at is None:
                first, count = strays.get(address, (path, 0))
                strays[address] = (first, count + 1)
            elif at != index:
                sources.append(index)
                targets.append(at)
    return Links(
        tuple(known),
        np.fromiter(known.values(), np.bool_, len(known)),
        np.fromiter((has_reason for _, _, has_reason in rows), np.bool_, len(known)),
        np.array(sources, np.int32),
        np.array(targets, np.int32),
        tuple(Astray(target, source, count) for target, (source, count) in sorted(strays.items())),
        published,
    )


def _bare(address: str) -> str:
    return address.partition("#")[0].partition("?")[0]
