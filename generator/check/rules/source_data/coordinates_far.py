"""A place lies far from every other place of its region.

Mostly a sign was lost, or latitude and longitude were exchanged. The page would name the wrong places as nearby, and
say in its structured data that the city is elsewhere. Found are places with no other one of their region within five
degrees, where the region has five places or more; both numbers are the project’s own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import floor

from generator.check.examples import Data
from generator.check.quoting import quoted
from generator.check.rule import HEURISTIC, rule
from generator.errors import Finding
from generator.load.rows import Row, Rows

_DEGREES = 5
_FEW = 5
_ROUND = 360 // _DEGREES

_FIVE = "id,name,region,region_code,latitude,longitude\n" + "".join(
    f"{number},Place {number},Texas,TX,{31 + number}.5,-9{number}.1\n" for number in range(5)
)
GOOD = (
    Data(f"{_FIVE}6,Waco,Texas,TX,31.5,-97.1\n7,Zwolle,Louisiana,LA,-31.5,93.6\n", of="places"),
    Data(_FIVE.replace("-9", "17").replace("170.1", "-179.1").replace("171.1", "-178.1"), of="places"),
    Data(f"{_FIVE}6,Waco,Texas,TX,31.5,97.1\n"),
    Data(f"{_FIVE}6,Waco,Texas,TX,nan,-97.1\n7,Waco,Texas,TX,31.5,-inf\n8,Waco,Texas,TX,,west\n", of="places"),
)
BAD = (
    Data(f"{_FIVE}6,Waco,Texas,TX,31.5,97.1\n", of="places"),
    Data(f"{_FIVE}6,Waco,Texas,TX,-31.5,-97.1\n", of="places"),
)


@rule(severity="warning", evidence=HEURISTIC, scope=Rows)
def coordinates_far(rows: Rows) -> Iterator[Finding]:
    if rows.of != "places":
        return
    regions: dict[str, list[tuple[Row, tuple[int, int]]]] = {}
    for row in rows.rows:
        field = _field(row)
        if field:
            regions.setdefault(row.cells["region_code"], []).append((row, field))
    for places in regions.values():
        if len(places) < _FEW:
            continue
        count = Counter(field for _, field in places)
        lonely = {field for field, found in count.items() if found == 1 and _around(field).isdisjoint(count)}
        for row, field in places:
            if field in lonely:
                cells = row.cells
                shown = f"{quoted(cells['name'])} lies at {cells['latitude']}, {cells['longitude']}"
                what = f"{shown}, far from all other places of {cells['region']}"
                fix = "Look the coordinates up; a minus may be missing, or the two be exchanged."
                yield Finding(row.where("latitude"), what, fix)


def _around(field: tuple[int, int]) -> set[tuple[int, int]]:
    north, east = field
    return {(north + up, (east + right) % _ROUND) for up in (-1, 0, 1) for right in (-1, 0, 1)} - {field}


def _field(row: Row) -> tuple[int, int] | None:
    """The field of five degrees in which the place lies; a field at 180 degrees east has one at 180 west beside it."""
    try:
        north, east = float(row.cells["latitude"]), float(row.cells["longitude"])
        return floor(north / _DEGREES), floor(east / _DEGREES) % _ROUND
    except (ValueError, OverflowError):
        return None  # No number, or none that is on a map: another rule speaks of it.
