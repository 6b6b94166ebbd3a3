"""Pages that wait until a row of data is mended, counted by row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from generator.load.rows import row_of
from generator.model import Region, Site


class RowCost(NamedTuple):
    """How many ``pages`` wait, in all topics; ``of`` names their place or their region."""

    pages: int
    of: str


def row_costs(site: Site) -> Mapping[str, RowCost]:
    """The cost of each faulty row, by its file and line; a page that waits for several counts with the first."""
    found: dict[str, list[tuple[str, Region]]] = {}
    by_id = {place.id: place for place in site.places}
    for number, where in site.frozen.items():
        place = by_id[number]
        found.setdefault(row_of(where), []).append((place.name, place.region))
    for frozen in site.unreadable_places:
        # Its name may be its fault.
        found.setdefault(row_of(frozen.where), []).append((frozen.slug, frozen.region))
    return {
        row: RowCost(sum(len(site.topics_for(region.country)) for _, region in waiting), _named(waiting))
        for row, waiting in found.items()
    }


def _named(waiting: list[tuple[str, Region]]) -> str:
    regions = list(dict.fromkeys(region.name for _, region in waiting))
    if len(waiting) == 1:
        return f"{waiting[0][0]}, {regions[0]}"
    return regions[0] if len(regions) == 1 else f"{len(regions):,} regions"
