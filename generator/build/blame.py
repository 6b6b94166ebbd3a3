"""Search for the cell of a table that causes a fault on a page, by rendering the page without it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from generator.check.judging import Judge
from generator.config import TableConfig
from generator.errors import Finding
from generator.load.fact_sources import rows_by_key
from generator.load.rows import Row
from generator.model import Region
from generator.plan.routes import Route
from generator.render.renderer import Failure, Rendering

_SEARCHES, _LOOKS = 20, 500
"""How often in one build all columns are tried, a tenth of a second each; and on how many pages one column is."""

_Column = tuple[TableConfig, str]


def with_cells(failures: Mapping[Failure, str], rendering: Rendering, judge: Judge) -> dict[Failure, Failure]:
    """Each of ``failures``, pages by their batch, as it is to be told: with the cell that is at fault, where one is."""
    told = {failure: failure for failure in failures}
    routes = _routes(failures, rendering) if failures else {}
    search = _Search(rendering, judge)
    for failure in sorted((failure for failure in failures if failure.finding.rule), key=lambda failure: failure.path):
        route = routes.get(failure.path)
        cell = search.cell(failure.finding, route) if route else ""
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


class _Search:
    """What was found of the pages so far, since the pages of a region mostly share their fault."""

    def __init__(self, rendering: Rendering, judge: Judge) -> None:
        self._rendering = rendering
        self._judge = judge
        self._site = rendering.plan.site
        self._cells: dict[tuple[Finding, str], str] = {}
        self._rows: dict[str, Mapping[str, Row]] = {}
        self._likely: dict[tuple[str, str], _Column] = {}
        self._searches = 0
        self._looks = 0

    def cell(self, finding: Finding, route: Route) -> str:
        """The cell without which the page of ``route`` is without that fault; empty where none is known."""
        region = route.region.key if route.region else ""
        if (finding, region) not in self._cells:
            self._cells[finding, region] = self._found(finding, route, region)
        return self._cells[finding, region]

    def _found(self, finding: Finding, route: Route, region: str) -> str:
        likely = self._likely.get((finding.rule, region))
        if likely and self._is_at_fault(finding, route, *likely):
            return self._where(route, *likely)
        if self._searches >= _SEARCHES:
            return ""
        self._searches += 1
        for table, name in self._columns(route):
            if self._is_at_fault(finding, route, table, name):
                self._likely[finding.rule, region] = (table, name)
                return self._where(route, table, name)
        return ""

    def _columns(self, route: Route) -> Iterator[_Column]:
        """Those that say something in words of the page's place or region."""
        for table in self._site.config.tables.values():
            owner = route.owner(table)
            for name in table.columns:
                if owner and isinstance(owner.facts.get(name), str):
                    yield table, name

    def _is_at_fault(self, finding: Finding, route: Route, table: TableConfig, name: str) -> bool:
        self._looks += 1
        if self._looks > _LOOKS:
            return False
        body = self._rendering.renderer.supposed(route.supposing(table, name, "x"))
        topic = route.topic.id if route.topic else ""
        return body is not None and finding.rule not in {
            fault.rule for fault in self._judge.faults(route.path, topic, body)
        }

    def _where(self, route: Route, table: TableConfig, name: str) -> str:
        owner = route.owner(table)
        key = owner.code if isinstance(owner, Region) else str(owner.id) if owner else ""
        if table.file not in self._rows:
            self._rows[table.file] = rows_by_key(self._site.root / "content", table)
        row = self._rows[table.file].get(key)
        return row.where(name) if row else ""
