"""The site as a build is to leave it, for rules that look beyond one page."""

from __future__ import annotations

from pathlib import Path

from generator.check.planned import Planned, PlannedFiles
from generator.ledger.records import Dating, History
from generator.plan.lookup import find_route
from generator.render.made_page import MadePage
from generator.render.renderer import Rendering


def planned_site(rendering: Rendering, folder: Path, files: PlannedFiles, dating: Dating) -> Planned:
    """Planned contents of ``folder``; a page that a rule asks for is made then."""

    def make(path: str) -> bytes | None:
        found = find_route(rendering.plan, path)
        made = rendering.renderer.by_itself(found[1], History(), dating) if found else None
        return made.whole if isinstance(made, MadePage) else None

    return Planned(rendering.plan, folder, files, make)
