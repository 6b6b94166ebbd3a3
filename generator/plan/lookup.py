"""Search for the route of one address."""

from __future__ import annotations

from collections.abc import Iterator

from generator.plan.routes import Batch, Plan, Route


def find_route(plan: Plan, path: str) -> tuple[Batch, Route] | None:
    """The route at ``path`` with its batch; None where the site is to have no page there.

    Looks at all batches: for the few addresses that somebody asks for, not for every page.
    """
    for batch in _candidates(plan, path) if plan.has(path) else ():
        for route in plan.routes(batch):
            if route.path == path:
                return batch, route
    return None


def _candidates(plan: Plan, path: str) -> Iterator[Batch]:
    """The batches that may hold the page at ``path``."""
    at = {(topic.id, topic.locale, p.region.key, plan.buckets.get(p.id, 0)) for topic, p in plan.book.places_at(path)}
    for batch in plan.batches:
        topic, region = batch.topic, batch.region
        if (
            topic is None
            or region is None
            or (topic.id, topic.locale, region.key, batch.bucket) in at
            or (batch.bucket == 0 and plan.paths.region(topic, region) == path)
        ):
            yield batch
