"""Lists of links: the places of a hub, the regions of a topic, the neighbours of a place."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import groupby

from generator.model import Place, Region, Topic
from generator.plan.routes import Neighbour, Plan
from generator.render.rows import HubRow, PlaceLinkRow, region_row
from generator.render.views import place_name, region_label
from generator.templating.contract import NeighbourView, PlaceGroupView, PlaceLinkView, RegionLinkView

GROUPED_FROM = 40
"""A hub with this many places is divided by initials; a shorter list can be scanned whole."""


_UNSORTED = frozenset({"Mn", "Lm", "Pi", "Pf"})
"""Accents, the okina and other modifier letters, and quotation marks."""


def sorting_key(name: str) -> str:
    """``name`` without accents, apostrophes and case, so that Á sorts with A, and Hawaii's okina counts for nothing."""
    letters = unicodedata.normalize("NFD", name)
    return "".join(c for c in letters if unicodedata.category(c) not in _UNSORTED and c != "'").casefold()


class PlaceLists:
    """The lists of places on the pages of regions; places are brought into order once a language."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._sorted: dict[tuple[str, str], tuple[tuple[str, Place], ...]] = {}

    def groups(self, topic: Topic, region: Region) -> tuple[PlaceGroupView, ...]:
        """The places of a region that have a page of ``topic`` by name, under their initials where they are many."""
        present = {place.id for place in self._plan.places_of(topic, region)}
        ordered = [(initial, place) for initial, place in self._ordered(topic.locale, region) if place.id in present]
        return _grouped([(initial, _place_link(self._plan, topic, place)) for initial, place in ordered])

    def hub_row(self, locale: str, region: Region, topic: Topic | None = None) -> HubRow:
        """Row of a region's page: of ``topic``, or, where each of its places has a page, of any topic."""
        if topic is None:
            groups = _grouped([(i, _link_row(self._plan, locale, place)) for i, place in self._ordered(locale, region)])
        else:
            groups = self.groups(topic, region)
        count = sum(len(group.places) for group in groups)
        return HubRow(self._plan.paths.region_tail(region), region_row(region, locale), groups, count)

    def _ordered(self, locale: str, region: Region) -> tuple[tuple[str, Place], ...]:
        """Every place of a region with its initial."""
        if (locale, region.key) not in self._sorted:
            keyed = [(sorting_key(place_name(place, locale)), place) for place in self._plan.by_region[region.key]]
            keyed.sort(key=lambda pair: (pair[0], pair[1].id))
            self._sorted[locale, region.key] = tuple((_initial(key), place) for key, place in keyed)
        return self._sorted[locale, region.key]


def _initial(key: str) -> str:
    first = key[:1].upper()
    return first if first.isalpha() else "#"


def _grouped(links: Sequence[tuple[str, PlaceLinkView]]) -> tuple[PlaceGroupView, ...]:
    """Links in order, each with its initial."""
    if len(links) < GROUPED_FROM:
        return (PlaceGroupView("", tuple([link for _, link in links])),)
    grouped = groupby(links, key=lambda pair: pair[0])
    return tuple([PlaceGroupView(initial, tuple([link for _, link in group])) for initial, group in grouped])


def _link_row(plan: Plan, locale: str, place: Place) -> PlaceLinkRow:
    return PlaceLinkRow(
        name=place_name(place, locale),
        county=place.county if place.shares_name else "",
        path="",
        population=place.population,
        tail=plan.paths.place_tail(place.region, place.slug),
    )


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
    """Views of neighbours on the pages of a plan; most are the same on every page that shows them."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._known: dict[tuple[str, str], dict[int, tuple[str, str, str]]] = {}

    def views(self, topic: Topic, neighbours: Sequence[Neighbour]) -> tuple[NeighbourView, ...]:
        """The neighbours that have a page of ``topic``, or whose region has one."""
        known = self._known_of(topic)
        views = []
        for neighbour in neighbours:
            place = neighbour.place
            name, label, path = known.get(place.id) or self._said(topic, place)
            if path:
                views.append(NeighbourView(name, label, path, neighbour.kilometres, place.population))
        return tuple(views)

    def view(self, topic: Topic, neighbour: Neighbour) -> NeighbourView:
        place = neighbour.place
        name, label, path = self._known_of(topic).get(place.id) or self._said(topic, place)
        return NeighbourView(name, label, path, neighbour.kilometres, place.population)

    def _known_of(self, topic: Topic) -> dict[int, tuple[str, str, str]]:
        return self._known.setdefault((topic.id, topic.locale), {})

    def _said(self, topic: Topic, place: Place) -> tuple[str, str, str]:
        """A place's name, its region's label, and where a link to its page of ``topic`` leads."""
        path = self._plan.link(topic, place) if place.id in self._plan.surroundings else ""
        said = (place_name(place, topic.locale), region_label(place.region, topic.locale), path)
        self._known_of(topic)[place.id] = said
        return said
