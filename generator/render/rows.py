"""The rows from which pages of places are made: one place in one language, without its fields of a topic.

So all topics share the rows of a region, and what is worked out of them by column.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from generator.model import Locale, Place, Region
from generator.plan.routes import Neighbour, Plan
from generator.render.views import place_name, place_view, region_label
from generator.templating.contract import NeighbourView, PlaceGroupView, PlaceLinkView, PlaceView, RegionView


class RegionRow(RegionView, frozen=True):
    """A region whose ``path`` is that of no topic; ``key`` names it in the plan."""

    key: str = ""


class LinkedRow(NeighbourView, frozen=True):
    """A neighbour that has pages: ``tail`` is the end of their addresses."""

    tail: str = ""


class UnlinkedRow(NeighbourView, frozen=True):
    """A neighbour that no topic has a page of."""


class PlaceLinkRow(PlaceLinkView, frozen=True):
    """A place on a list, without the address of a topic: ``tail`` is its end."""

    tail: str = ""


class HubRow(Struct, frozen=True):
    """A region with the places that its page lists; ``tail`` is the end of the addresses of its pages."""

    tail: str
    region: RegionRow
    places: tuple[PlaceGroupView, ...]
    place_count: int
    place: None = None
    nearest_larger: None = None
    """None: nothing stands around a region."""


class PlaceRow(Struct, frozen=True):
    """A place with what stands around it; ``tail`` is the end of the addresses of its pages."""

    id: int
    tail: str
    region: RegionRow
    place: PlaceView
    nearby: tuple[LinkedRow, ...]
    nearest_larger: LinkedRow | UnlinkedRow | None
    places: tuple[PlaceGroupView, ...] = ()
    """None: a place lists no places."""


class PlaceRows:
    """Makes the rows of one language; values of a neighbour in several rows are worked out once."""

    def __init__(self, plan: Plan, locale: Locale) -> None:
        self._plan = plan
        self._tag = locale.tag
        self._said: dict[int, tuple[str, str, str, int]] = {}

    def of(self, places: Iterable[Place]) -> list[PlaceRow]:
        """The rows of ``places``, which are of one region."""
        rows: list[PlaceRow] = []
        region: RegionRow | None = None
        for place in places:
            region = region or region_row(place.region, self._tag)
            around = self._plan.surroundings[place.id]
            rows.append(
                PlaceRow(
                    id=place.id,
                    tail=self._plan.paths.place_tail(place.region, place.slug),
                    region=region,
                    place=place_view(place, region, self._tag),
                    nearby=tuple([LinkedRow(*self._neighbour(near)) for near in around.nearby]),
                    nearest_larger=self._larger(around.larger) if around.larger else None,
                )
            )
        return rows

    def _larger(self, larger: Neighbour) -> LinkedRow | UnlinkedRow:
        said = self._neighbour(larger)
        return LinkedRow(*said) if said[-1] else UnlinkedRow(*said[:-1])

    def _neighbour(self, neighbour: Neighbour) -> tuple[str, str, str, float, int, str]:
        place = neighbour.place
        said = self._said.get(place.id)
        if said is None:
            has_pages = place.id in self._plan.surroundings
            tail = self._plan.paths.place_tail(place.region, place.slug) if has_pages else ""
            said = (place_name(place, self._tag), region_label(place.region, self._tag), tail, place.population)
            self._said[place.id] = said
        name, label, tail, population = said
        return name, label, "", neighbour.kilometres, population, tail


def region_row(region: Region, locale: str) -> RegionRow:
    name = region.names.get(locale, region.name)
    return RegionRow(region.code, name, region.country, "", region.facts, region.key)
