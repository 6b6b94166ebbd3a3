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
from generator.load.rows import Rows

_DEGREES = 5
_FEW = 5
_ROUND = 360 // _DEGREES
_Field = tuple[int, int]

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
    cells = rows.columns.cells
    located = [*zip(cells["region_code"], map(_field, cells["latitude"], cells["longitude"]), strict=True)]
    regions: dict[str, dict[_Field, int]] = {}
    for (code, field), count in Counter(located).items():
        if field:
            regions.setdefault(code, {})[field] = count
    for code, counts in regions.items():
        lonely = {field for field, count in counts.items() if count == 1 and _around(field).isdisjoint(counts)}
        if not lonely or sum(counts.values()) < _FEW:
            continue
        for number in (number for number, (own, field) in enumerate(located) if own == code and field in lonely):
            row = rows.columns.row(number)
            shown = f"{quoted(row.cells['name'])} lies at {row.cells['latitude']}, {row.cells['longitude']}"
            what = f"{shown}, far from all other places of {row.cells['region']}"
            fix = "Look the coordinates up; a minus may be missing, or the two be exchanged."
            yield Finding(row.where("latitude"), what, fix)


def _around(field: _Field) -> set[_Field]:
    north, east = field
    return {(north + up, (east + right) % _ROUND) for up in (-1, 0, 1) for right in (-1, 0, 1)} - {field}


def _field(latitude: str, longitude: str) -> _Field | None:
    """The field of five degrees in which the place lies; a field at 180 degrees east has one at 180 west beside it."""
    try:
        return floor(float(latitude) / _DEGREES), floor(float(longitude) / _DEGREES) % _ROUND
    except (ValueError, OverflowError):
        return None  # No number, or none that is on a map: another rule speaks of it.
