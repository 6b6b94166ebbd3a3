"""Renders every page that others lead to, and one place's page of every topic, before anything is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from generator.errors import Finding, SiteError
from generator.ledger.facts import Dating, History
from generator.model import RouteKind
from generator.render.renderer import Failure, RenderedPage, Rendering, failure_findings
from generator.routing import Batch

_ROBOTS = re.compile(rb"<meta\b[^>]*\bname\s*=\s*[\"']?(?:robots|googlebot|bingbot)\b[^>]*>", re.IGNORECASE)
"""What speaks to search engines of indexing (Google: robots meta tag specifications; Bing: the same names)."""


def rehearse(rendering: Rendering, batches: Sequence[Batch], dating: Dating) -> None:
    """Raise SiteError with what fails in ``batches``: the author's to mend before any page changes."""
    plan, renderer = rendering.plan, rendering.renderer
    seen: set[tuple[RouteKind, str, str]] = set()
    failures: list[Failure] = []
    # Processes that begin after this have the frames that it makes.
    coming: Counter[tuple[RouteKind, str, str]] = Counter()
    for batch in batches:
        coming[_key("place", batch)] += batch.size
        coming[_key("region", batch)] += 1
    for batch in batches:
        for route in plan.routes(batch):
            key = _key(route.kind, batch)
            # A place's page can be left out when it fails; the others hold the site together.
            if route.kind == "place" and key in seen:
                break
            if not route.is_held:
                page = renderer.rehearse(route, batch.name, dating, coming[key])
                failures.extend([page.failure] if page.failure else _unexplained(page))
                seen.add(key)
    if failures:
        raise SiteError(failure_findings(failures, "stop"))


def _unexplained(page: RenderedPage) -> Iterator[Failure]:
    """A page that asks search engines to leave it out, though nothing has decided that."""
    route = page.route
    if route.is_indexable and any(_asks_to_leave_out(tag[0]) for tag in _ROBOTS.finditer(page.body)):
        what = "the page asks search engines not to index it, and nothing has decided that"
        fix = "Print page.robots there, and let gate in content/site.yaml decide."
        yield Failure(route.kind, route.path, Finding(f"templates/{route.kind}.html", what, fix))


def _asks_to_leave_out(tag: bytes) -> bool:
    return re.search(rb"\b(?:noindex|none)\b", tag, re.IGNORECASE) is not None


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
