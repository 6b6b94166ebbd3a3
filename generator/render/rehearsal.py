"""Renders one page of each kind of every topic before anything is written."""

from __future__ import annotations

from generator.errors import Finding, SiteError
from generator.model import RouteKind
from generator.render.renderer import Renderer
from generator.routing import Plan


def rehearse(plan: Plan) -> None:
    """Raise SiteError with what fails on the first page of a kind: the author's to mend before any page changes."""
    renderer = Renderer(plan)
    seen: set[tuple[RouteKind, str, str]] = set()
    faults: list[Finding] = []
    for batch in plan.batches:
        if ("place", batch.locale, batch.topic.id if batch.topic else "") in seen:
            continue
        for route in plan.routes(batch):
            kind = (route.kind, route.locale, route.topic.id if route.topic else "")
            if kind not in seen and not route.is_held:
                seen.add(kind)
                page = renderer.render(route)
                faults.extend([page.finding] if page.finding else [])
    if faults:
        raise SiteError(faults)
