"""Renders one page of each kind of every topic before anything is written."""

from __future__ import annotations

from generator.errors import SiteError
from generator.model import RouteKind
from generator.render.renderer import Failure, Renderer, failure_findings
from generator.routing import Plan


def rehearse(plan: Plan) -> None:
    """Raise SiteError with what fails on the first page of a kind: the author's to mend before any page changes."""
    renderer = Renderer(plan)
    seen: set[tuple[RouteKind, str, str]] = set()
    failures: list[Failure] = []
    for batch in plan.batches:
        if ("place", batch.locale, batch.topic.id if batch.topic else "") in seen:
            continue
        for route in plan.routes(batch):
            kind = (route.kind, route.locale, route.topic.id if route.topic else "")
            if kind not in seen and not route.is_held:
                seen.add(kind)
                page = renderer.render(route)
                failures.extend([page.failure] if page.failure else [])
    if failures:
        raise SiteError(failure_findings(failures, "stop"))
