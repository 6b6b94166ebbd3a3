"""The leaves of a k-d tree over points on the unit sphere, each with what may lie near its points.

A whole leaf is compared with all around it by one product of matrices: in numpy that takes a third of a second for
each neighbour of 21,000 places, and importing scipy for its k-d tree takes longer.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy
from msgspec import Struct
from numpy.typing import NDArray

Numbers = NDArray[numpy.intp]
Vectors = NDArray[numpy.float64]

_LARGEST = 48
"""Points of a leaf: with fewer there are more products, with more there are larger ones."""

_ROUNDED = 3e-7
"""More than rounding does to a chord that is worked out from a cosine: up to 2e-7 where two points are nearly one."""


class Leaf(Struct, frozen=True):
    """Numbers of points: ``around`` are all that lie within the chord ``reach`` of any of the ``members``, and more.

    As far as the ``count``-th nearest other member of any, the leaf reaches.
    """

    members: Numbers
    around: Numbers
    reach: float


def leaves(vectors: Vectors, count: int) -> Iterator[Leaf]:
    """Every one of the ``vectors`` is a member of one leaf; ``count`` is at most half of a leaf."""
    parts = _split(vectors, numpy.arange(len(vectors)))
    centres = numpy.array([vectors[part].mean(axis=0) for part in parts])
    radii = numpy.array([_lengths(vectors[part] - centre).max() for part, centre in zip(parts, centres, strict=True)])
    for part, centre, radius in zip(parts, centres, radii, strict=True):
        cosines = vectors[part] @ vectors[part].T
        reach = chord(nth_largest(cosines, min(count + 1, len(part))).min())
        is_near = _lengths(centres - centre) <= radii + (radius + reach + _ROUNDED)
        yield Leaf(part, numpy.concatenate([parts[near] for near in numpy.flatnonzero(is_near)]), reach)


def nth_largest(rows: Vectors, number: int) -> Vectors:
    """The ``number``-th largest value of each row, counted from one."""
    place = rows.shape[1] - number
    return numpy.partition(rows, place, axis=1)[:, place]


def at_least_as_near(cosines: Vectors) -> Vectors:
    """The least cosines at which points may be as near as at these, however both were rounded.

    Rounding moves a cosine by some 1e-16 and a distance, near antipodes, by a billionth.
    """
    return cosines - (4e-9 * (1 - cosines) + 1e-14)


def chord(cosine: float) -> float:
    return float(max(0.0, 2 - 2 * cosine) ** 0.5)


def _split(vectors: Vectors, numbers: Numbers) -> list[Numbers]:
    """Halves, of which each is halved again, across the axis along which it is longest."""
    if len(numbers) <= _LARGEST:
        return [numbers]
    points = vectors[numbers]
    half = len(numbers) // 2
    order = numpy.argpartition(points[:, numpy.ptp(points, axis=0).argmax()], half)
    return [*_split(vectors, numbers[order[:half]]), *_split(vectors, numbers[order[half:]])]


def _lengths(vectors: Vectors) -> Any:
    return numpy.linalg.norm(vectors, axis=1)
