"""Holds pages against the rules before they are written: which of them, and what comes of what is found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from zlib import crc32

from generator.check.vetting import Vet
from generator.errors import Finding
from generator.ledger.facts import PUBLISHED, PageHistory
from generator.render.renderer import Failure, RenderedPage, cluster_key
from generator.routing import Route


def vetted(page: RenderedPage, vet: Vet, published: Mapping[str, PageHistory]) -> RenderedPage:
    """``page``, or that it fails where a rule does not let it pass; one that is ``published`` as it is passes."""
    route, facts = page.route, page.facts
    before = published.get(route.path)
    if facts is None or (before and before.state in PUBLISHED and before.bytes_digest == facts.bytes_digest):
        return page
    faults = vet.faults(route.path, route.topic.id if route.topic else "", page.body)
    if not faults:
        return page
    return RenderedPage(route, failure=Failure(route.kind, route.path, _joined(faults)))


def _joined(faults: list[Finding]) -> Finding:
    """The worst fault, with the names of the others."""
    worst = faults[0]
    others = sorted({fault.rule for fault in faults} - {worst.rule})
    more = f", besides {', '.join(others)}" if others else ""
    return replace(worst, where=f"{worst.rule}{more}")


def chosen(routes: Iterable[Route], *, is_proven: bool) -> list[Route]:
    """Of the pages of a batch those that are held against the rules first; all of them are, where one fails.

    All but those of places; of these the ones with the shortest and the longest name, and where texts or templates
    are new, so that the batch is not ``is_proven``, also the first, the last and one that is drawn by lot.
    """
    found = [route for route in routes if not route.is_held]
    named = [(len(route.place.name), route.path) for route in found if route.place]
    wanted = {route.path for route in found if route.place is None}
    if named:
        wanted |= {min(named)[1], max(named)[1]}
    if named and not is_proven:
        places = [route for route in found if route.place]
        # The same one in every language, as a check draws it.
        drawn = min(places, key=lambda route: (crc32(cluster_key(route).encode()), route.path))
        wanted |= {places[0].path, places[-1].path, drawn.path}
    return [route for route in found if route.path in wanted]
