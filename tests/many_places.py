"""A site with many places, of which one is to have a fault."""

from __future__ import annotations

from pathlib import Path

from generator.load.places_format import PLACE_COLUMNS
from tests.sites import BODY, EN, ES, PLACES, make_site, topic_text

COUNT = 120
NAMES = [f"Old {first}{second}" for first in ("Ash", "Birch", "Cedar", "Elm", "Oak") for second in
         "ville ton burg field ford wood dale brook port land view side".split()]  # fmt: skip
PLANTED = 4_700_061
"""Neither the first nor the last, and its name neither the longest nor the shortest."""


def rows() -> str:
    lines = [",".join(PLACE_COLUMNS)]
    for number in range(COUNT):
        name = NAMES[number % len(NAMES)] + ("" if number < len(NAMES) else f" {number // len(NAMES)}")
        cells = dict.fromkeys(PLACE_COLUMNS, "") | {
            "id": 4_700_000 + number, "name": name, "county": "Travis", "region_code": "TX", "region": "Texas",
            "country": "US", "latitude": 30 + number / 100, "longitude": -97 - number / 100,
            "population": 20_000 + 37 * number, "time_zone": "America/Chicago",
            "slug": name.lower().replace(" ", "-"),
        }  # fmt: skip
        lines.append(",".join(map(str, cells.values())))
    return "\n".join(lines) + "\n"


def many(folder: Path, body: str = BODY, **keys: object) -> Path:
    return make_site(folder, {EN: topic_text(body), ES: None, PLACES: rows()}, **keys)
