"""Renders every page that others lead to, and one place's page of every topic, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from generator.errors import SiteError
from generator.ledger.facts import Dating, History
from generator.model import RouteKind
from generator.render.renderer import Failure, Rendering, failure_findings
from generator.routing import Batch, Route


def rehearse(rendering: Rendering, batches: Sequence[Batch], dating: Dating) -> None:
    """Raise SiteError with what fails in ``batches``: the author's to mend before any page changes."""
    plan, renderer = rendering.plan, rendering.renderer
    seen: set[tuple[RouteKind, str, str]] = set()
    wanted: list[tuple[Route, Batch]] = []
    failures: list[Failure] = []
    # Processes that begin after this have the frames that it makes.
    coming: Counter[tuple[RouteKind, str, str]] = Counter()
    for batch in batches:
        coming[_key("place", batch)] += batch.size
        coming[_key("region", batch)] += 1
    spare: dict[tuple[RouteKind, str, str], tuple[Route, Batch]] = {}
    for batch in batches:
        # Pages that may be indexed go first: what keeps such a page from search engines must be found.
        is_mixed = batch.topic is not None and plan.verdicts.decides_places(batch.topic)
        for route in plan.routes(batch):
            key = _key(route.kind, batch)
            # A place's page can be left out when it fails; the others hold the site together.
            if route.kind == "place" and key in seen:
                break
            if route.kind == "place" and is_mixed and not route.is_indexable:
                spare.setdefault(key, (route, batch))
            elif not route.is_held:
                wanted.append((route, batch))
                seen.add(key)
    wanted += [found for key, found in spare.items() if key not in seen and not found[0].is_held]
    for route, batch in wanted:
        page = renderer.rehearse(route, batch.name, dating, coming[_key(route.kind, batch)])
        failures.extend([page.failure] if page.failure else [])
    if failures:
        raise SiteError(failure_findings(failures, "stop"))


def _key(kind: RouteKind, batch: Batch) -> tuple[RouteKind, str, str]:
    return kind, batch.locale, batch.topic.id if batch.topic else ""


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
