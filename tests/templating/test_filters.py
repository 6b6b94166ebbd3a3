import csv
from pathlib import Path

import pytest

from generator.model import Locale
from generator.render.listing import sorting_key
from generator.templating.filters import locale_filters

PLACES = Path(__file__).parents[2] / "content" / "places" / "us.csv"


def filters(tag: str, measurement: str = "us") -> dict[str, object]:
    locale = Locale(tag, tag.replace("-", "_"), tag, "ltr", measurement, frozenset())  # type: ignore[arg-type]
    return dict(locale_filters(locale))


@pytest.mark.parametrize("tag", ["en-US", "es-US", "fr", "ar"])
def test_every_time_zone_of_the_places_has_a_name_that_people_use(tag: str) -> None:
    with PLACES.open(encoding="utf-8", newline="") as file:
        zones = {row["time_zone"] for row in csv.DictReader(file)}
    names = {zone: filters(tag)["time_zone"](zone) for zone in zones}  # type: ignore[operator]
    assert {zone: name for zone, name in names.items() if "(" in name or "/" in name} == {}


@pytest.mark.parametrize(
    ("kilometres", "miles", "metres"),
    [(0.3, "0.2 mi", "0.3 km"), (1.5, "0.9 mi", "2 km"), (100, "62 mi", "100 km"), (2000, "1,243 mi", "2,000 km")],
)
def test_a_distance_is_rounded_as_people_say_it(kilometres: float, miles: str, metres: str) -> None:
    assert filters("en-US")["distance"](kilometres) == miles  # type: ignore[operator]
    assert filters("en-US", "metric")["distance"](kilometres) == metres  # type: ignore[operator]


def test_names_sort_by_their_letters_and_not_by_their_marks() -> None:
    names = ["Zapata", "ʻEwa Beach", "Édgar", "‘Ewa Gentry", "Eagle", "O'Fallon", "Oakland"]
    assert sorted(names, key=sorting_key) == [
        "Eagle",
        "Édgar",
        "ʻEwa Beach",
        "‘Ewa Gentry",
        "Oakland",
        "O'Fallon",
        "Zapata",
    ]
