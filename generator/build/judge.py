"""Judgement of rendered pages before they are written: the choice of pages, and what follows from findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from zlib import crc32

from msgspec.structs import replace

from generator.check.judging import Judge
from generator.errors import Finding
from generator.ledger.records import PUBLISHED, PageHistory
from generator.plan.routes import Batch, Route
from generator.render.renderer import Failure, RenderedPage, cluster_key, failure_findings

ALL = 8
"""Pages of a batch that a thorough look takes all."""

_TOLD = 3
"""Findings of one rule that are told where it stops the build; the texts of pages differ, and their fault seldom."""

_INSTEAD = (
    "Nothing was written, since {0} stops the build. To publish the other pages meanwhile, make it an error under"
    " checks in content/site.yaml: then only such pages stay as they were."
)


def judged(page: RenderedPage, judge: Judge, published: Mapping[str, PageHistory]) -> RenderedPage:
    """``page``, or that it fails where a rule does not let it pass; one that is ``published`` as it is passes."""
    route = page.route
    if page.facts is None or is_as_published(page, published):
        return page
    faults = judge.faults(route.path, route.topic.id if route.topic else "", page.body)
    if not faults:
        return page
    return RenderedPage(route, failure=Failure(route.kind, route.path, _joined(faults)))


def is_as_published(page: RenderedPage, published: Mapping[str, PageHistory]) -> bool:
    before, facts = published.get(page.route.path), page.facts
    if before is None or facts is None:
        return False
    return before.state in PUBLISHED and before.bytes_digest == facts.bytes_digest


def _joined(faults: list[Finding]) -> Finding:
    """The worst fault, with the names of the others."""
    worst = faults[0]
    others = sorted({fault.rule for fault in faults} - {worst.rule})
    more = f", besides {', '.join(others)}" if others else ""
    return replace(worst, where=f"{worst.rule}{more}")


def stopping(failures: Iterable[Failure]) -> list[Finding]:
    """The findings of those rules, failed by these pages, with which nothing may be published; of each rule some."""
    rules: dict[str, list[Failure]] = {}
    for failure in failures:
        if failure.finding.rule and failure.finding.severity == "stop":
            rules.setdefault(failure.finding.rule, []).append(failure)
    found: list[Finding] = []
    for rule, failing in sorted(rules.items()):
        *told, last = failure_findings(failing, "stop")[:_TOLD]
        found += [*told, replace(last, fix=f"{last.fix} {_INSTEAD.format(rule)}")]
    return found


def chosen(routes: Iterable[Route], judge: Judge, *, is_thorough: bool) -> list[Route]:
    """Of the pages of a batch those that are held against the rules first; all of them are, where one fails.

    The place with the longest name, and whatever is no place's page; of a region's batch, where the look is not
    ``is_thorough``, only that place's page. A thorough look takes also the shortest name, the first page, the last,
    and one that is drawn by lot; and all pages where these are hardly fewer. Those that a rule setting names are
    always among them.
    """
    found = [route for route in routes if not route.is_frozen]
    places = [route for route in found if route.place]
    if not places or (is_thorough and len(found) <= ALL):
        return found
    named = [(len(route.place.name), route.path) for route in places if route.place]
    wanted = {max(named)[1]}
    if is_thorough:
        wanted |= {route.path for route in found if route.place is None}
        # The same one in every language, as a check draws it.
        drawn = min(places, key=lambda route: (_lot(cluster_key(route)), route.path))
        wanted |= {min(named)[1], places[0].path, places[-1].path, drawn.path}
    return [route for route in found if route.path in wanted or judge.is_named(route.path)]


def is_drawn(batch: Batch, topics: Sequence[str]) -> bool:
    """Whether the lot falls on ``batch`` for a thorough look; ``topics`` are the ids of all that its language has.

    What is wrong with a page comes from its topic's text, from a template, or from the data of its place and region.
    So each region is looked at in one topic, and each topic in its share of the regions, in every language the same;
    rules of rows have read all of the data before.
    """
    if batch.topic is None or batch.region is None:
        return True
    return sorted(topics).index(batch.topic.id) == _lot(batch.region.key) % len(topics)


def _lot(key: str) -> int:
    return crc32(key.encode())
