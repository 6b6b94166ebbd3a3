"""The blocks of rows from which pages are made: the places of a region, or the region itself, in one language."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from generator.model import Locale, Place, Region, Topic
from generator.plan.routes import Plan, Route
from generator.render.listing import PlaceLists
from generator.render.rows import PlaceRows
from generator.tracing.columns import Columns
from generator.tracing.expressions import Expressions


class Block(Struct, frozen=True):
    key: tuple[str, int] | tuple[str, str]
    columns: Columns
    row_of: Mapping[int, int]
    """The row of each place, by its id; empty for a region, which has the only row."""


class Blocks:
    """Makes the blocks of one locale; the last one of each kind is held, since batches of all topics share it."""

    def __init__(self, plan: Plan, locale: Locale, expressions: Expressions) -> None:
        self._plan = plan
        self._locale = locale
        self._expressions = expressions
        self._rows = PlaceRows(plan, locale)
        self._lists = PlaceLists(plan)
        self._places: Block | None = None
        self._hub: Block | None = None

    def of(self, route: Route, topic: Topic) -> Block:
        """The block with the row of ``route``, a page of ``topic``."""
        if route.place:
            return self._of_places(route.place)
        if route.region is None:
            raise ValueError(f"{route.path} is no page of a place or a region")
        return self._of_hub(route.region, topic)

    def _of_hub(self, region: Region, topic: Topic) -> Block:
        # Where some places have no page of a topic, its lists are its own.
        is_own = self._plan.decides_places(topic)
        key = (region.key, topic.id if is_own else "")
        if self._hub is None or self._hub.key != key:
            row = self._lists.hub_row(self._locale.tag, region, topic if is_own else None)
            self._hub = Block(key, Columns(self._expressions, [row]), {})
        return self._hub

    def _of_places(self, place: Place) -> Block:
        key = (place.region.key, self._plan.buckets.get(place.id, 0))
        if self._places is None or self._places.key != key:
            places = [other for other in self._plan.by_region[key[0]] if self._plan.buckets.get(other.id, 0) == key[1]]
            columns = Columns(self._expressions, self._rows.of(places))
            self._places = Block(key, columns, {other.id: row for row, other in enumerate(places)})
        return self._places
