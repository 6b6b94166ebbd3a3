"""A site with many places, of which one is to have a fault."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from generator.load.places_format import PLACE_COLUMNS
from tests.sites import BOARDS, BODY, EN, ES, PLACES, make_site, topic_text

COUNT = 120
NAMES = [f"Old {first}{second}" for first in ("Ash", "Birch", "Cedar", "Elm", "Oak") for second in
         "ville ton burg field ford wood dale brook port land view side".split()]  # fmt: skip
TEXAS = "region,board\nTX,Texas Board\n"
FIRST = 4_700_000
PLANTED = 4_700_061
"""Neither the first nor the last, and its name neither the longest nor the shortest."""


def name_of(number: int) -> str:
    """The name of the place with that id."""
    at = number - FIRST
    return NAMES[at % len(NAMES)] + ("" if at < len(NAMES) else f" {at // len(NAMES)}")


def path_of(number: int) -> str:
    """The address of its page."""
    return f"/en-us/sciatica/texas/{name_of(number).lower().replace(' ', '-')}/"


def rows(cells: Mapping[int, Mapping[str, object]] = MappingProxyType({})) -> str:
    """The places, with ``cells`` instead of theirs, by id and column."""
    lines = [",".join(PLACE_COLUMNS)]
    for number in range(COUNT):
        name = name_of(FIRST + number)
        row = dict.fromkeys(PLACE_COLUMNS, "") | {
            "id": FIRST + number, "name": name, "county": "Travis", "region_code": "TX", "region": "Texas",
            "country": "US", "latitude": 30 + number / 100, "longitude": -97 - number / 100,
            "population": 20_000 + 37 * number, "time_zone": "America/Chicago",
            "slug": name.lower().replace(" ", "-"),
        }  # fmt: skip
        row |= cells.get(FIRST + number, {})
        lines.append(",".join(map(str, row.values())))
    return "\n".join(lines) + "\n"


def many(folder: Path, body: str = BODY, **keys: object) -> Path:
    return make_site(folder, {EN: topic_text(body), ES: None, PLACES: rows(), BOARDS: TEXAS}, **keys)
