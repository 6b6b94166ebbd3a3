"""Rehearsal of a build: hubs, and one place's page of every topic, are rendered before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from msgspec.structs import replace

from generator.errors import SiteError
from generator.ledger.records import Dating, History
from generator.model import RouteKind
from generator.plan.routes import Batch, Route
from generator.render.renderer import Failure, RenderedPage, Rendering, failure_findings

_EVERYWHERE = (
    "Other pages have it, too: mend the article, the template or the rows from which it comes. Nothing was written."
)

_ELSEWHERE = 12
"""Regions of which a page is judged before a fault is called the author's."""

JudgePage = Callable[[RenderedPage], RenderedPage]
"""Gives a page back, or as one that fails where a rule does not let it pass."""


def rehearse(rendering: Rendering, batches: Sequence[Batch], dating: Dating, judge_page: JudgePage) -> None:
    """Raise SiteError with what fails in ``batches``: the author's to mend before any page changes.

    ``judge_page`` must also pass the first page of each kind, topic and language, or one of other regions: what
    is wrong with all is wrong with the text or the template.
    """
    plan, renderer = rendering.plan, rendering.renderer
    seen: set[tuple[RouteKind, str, str]] = set()
    wanted: list[tuple[Route, Batch]] = []
    failures: list[Failure] = []
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
            elif not route.is_frozen:
                wanted.append((route, batch))
                seen.add(key)
    wanted += [found for key, found in spare.items() if key not in seen and not found[0].is_frozen]
    firsts: dict[tuple[RouteKind, str, str], RenderedPage] = {}
    for route, batch in wanted:
        page = renderer.rehearse(route, batch.name, dating)
        failures.extend([page.failure] if page.failure else [])
        firsts.setdefault(_shape(route), page)
    for page in firsts.values():
        failure = None if page.failure else judge_page(page).failure
        if failure and _fails_elsewhere(rendering, dating, judge_page, page.route):
            finding = replace(failure.finding, fix=f"{failure.finding.fix} {_EVERYWHERE}")
            failures.append(replace(failure, finding=finding))
    if failures:
        raise SiteError(failure_findings(failures, "stop"))


def _fails_elsewhere(rendering: Rendering, dating: Dating, judge_page: JudgePage, first: Route) -> bool:
    """Whether ``judge_page`` does not pass another page like ``first`` either; also where there is no other.

    Some of other regions, if there are several, since a cell of a table may spoil all of one, and of some; all of them
    must fail. Otherwise it is the data of that page that is faulty.
    """
    others = [
        (route, batch)
        for batch in rendering.plan.batches
        if batch.topic is first.topic or batch.topic is None
        for route in rendering.plan.routes(batch)
        if _shape(route) == _shape(first) and not route.is_frozen and route.path != first.path
    ]
    if not others:
        return True
    regions = {
        route.region.key: (route, batch) for route, batch in others if route.region and route.region != first.region
    }
    away = list(regions.values()) or others[-1:]
    tried = away[:: -(-len(away) // _ELSEWHERE)]
    return all(judge_page(rendering.renderer.rehearse(route, batch.name, dating)).failure for route, batch in tried)


def _shape(route: Route) -> tuple[RouteKind, str, str]:
    return route.kind, route.locale, route.topic.id if route.topic else ""


def _key(kind: RouteKind, batch: Batch) -> tuple[RouteKind, str, str]:
    return kind, batch.locale, batch.topic.id if batch.topic else ""


def fail_again(
    rendering: Rendering, suspects: Mapping[str, Collection[str]], dating: Dating, judge_page: JudgePage
) -> dict[Failure, str]:
    """What ``judge_page`` says of those of ``suspects``, pages by their batch, that it does not pass; by failure."""
    if not suspects:
        return {}
    plan, renderer = rendering.plan, rendering.renderer
    return {
        page.failure: batch.name
        for batch in plan.batches
        if batch.name in suspects
        for route in plan.routes(batch)
        if route.path in suspects[batch.name]
        and (page := judge_page(renderer.render(route, batch.name, History(), dating))).failure
    }
