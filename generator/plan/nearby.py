"""Which places lie around a place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING, Protocol

from generator.model import Place
from generator.routing import Neighbour, Surroundings

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
    north, south = radians(one.latitude), radians(other.latitude)
    half_north = sin((south - north) / 2)
    half_east = sin(radians(other.longitude - one.longitude) / 2)
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, half_north**2 + cos(north) * cos(south) * half_east**2)))


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
        near = _nearest(inside, inside, NEARBY + 1)
        larger = _nearest_larger(inside, everyone[country])
        for place in inside:
            others = [neighbour for neighbour in near[place.id] if neighbour.place.id != place.id]
            result[place.id] = Surroundings(tuple(others[:NEARBY]), larger[place.id])
    return result


def _nearest(places: Sequence[Place], among: Sequence[Place], count: int) -> dict[int, list[Neighbour]]:
    # Importing scipy costs a third of a second, which a build without places need not pay.
    from scipy.spatial import cKDTree

    # Neighbours at equal distances may straddle the cut, so a few more are fetched than are kept.
    wanted = min(len(among), count + 4)
    _, found = cKDTree(_unit_vectors(among)).query(_unit_vectors(places), k=list(range(1, wanted + 1)))
    result: dict[int, list[Neighbour]] = {}
    for place, row in zip(places, found, strict=True):
        neighbours = [Neighbour(among[index], distance_km(place, among[index])) for index in row]
        neighbours.sort(key=lambda neighbour: (neighbour.kilometres, neighbour.place.id))
        result[place.id] = neighbours[:count]
    return result


def _nearest_larger(places: Sequence[Place], everyone: Sequence[Place]) -> dict[int, Neighbour | None]:
    near = _nearest(places, everyone, _FIRST_LOOK)
    result: dict[int, Neighbour | None] = {}
    for place in places:
        larger = (n for n in near[place.id] if n.place.population > place.population)
        result[place.id] = next(larger, None) or _search_larger(place, everyone)
    return result


def _search_larger(place: Place, everyone: Sequence[Place]) -> Neighbour | None:
    larger = [other for other in everyone if other.population > place.population]
    if not larger:
        return None
    nearest = min(larger, key=lambda other: (distance_km(place, other), other.id))
    return Neighbour(nearest, distance_km(place, nearest))


def _unit_vectors(places: Sequence[Place]) -> NDArray[float]:  # type: ignore[type-var]
    import numpy

    latitudes = numpy.radians([place.latitude for place in places])
    longitudes = numpy.radians([place.longitude for place in places])
    flat = numpy.cos(latitudes)
    return numpy.column_stack((flat * numpy.cos(longitudes), flat * numpy.sin(longitudes), numpy.sin(latitudes)))
