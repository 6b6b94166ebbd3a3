"""Renders every page that others lead to, and one place's page of every topic, before anything is written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from generator.errors import SiteError
from generator.ledger.facts import Dating, History
from generator.render.appearance import Appearance
from generator.render.printing import Printing
from generator.render.renderer import Failure, Renderer, failure_findings
from generator.routing import Batch, Plan


def rehearse(plan: Plan, batches: Iterable[Batch], appearance: Appearance, printing: Printing, dating: Dating) -> None:
    """Raise SiteError with what fails in ``batches``: the author's to mend before any page changes."""
    renderer = Renderer(plan, appearance, printing)
    seen: set[tuple[str, str]] = set()
    failures: list[Failure] = []
    for batch in batches:
        key = (batch.locale, batch.topic.id if batch.topic else "")
        for route in plan.routes(batch):
            # A place's page can be left out when it fails; the others hold the site together.
            if route.kind == "place" and key in seen:
                break
            if not route.is_held:
                page = renderer.render(route, batch.name, History(), dating)
                failures.extend([page.failure] if page.failure else [])
                seen.update([key] if route.kind == "place" else [])
    if failures:
        raise SiteError(failure_findings(failures, "stop"))


def still_failing(
    plan: Plan, suspects: Mapping[str, Collection[str]], appearance: Appearance, printing: Printing, dating: Dating
) -> frozenset[str]:
    """Those of ``suspects``, pages by their batch, that cannot be made now either."""
    if not suspects:
        return frozenset()
    renderer = Renderer(plan, appearance, printing)
    return frozenset(
        route.path
        for batch in plan.batches
        if batch.name in suspects
        for route in plan.routes(batch)
        if route.path in suspects[batch.name] and renderer.render(route, batch.name, History(), dating).failure
    )
