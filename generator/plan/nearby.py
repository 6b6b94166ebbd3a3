"""Nearest neighbours of places on the globe."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from math import asin, cos, radians, sin, sqrt
from typing import Any, Protocol

from generator.model import Place
from generator.plan.routes import Neighbour, Surroundings

NEARBY = 8
EARTH_RADIUS_KM = 6371.0088
"""Mean radius (IUGG 1980); a sphere is within 0.6 % of the ellipsoid."""


class Located(Protocol):
    """Anything with coordinates, in degrees."""

    @property
    def latitude(self) -> float: ...

    @property
    def longitude(self) -> float: ...


def distance_km(one: Located, other: Located) -> float:
    """Great-circle distance in kilometres, by the haversine formula."""
    north, other_north = radians(one.latitude), radians(other.latitude)
    half_north = sin((other_north - north) / 2)
    half_east = sin(radians(other.longitude - one.longitude) / 2)
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, half_north**2 + cos(north) * cos(other_north) * half_east**2)))


def find_surroundings(selected: Sequence[Place], everywhere: Iterable[Place]) -> Mapping[int, Surroundings]:
    """For each selected place its ``NEARBY`` nearest selected places, and the nearest larger one of ``everywhere``.

    ``everywhere`` holds the selected ones, too. Countries are kept apart: a locale that serves one country never
    links into another. Ties go to the lower id, so that the result does not depend on the order of the rows.
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
    # Imported here: numpy takes a tenth of a second, which a build that finds no neighbours need not pay.
    from generator.plan.kd_leaves import at_least_as_near, leaves, nth_largest

    vectors = _unit_vectors(places)
    near: list[list[int]] = [[] for _ in places]
    for leaf in leaves(vectors, NEARBY):
        cosines = vectors[leaf.members] @ vectors[leaf.around].T
        # Each place finds itself, too.
        least = at_least_as_near(nth_largest(cosines, min(NEARBY + 1, len(leaf.around))))
        _add(near, leaf.members, leaf.around, cosines >= least[:, None])
    result: dict[int, tuple[Neighbour, ...]] = {}
    for number, place in enumerate(places):
        others = [places[other] for other in near[number] if other != number]
        result[place.id] = tuple(_by_distance(place, others)[:NEARBY])
    return result


def _by_distance(place: Place, others: Iterable[Place]) -> list[Neighbour]:
    neighbours = [Neighbour(other, distance_km(place, other)) for other in others]
    return sorted(neighbours, key=lambda neighbour: (neighbour.kilometres, neighbour.place.id))


def _nearest_larger(places: Sequence[Place], everyone: Sequence[Place]) -> dict[int, Neighbour | None]:
    import numpy

    from generator.plan.kd_leaves import at_least_as_near, leaves

    vectors = _unit_vectors(everyone)
    populations = numpy.array([place.population for place in everyone])
    ids = {place.id for place in places}
    is_asked = numpy.array([place.id in ids for place in everyone])
    near: list[list[int]] = [[] for _ in everyone]
    for leaf in leaves(vectors, NEARBY):
        asked = leaf.members[is_asked[leaf.members]]
        if len(asked):
            is_larger = populations[leaf.around] > populations[asked][:, None]
            cosines = numpy.where(is_larger, vectors[asked] @ vectors[leaf.around].T, -numpy.inf)
            nearest = cosines.max(axis=1)
            # One that is farther than the leaf reaches need not be the nearest one.
            nearest[nearest < 1 - leaf.reach**2 / 2] = numpy.inf
            _add(near, asked, leaf.around, cosines >= at_least_as_near(nearest)[:, None])
    by_size = sorted(range(len(everyone)), key=lambda number: -everyone[number].population)
    sizes, ranked = [-everyone[number].population for number in by_size], vectors[by_size]
    result: dict[int, Neighbour | None] = {}
    for number in numpy.flatnonzero(is_asked).tolist():
        place = everyone[number]
        ahead = ranked[: bisect_left(sizes, -place.population)]
        if not near[number] and len(ahead):
            cosines = ahead @ vectors[number]
            near[number] = [by_size[other] for other in numpy.flatnonzero(cosines >= at_least_as_near(cosines.max()))]
        result[place.id] = next(iter(_by_distance(place, [everyone[other] for other in near[number]])), None)
    return result


def _add(near: list[list[int]], numbers: Any, others: Any, is_near: Any) -> None:
    """Note which of ``others`` are near to each of ``numbers``."""
    rows, columns = is_near.nonzero()
    for number, other in zip(numbers[rows].tolist(), others[columns].tolist(), strict=True):
        near[number].append(other)


def _unit_vectors(places: Sequence[Place]) -> Any:
    import numpy

    latitudes = numpy.radians([place.latitude for place in places])
    longitudes = numpy.radians([place.longitude for place in places])
    flat = numpy.cos(latitudes)
    return numpy.column_stack((flat * numpy.cos(longitudes), flat * numpy.sin(longitudes), numpy.sin(latitudes)))
