"""Maps of the places, one dot each, as SVG paths: a panel for each part of the world that has some."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from generator.commands.report.contents import MappedPlace, Standing

STANDINGS: tuple[Standing, ...] = ("index", "some", "noindex", "fold", "withhold")
"""In the order in which dots are drawn, so that the rare ones come to lie on top."""

_CELL = 5
"""Degrees: places whose cells of so many touch are drawn in one panel. Alaska and Hawaii are panels of their own."""
_WIDEST = 1000
"""Units of the widest panel; dots that fall on the same one are drawn once."""
_SMALLEST = 60
_PANELS = 12
"""Panels that are drawn, those with most places."""
_MARGIN = 8

Cell = tuple[int, int]


class Panel(NamedTuple):
    """A part of the map, ``width`` by ``height`` units, with the region or the countries that lie in it.

    ``dots`` are the data of a path for each standing: each dot a line of no length with a round end.
    """

    name: str
    places: int
    width: int
    height: int
    dots: dict[Standing, str]


def panels(places: Sequence[MappedPlace]) -> tuple[Panel, ...]:
    """The panels with most places, the fullest first."""
    found = sorted(_parts(places), key=lambda part: (-len(part), part[0].name))[:_PANELS]
    if not found:
        return ()
    # All in one scale, so that a small island does not look like a continent.
    scale = (_WIDEST - 2 * _MARGIN) / max(max(_extent(part)) for part in found)
    return tuple(_panel(part, scale) for part in found)


def counts(places: Iterable[MappedPlace]) -> dict[Standing, int]:
    """The number of places of each standing that occurs."""
    known = [place.standing for place in places]
    return {standing: known.count(standing) for standing in STANDINGS if standing in known}


def _parts(places: Iterable[MappedPlace]) -> Iterator[list[MappedPlace]]:
    """``places`` in groups whose cells touch; around the world, so that Fiji is not torn in two."""
    cells: dict[Cell, list[MappedPlace]] = {}
    for place in places:
        cells.setdefault((math.floor(place.latitude / _CELL), math.floor(place.longitude / _CELL)), []).append(place)
    around = 360 // _CELL
    while cells:
        waiting = [next(iter(cells))]
        part: list[MappedPlace] = []
        while waiting:
            cell = waiting.pop()
            part += cells.pop(cell, ())
            row, column = cell
            for near in ((row + up, column + right) for up in (-1, 0, 1) for right in (-1, 0, 1)):
                wrapped = (near[0], (near[1] + around // 2) % around - around // 2)
                if wrapped in cells:
                    waiting.append(wrapped)
        yield part


def _extent(part: Sequence[MappedPlace]) -> tuple[float, float]:
    """Width and height of a part, in degrees of latitude; at least one."""
    points = _points(part)
    return max(1.0, max(x for x, _ in points)), max(1.0, max(y for _, y in points))


def _points(part: Sequence[MappedPlace]) -> list[tuple[float, float]]:
    """Degrees of latitude to the right of the westernmost place and below the northernmost one.

    An equirectangular projection that is true to scale in the middle of the part.
    """
    latitudes = [place.latitude for place in part]
    longitudes = [place.longitude for place in part]
    if max(longitudes) - min(longitudes) > 180:
        longitudes = [east + 360 if east < 0 else east for east in longitudes]
    narrowing = math.cos(math.radians((max(latitudes) + min(latitudes)) / 2))
    west, top = min(longitudes), max(latitudes)
    return [((east - west) * narrowing, top - north) for north, east in zip(latitudes, longitudes, strict=True)]


def _panel(part: Sequence[MappedPlace], scale: float) -> Panel:
    wide, high = _extent(part)
    width, height = (max(_SMALLEST, math.ceil(size * scale - 1e-6) + 2 * _MARGIN) for size in (wide, high))
    points: dict[Standing, dict[tuple[int, int], None]] = {}
    for place, (x, y) in zip(part, _points(part), strict=True):
        at = (round(x * scale) + _MARGIN, round(y * scale) + _MARGIN)
        points.setdefault(place.standing, {})[at] = None
    dots = {one: "".join(f"M{x} {y}h0" for x, y in points[one]) for one in STANDINGS if one in points}
    regions = sorted({place.region for place in part})
    countries = sorted({place.country for place in part})
    name = regions[0] if len(regions) == 1 else ", ".join(countries)
    return Panel(name, len(part), width, height, dots)
