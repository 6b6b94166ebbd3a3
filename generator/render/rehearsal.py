"""Renders every page that others lead to, and one place's page of every topic, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from generator.errors import SiteError
from generator.ledger.facts import Dating, History
from generator.render.renderer import Failure, Rendering, failure_findings
from generator.routing import Batch


def rehearse(rendering: Rendering, batches: Sequence[Batch], dating: Dating) -> None:
    """Raise SiteError with what fails in ``batches``: the author's to mend before any page changes."""
    plan, renderer = rendering.plan, rendering.renderer
    seen: set[tuple[str, str]] = set()
    failures: list[Failure] = []
    # Processes that begin after this have the frames that it makes.
    sizes = Counter[tuple[str, str]]()
    for batch in batches:
        sizes[_key(batch)] += batch.size
    for batch in batches:
        key = _key(batch)
        for route in plan.routes(batch):
            # A place's page can be left out when it fails; the others hold the site together.
            if route.kind == "place" and key in seen:
                break
            if not route.is_held:
                coming = sizes[key] if route.kind == "place" else 0
                page = renderer.render(route, batch.name, History(), dating, coming)
                failures.extend([page.failure] if page.failure else [])
                seen.update([key] if route.kind == "place" else [])
    if failures:
        raise SiteError(failure_findings(failures, "stop"))


def _key(batch: Batch) -> tuple[str, str]:
    return batch.locale, batch.topic.id if batch.topic else ""


def still_failing(rendering: Rendering, suspects: Mapping[str, Collection[str]], dating: Dating) -> dict[Failure, str]:
    """What is wrong with those of ``suspects``, pages by their batch, that cannot be made now either; by failure."""
    if not suspects:
        return {}
    plan, renderer = rendering.plan, rendering.renderer
    return {
        page.failure: batch.name
        for batch in plan.batches
        if batch.name in suspects
        for route in plan.routes(batch)
        if route.path in suspects[batch.name]
        and (page := renderer.render(route, batch.name, History(), dating)).failure
    }
