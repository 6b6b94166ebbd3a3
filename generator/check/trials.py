"""Trials of columns: pages rendered again with other values, to see whether they say anything else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from generator.check.columns_read import facts_read, names_asked
from generator.check.subjects import ColumnTrial
from generator.config import TableConfig
from generator.model import Place, Region, Topic
from generator.plan.routes import Plan, Route
from generator.render.renderer import Renderer, Rendering

_FEW = 3
"""Pages of each topic that are tried first: nearly always one of them changes."""

_OWNERS, _LARGE, _REGIONS = 60, 5, 60
"""Of the different values so many of which places are tried; places of each end by population; and regions."""

_VALUES = 3
"""Values of a column that are tried on each page, besides its own."""

_MOST = 1_000
"""Pages that are tried of one column: some seconds."""

T = TypeVar("T")


def try_columns(rendering: Rendering) -> Iterator[ColumnTrial]:
    """What becomes of each column that texts read of places or regions, that has several values."""
    plan = rendering.plan
    read = facts_read(plan) - names_asked(plan)
    for table in plan.site.config.tables.values():
        for name in table.columns:
            column = _column(plan, table, name)
            if name in read and len(column.values) > 1:
                yield _tried(rendering.renderer, plan, column)


class _Column(Struct, frozen=True):
    table: TableConfig
    name: str
    places: Sequence[Place]
    """Those of the table's country that are selected."""
    values: Sequence[Any]
    """The different ones among them or their regions, in order; None, where there is none, comes last."""

    def of(self, place: Place | None, region: Region | None) -> Any:
        owner = place if self.table.attach == "place" else region
        return owner.facts.get(self.name) if owner else None


def _column(plan: Plan, table: TableConfig, name: str) -> _Column:
    places = [place for place in plan.site.places if place.country == table.country]
    column = _Column(table, name, places, ())
    found = {column.of(place, place.region) for place in places}
    values = [*sorted(value for value in found if value is not None), *([None] if None in found else [])]
    return replace(column, values=values)


def _tried(renderer: Renderer, plan: Plan, column: _Column) -> ColumnTrial:
    where, tried = f"content/{column.table.file}:1, column {column.name}", 0
    for route in islice(_bases(plan, column), _MOST):
        tried += 1
        own = column.of(route.place, route.region)
        values = dict.fromkeys((own, *_spread(column.values, _VALUES)))
        bodies = [renderer.supposed(route.supposing(column.table, column.name, value)) for value in values]
        # A value with which a page cannot be made is not without effect.
        if None in bodies or len({*bodies}) > 1:
            return ColumnTrial(where, column.name, len(column.values), tried, is_shown=True)
    return ColumnTrial(where, column.name, len(column.values), tried, is_shown=False)


def _bases(plan: Plan, column: _Column) -> Iterator[Route]:
    """The pages to try: a few of each topic, then those that differ most from one another."""
    few = _spread(column.places, _FEW)
    by_size = sorted(column.places, key=lambda place: place.population)
    ends = [*by_size[:_LARGE], *by_size[-_LARGE:]]
    owners = [place for value in _spread(column.values, _OWNERS) for place in _owners(column, value)]
    regions = {place.region.key: place for place in column.places}
    away = _spread(list(regions.values()), _REGIONS)
    later = {place.id: place for place in (*ends, *owners, *away)}
    for places in (few, [place for place in later.values() if place not in few]):
        for topic in plan.site.topics:
            yield from _routes(plan, topic, places, with_regions=column.table.attach == "region")


def _owners(column: _Column, value: Any) -> list[Place]:
    """The largest and the smallest place of which the column says ``value``."""
    found = [place for place in column.places if column.of(place, place.region) == value]
    return [max(found, key=lambda place: place.population), min(found, key=lambda place: place.population)]


def _routes(plan: Plan, topic: Topic, places: Iterable[Place], *, with_regions: bool) -> Iterator[Route]:
    """The pages of ``places``, and of their regions, that are made now."""
    ids = {place.id for place in places}
    regions = {place.region.key for place in places}
    for batch in plan.batches:
        if batch.topic is topic and batch.region and batch.region.key in regions:
            for route in plan.routes(batch):
                is_wanted = route.place.id in ids if route.place else with_regions
                if is_wanted and not route.is_frozen:
                    yield route


def _spread(items: Sequence[T], count: int) -> list[T]:
    """At most ``count`` of ``items``, the first and the last among them."""
    if len(items) <= count:
        return list(items)
    return [items[number * (len(items) - 1) // (count - 1)] for number in range(count)]
