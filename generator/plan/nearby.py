"""Nearest neighbours of places on the globe."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct

from generator.model import Place
from generator.plan.routes import Neighbour, Surroundings

if TYPE_CHECKING:
    from numpy.typing import NDArray

NEARBY = 8
EARTH_RADIUS_KM = 6371.0088
"""Mean radius (IUGG 1980); a sphere is within 0.6 % of the ellipsoid."""

_FIRST_LOOK = 64
"""A larger place is nearly always among this many nearest; only the largest few need a look at all."""


class Located(Protocol):
    """Anything with coordinates, in degrees."""

    @property
    def latitude(self) -> float: ...

    @property
    def longitude(self) -> float: ...


def distance_km(one: Located, other: Located) -> float:
    """Great-circle distance in kilometres, by the haversine formula."""
    return _kilometres(_point(one), _point(other))


class _Point(Struct, frozen=True):
    """Latitude in radians, its cosine, and longitude in degrees."""

    north: float
    cosine: float
    east: float


def _point(place: Located) -> _Point:
    north = radians(place.latitude)
    return _Point(north, cos(north), place.longitude)


def _kilometres(one: _Point, other: _Point) -> float:
    half_north = sin((other.north - one.north) / 2)
    half_east = sin(radians(other.east - one.east) / 2)
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, half_north**2 + one.cosine * other.cosine * half_east**2)))


def find_surroundings(selected: Sequence[Place], everywhere: Iterable[Place]) -> Mapping[int, Surroundings]:
    """For each selected place its ``NEARBY`` nearest selected places, and the nearest larger one of ``everywhere``.

    Countries are kept apart: a locale that serves one country never links into another. Ties go to the
    lower id, so that the result does not depend on the order of the rows.
    """
    result: dict[int, Surroundings] = {}
    everyone: dict[str, list[Place]] = {}
    for place in everywhere:
        everyone.setdefault(place.country, []).append(place)
    for country in sorted({place.country for place in selected}):
        inside = [place for place in selected if place.country == country]
        near = _nearest(inside)
        larger = _nearest_larger(inside, everyone[country])
        result.update((place.id, Surroundings(near[place.id], larger[place.id])) for place in inside)
    return result


def _nearest(places: Sequence[Place]) -> dict[int, tuple[Neighbour, ...]]:
    vectors = _unit_vectors(places)
    # Each place finds itself, and neighbours at equal distances may straddle the cut: fetch a few more.
    chords, found = _query(vectors, vectors, NEARBY + 5)
    counts = (chords <= _as_near(chords[:, min(NEARBY, chords.shape[1] - 1)])[:, None]).sum(axis=1)
    points = [_point(place) for place in places]
    result: dict[int, tuple[Neighbour, ...]] = {}
    for number, (place, row, count) in enumerate(zip(places, found.tolist(), counts.tolist(), strict=True)):
        point = points[number]
        others = [other for other in row[:count] if other != number]
        near = sorted([(_kilometres(point, points[other]), places[other].id, other) for other in others])
        result[place.id] = tuple([Neighbour(places[other], kilometres) for kilometres, _, other in near[:NEARBY]])
    return result


def _nearest_larger(places: Sequence[Place], everyone: Sequence[Place]) -> dict[int, Neighbour | None]:
    import numpy

    everywhere, here = _unit_vectors(everyone), _unit_vectors(places)
    chords, found = _query(everywhere, here, _FIRST_LOOK)
    populations = numpy.array([place.population for place in everyone])
    larger = populations[found] > numpy.array([[place.population] for place in places])
    first = chords[numpy.arange(len(places)), larger.argmax(axis=1)]
    larger &= chords <= _as_near(first)[:, None]
    near: list[list[int]] = [[] for _ in places]
    for number, other in zip(larger.nonzero()[0].tolist(), found[larger].tolist(), strict=True):
        near[number].append(other)
    by_size = sorted(range(len(everyone)), key=lambda number: -everyone[number].population)
    sizes, vectors = [-everyone[number].population for number in by_size], everywhere[by_size]
    result: dict[int, Neighbour | None] = {}
    for number, place in enumerate(places):
        if not near[number]:
            ahead = vectors[: bisect_left(sizes, -place.population)]
            near[number] = [by_size[other] for other in _closest(ahead, here[number])]
        result[place.id] = _nearest_of(place, [everyone[other] for other in near[number]])
    return result


def _nearest_of(place: Place, others: Iterable[Place]) -> Neighbour | None:
    point = _point(place)
    neighbours = (Neighbour(other, _kilometres(point, _point(other))) for other in others)
    return min(neighbours, key=lambda neighbour: (neighbour.kilometres, neighbour.place.id), default=None)


def _closest(vectors: Any, vector: Any) -> list[int]:
    """Which of ``vectors`` are nearest to ``vector``: more than one where a hair would decide."""
    import numpy

    if not len(vectors):
        return []
    chords = numpy.linalg.norm(vectors - vector, axis=1)
    return numpy.flatnonzero(chords <= _as_near(chords.min())).tolist()


def _as_near(chord: Any) -> Any:
    """Up to which chord a place may be as near as one at ``chord``, since chords are rounded."""
    return chord * (1 + 1e-9) + 1e-12


def _query(among: NDArray[float], wanted: NDArray[float], count: int) -> tuple[Any, Any]:  # type: ignore[type-var]
    """The ``count`` nearest of ``among``, or all, for each of ``wanted``: chords and indices, nearest first."""
    # Importing scipy costs a third of a second, which a build without places need not pay.
    from scipy.spatial import cKDTree

    return cKDTree(among).query(wanted, k=list(range(1, min(len(among), count) + 1)))  # type: ignore[no-any-return]


def _unit_vectors(places: Sequence[Place]) -> NDArray[float]:  # type: ignore[type-var]
    import numpy

    latitudes = numpy.radians([place.latitude for place in places])
    longitudes = numpy.radians([place.longitude for place in places])
    flat = numpy.cos(latitudes)
    return numpy.column_stack((flat * numpy.cos(longitudes), flat * numpy.sin(longitudes), numpy.sin(latitudes)))
