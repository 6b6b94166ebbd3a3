"""Renders every page that others lead to, and one place's page of every topic, before anything is written."""

from __future__ import annotations

from generator.errors import SiteError
from generator.render.appearance import Appearance
from generator.render.renderer import Failure, Renderer, failure_findings
from generator.routing import Plan


def rehearse(plan: Plan, appearance: Appearance) -> None:
    """Raise SiteError with what fails: the author's to mend before any page changes."""
    renderer = Renderer(plan, appearance)
    seen: set[tuple[str, str]] = set()
    failures: list[Failure] = []
    for batch in plan.batches:
        key = (batch.locale, batch.topic.id if batch.topic else "")
        for route in plan.routes(batch):
            # A place's page can be left out when it fails; the others hold the site together.
            if route.kind == "place" and key in seen:
                break
            if not route.is_held:
                page = renderer.render(route)
                failures.extend([page.failure] if page.failure else [])
                seen.update([key] if route.kind == "place" else [])
    if failures:
        raise SiteError(failure_findings(failures, "stop"))
