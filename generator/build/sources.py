"""Search for what people wrote by which a page has a fault: the cell, the line of a text, or that of a template."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec.structs import replace

from generator.errors import Finding
from generator.load.fact_sources import rows_by_key
from generator.load.rows import Row
from generator.model import Region
from generator.plan.routes import Route
from generator.render.renderer import Failure, Rendering
from generator.render.traced import KINDS

_QUOTED = re.compile("“([^“”]+)”")
_SHORTEST = 4
"""Letters of what is looked for in texts: shorter words stand everywhere."""


def with_sources(failures: Iterable[Failure], rendering: Rendering) -> dict[Failure, Failure]:
    """Each of ``failures`` as it is to be told: with where what its finding quotes was written, if that is known."""
    told = {failure: failure for failure in failures}
    wanted: dict[str, list[Failure]] = {}
    for failure in told:
        if failure.finding.rule:
            wanted.setdefault(failure.path, []).append(failure)
    sources, plan = _Sources(rendering), rendering.plan
    for batch in plan.batches if wanted else ():
        for route in plan.routes(batch):
            for failure in wanted.get(route.path, ()):
                source = sources.find(failure.finding, route)
                found = f"from {source}" if source else f"made by templates/{route.kind}.html"
                finding = replace(failure.finding, what=f"{failure.finding.what}, {found}")
                told[failure] = replace(failure, finding=finding)
    return told


class _Sources:
    """Files of a site that are read for one finding, and kept for others."""

    def __init__(self, rendering: Rendering) -> None:
        self._rendering = rendering
        self._plan = rendering.plan
        self._tables: dict[str, Mapping[str, Row]] = {}
        self._lines: dict[str, list[str]] = {}
        self._found: dict[tuple[str, str], str] = {}

    def find(self, finding: Finding, route: Route) -> str:
        """The file and line, or the cell, of the words that ``finding`` quotes; "" where it is not known."""
        quoted = [words.strip("… ") for words in _QUOTED.findall(finding.what)]
        return self._cell(quoted, route) or self._text(quoted, route) or self._line(quoted, route)

    def _cell(self, quoted: Iterable[str], route: Route) -> str:
        for table in self._plan.site.config.tables.values():
            owner = route.owner(table)
            for name in table.columns if owner else ():
                value = owner.facts.get(name) if owner else None
                if owner and isinstance(value, str) and value and any(_are_alike(words, value) for words in quoted):
                    key = owner.code if isinstance(owner, Region) else str(owner.id)
                    if table.file not in self._tables:
                        self._tables[table.file] = rows_by_key(self._plan.site.root / "content", table)
                    row = self._tables[table.file].get(key)
                    return row.where(name) if row else ""
        return ""

    def _text(self, quoted: Iterable[str], route: Route) -> str:
        """The only text of the article with values of the page in which one of ``quoted`` stands."""
        try:
            texts = self._rendering.renderer.own_texts(route) if route.kind in KINDS else []
        # Whatever a text raises that cannot be followed: it is looked for by its lines.
        except Exception:  # noqa: BLE001
            return ""
        said = [(source.where, "".join([piece.text for piece in pieces])) for source, pieces in texts]
        for words in quoted:
            found = {where for where, text in said if len(words) >= _SHORTEST and words in text}
            if len(found) == 1:
                return found.pop()
        return ""

    def _line(self, quoted: Iterable[str], route: Route) -> str:
        """The only line of the article or of a template in which the longest of ``quoted`` stands that does in any."""
        article = route.topic.source if route.topic else ""
        for words in sorted({*quoted}, key=lambda words: (-len(words), words)):
            if len(words) < _SHORTEST:
                break
            if (article, words) not in self._found:
                found = list(self._lines_with(words, article))
                self._found[article, words] = found[0] if len(found) == 1 else ""
            if self._found[article, words]:
                return self._found[article, words]
        return ""

    def _lines_with(self, words: str, article: str) -> Iterator[str]:
        root = self._plan.site.root
        templates = sorted((root / "templates").rglob("*.html"))
        for file in [*([root / article] if article else []), *templates]:
            name = file.relative_to(root).as_posix()
            yield from (f"{name}:{number}" for number, line in enumerate(self._read(file), 1) if words in line)

    def _read(self, file: Path) -> list[str]:
        name = file.as_posix()
        if name not in self._lines:
            self._lines[name] = file.read_text("utf-8-sig", "replace").splitlines()
        return self._lines[name]


def _are_alike(words: str, value: str) -> bool:
    """Whether a finding quotes ``value`` or a part of it, or an address that holds it."""
    is_address = words.startswith("/") or "://" in words
    return bool(words) and (words in value or (is_address and len(value) >= _SHORTEST and value in words))
