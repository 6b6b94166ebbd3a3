"""Makes pages anew with other values of a column, to see whether they say anything else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from generator.check.column_trial import ColumnTrial
from generator.check.columns_read import names_read
from generator.config import TableConfig
from generator.model import Place, Region
from generator.render.renderer import Renderer, Rendering
from generator.routing import Batch, Plan, Route

_PAGES = 5
"""Pages of each kind that are tried of a topic."""

_VALUES = 4
"""Values of a column that are tried on each."""

T = TypeVar("T")


def try_columns(rendering: Rendering) -> Iterator[ColumnTrial]:
    """What becomes of each column that is read and that has several values."""
    plan = rendering.plan
    read = names_read(plan)
    samples = [routes for topic in plan.site.topics for routes in _samples(plan, topic.id, topic.locale)]
    for table in plan.site.config.tables.values():
        for column in table.columns:
            values = _values(plan, table, column)
            if column in read and len(values) > 1:
                yield _tried(rendering.renderer, table, column, values, samples)


def _tried(
    renderer: Renderer, table: TableConfig, column: str, values: Sequence[Any], samples: Sequence[Sequence[Route]]
) -> ColumnTrial:
    where, tried = f"content/{table.file}:1, column {column}", 0
    for routes in samples:
        for route in routes:
            if route.place or table.attach == "region":
                tried += 1
                supposed = (_supposed(route, table, column, value) for value in _spread(values, _VALUES))
                bodies = [renderer.supposed(other) for other in supposed]
                # A value with which a page cannot be made is not without effect.
                if None in bodies or len({*bodies}) > 1:
                    return ColumnTrial(where, column, len(values), tried, is_shown=True)
    return ColumnTrial(where, column, len(values), tried, is_shown=False)


def _supposed(route: Route, table: TableConfig, column: str, value: Any) -> Route:
    """``route``, if the column said ``value`` of its place or its region."""
    place, region = route.place, route.region
    if place and table.attach == "place":
        return replace(route, place=place._replace(facts={**place.facts, column: value}))
    if region:
        region = replace(region, facts={**region.facts, column: value})
        place = place._replace(region=region) if place else None
    return replace(route, place=place, region=region)


def _values(plan: Plan, table: TableConfig, column: str) -> list[Any]:
    """The different values of ``column``, None where there is none, in an order that depends on nothing else."""
    places = [place for place in plan.site.places if place.country == table.country]
    owners: Sequence[Place | Region] = places
    if table.attach == "region":
        owners = list({place.region.key: place.region for place in places}.values())
    return sorted({owner.facts.get(column) for owner in owners}, key=lambda value: (value is None, str(value)))


def _samples(plan: Plan, topic: str, locale: str) -> Iterator[list[Route]]:
    """Some pages of places of a topic, and some of regions, from all over it."""
    batches = [batch for batch in plan.batches if batch.region and batch.topic and batch.topic.id == topic]
    some = _spread([batch for batch in batches if batch.locale == locale], _PAGES)
    for is_place in (True, False):
        yield [route for batch in some for route in _first(plan, batch, is_place=is_place)]


def _first(plan: Plan, batch: Batch, *, is_place: bool) -> Iterator[Route]:
    """The first page of ``batch`` that is a place's, or that is not, where it is made now."""
    found = (route for route in plan.routes(batch) if bool(route.place) == is_place and not route.is_held)
    if first := next(found, None):
        yield first


def _spread(items: Sequence[T], count: int) -> list[T]:
    """At most ``count`` of ``items``, the first and the last among them."""
    if len(items) <= count:
        return list(items)
    return [items[number * (len(items) - 1) // (count - 1)] for number in range(count)]
