"""Finds the cell of a table from which the fault of a page comes, by making the page without it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from generator.check.vetting import Vet
from generator.load.fact_sources import cell_of
from generator.model import Place, Region
from generator.render.renderer import Failure, Rendering
from generator.routing import Route

_LOOKS = 20
"""Faulty pages of one build whose cells are looked for: each takes a tenth of a second at most."""


def with_cells(failures: Mapping[Failure, str], rendering: Rendering, vet: Vet) -> dict[Failure, Failure]:
    """Each of ``failures``, pages by their batch, as it is to be told: with the cell that is at fault, where one is."""
    told = {failure: failure for failure in failures}
    routes = _routes(failures, rendering) if failures else {}
    by_path = sorted((failure for failure in failures if failure.finding.rule), key=lambda failure: failure.path)
    for failure in by_path[:_LOOKS]:
        route = routes.get(failure.path)
        cell = route and _cell(failure, route, rendering, vet)
        if cell:
            finding = replace(failure.finding, what=f"{failure.finding.what}, from {cell}")
            told[failure] = replace(failure, finding=finding)
    return told


def _routes(failures: Mapping[Failure, str], rendering: Rendering) -> Mapping[str, Route]:
    batches, paths = {*failures.values()}, {failure.path for failure in failures}
    routes = (
        route for batch in rendering.plan.batches if batch.name in batches for route in rendering.plan.routes(batch)
    )
    return {route.path: route for route in routes if route.path in paths}


def _cell(failure: Failure, route: Route, rendering: Rendering, vet: Vet) -> str:
    """The cell without which the page of ``route`` has that fault no more; empty where there is none."""
    site, topic = rendering.plan.site, route.topic.id if route.topic else ""
    for table in site.config.tables.values():
        owner: Place | Region | None = route.place if table.attach == "place" else route.region
        for name in table.columns:
            if owner and isinstance(owner.facts.get(name), str):
                body = rendering.renderer.supposed(route.supposing(table, name, "x"))
                if body and not any(
                    fault.rule == failure.finding.rule for fault in vet.faults(route.path, topic, body)
                ):
                    key = str(owner.id) if isinstance(owner, Place) else owner.code
                    return cell_of(site.root / "content", table, key, name)
    return ""
