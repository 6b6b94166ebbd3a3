"""Lists of links: the places of a hub, the regions of a topic, the neighbours of a place."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import groupby

from generator.contract import NeighbourView, PlaceGroupView, PlaceLinkView, RegionLinkView
from generator.model import Place, Topic
from generator.render.views import place_name, region_label
from generator.routing import Neighbour, Plan

GROUPED_FROM = 40
"""A hub with this many places is divided by initials; a shorter list can be scanned whole."""


_UNSORTED = frozenset({"Mn", "Lm", "Pi", "Pf"})
"""Accents, the okina and other modifier letters, and quotation marks."""


def sorting_key(name: str) -> str:
    """``name`` without accents, apostrophes and case, so that Á sorts with A, and Hawaii's okina counts for nothing."""
    letters = unicodedata.normalize("NFD", name)
    return "".join(c for c in letters if unicodedata.category(c) not in _UNSORTED and c != "'").casefold()


def place_groups(plan: Plan, topic: Topic, places: Sequence[Place]) -> tuple[PlaceGroupView, ...]:
    """The places of a hub by name, under their initials where the list is long."""

    def key(place: Place) -> tuple[str, int]:
        return sorting_key(place_name(place, topic.locale)), place.id

    links = [_place_link(plan, topic, place) for place in sorted(places, key=key)]
    if len(links) < GROUPED_FROM:
        return (PlaceGroupView("", tuple(links)),)
    return tuple(
        PlaceGroupView(letter, tuple(group)) for letter, group in groupby(links, key=lambda link: _initial(link.name))
    )


def _initial(name: str) -> str:
    first = sorting_key(name)[:1].upper()
    return first if first.isalpha() else "#"


def _place_link(plan: Plan, topic: Topic, place: Place) -> PlaceLinkView:
    return PlaceLinkView(
        name=place_name(place, topic.locale),
        county=place.county if place.shares_name else "",
        path=plan.place_path(topic, place),
        population=place.population,
    )


def region_links(plan: Plan, topic: Topic) -> tuple[RegionLinkView, ...]:
    """The regions of a topic by name, each with its number of places."""
    names = [(region.names.get(topic.locale, region.name), region) for region in plan.regions_of(topic)]
    names.sort(key=lambda pair: (sorting_key(pair[0]), pair[1].key))
    return tuple(
        RegionLinkView(name, plan.paths.region(topic, region), len(plan.places_of(topic, region)))
        for name, region in names
    )


class Neighbours:
    """What the pages of a plan say of one another's places; most of it is the same on every page that says it."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._known: dict[tuple[str, str, int], tuple[str, str, str]] = {}

    def views(self, topic: Topic, neighbours: Sequence[Neighbour]) -> tuple[NeighbourView, ...]:
        """The neighbours that have a page of ``topic``."""
        views = (self.view(topic, neighbour) for neighbour in neighbours)
        return tuple(view for view in views if view.path)

    def view(self, topic: Topic, neighbour: Neighbour) -> NeighbourView:
        place = neighbour.place
        key = (topic.id, topic.locale, place.id)
        if key not in self._known:
            path = self._plan.place_path(topic, place) if place.id in self._plan.surroundings else ""
            shown = "" if path in self._plan.absent else path
            self._known[key] = (place_name(place, topic.locale), region_label(place.region, topic.locale), shown)
        name, label, path = self._known[key]
        return NeighbourView(name, label, path, neighbour.kilometres, place.population)
