"""Distributions and maps leave nothing out, whatever the numbers are."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from generator.commands.report.charts import HEIGHT, WIDTH, bars
from generator.commands.report.contents import MappedPlace
from generator.commands.report.numbers import distribution, shares
from generator.commands.report.place_map import STANDINGS, counts, panels

NUMBERS = st.lists(st.integers(0, 10_000_000), min_size=1, max_size=80)
PLACES = st.lists(
    st.builds(
        MappedPlace,
        name=st.sampled_from(["Waco", "Suva"]),
        region=st.sampled_from(["Texas", "Rotuma"]),
        country=st.sampled_from(["US", "FJ"]),
        latitude=st.floats(-89, 89),
        longitude=st.floats(-180, 180, exclude_max=True),
        standing=st.sampled_from(STANDINGS),
    ),
    min_size=1,
    max_size=60,
)


@given(NUMBERS)
def test_every_page_stands_in_the_bin_of_its_number_and_the_last_bin_takes_the_rest(numbers: list[int]) -> None:
    found = distribution(numbers)
    assert sum(found.counts) == len(numbers)
    assert 1 <= len(found.counts) <= 21
    for at, count in enumerate(found.counts):
        first = found.first + at * found.width
        is_last = at + 1 == len(found.counts)
        assert count == sum(first <= number and (is_last or number < first + found.width) for number in numbers)


def test_one_page_of_another_kind_does_not_push_the_rest_into_one_bin() -> None:
    found = distribution([*range(100, 200), 1_000_000])
    assert found.width == 5
    assert found.counts[-1] == 1
    assert found.median == 150


def test_of_no_page_there_is_no_bin() -> None:
    assert distribution([], unknown=3).counts == ()
    assert (shares([]).median, list(bars(shares([]), str, ends=True))) == (None, [])


def test_shares_have_the_same_bins_on_every_site() -> None:
    found = shares([0.0, 0.049, 0.05, 0.999, 1.0], unknown=2)
    assert (found.counts[0], found.counts[1], found.counts[-1], len(found.counts)) == (2, 1, 2, 20)
    assert found.unknown == 2


@given(NUMBERS)
def test_bars_stay_in_the_drawing_and_those_that_count_something_can_be_seen(numbers: list[int]) -> None:
    drawn = list(bars(distribution(numbers), str, ends=False))
    assert sum(bar.pages for bar in drawn) == len(numbers)
    for bar in drawn:
        assert 0 <= bar.x <= bar.x + bar.width <= WIDTH
        assert 0 <= bar.y <= bar.y + bar.height <= HEIGHT
        assert (bar.height > 1) == (bar.pages > 0)
    assert [bar.last == "" for bar in drawn] == [*([False] * (len(drawn) - 1)), True]


@given(PLACES)
def test_every_place_is_a_dot_within_its_panel(places: list[MappedPlace]) -> None:
    drawn = panels(places)
    if len(drawn) < 12:  # Of more parts of the world only the fullest are drawn.
        assert sum(panel.places for panel in drawn) == len(places)
    for panel in drawn:
        dots = [re.findall(r"M(\d+) (\d+)h0", path) for path in panel.dots.values()]
        assert 1 <= sum(map(len, dots)) <= panel.places
        assert all(0 <= int(x) <= panel.width and 0 <= int(y) <= panel.height for found in dots for x, y in found)
    assert sum(counts(places).values()) == len(places)


def place(name: str, region: str, latitude: float, longitude: float, country: str = "US") -> MappedPlace:
    return MappedPlace(name, region, country, latitude, longitude, "index")


def test_what_lies_far_from_the_rest_is_a_panel_of_its_own_in_the_same_scale() -> None:
    north, south = place("Dallas", "Texas", 32.8, -96.8), place("Waco", "Texas", 31.5, -97.1)
    far = place("Honolulu", "Hawaii", 21.3, -157.9), place("Hilo", "Hawaii", 19.7, -155.1)
    texas, hawaii = panels([north, south, place("Shreveport", "Louisiana", 32.5, -93.7), *far])
    assert (texas.name, texas.places, hawaii.name, hawaii.places) == ("US", 3, "Hawaii", 2)
    # Some 3.1 of the longer side of 2.9 degrees of latitude.
    assert texas.width == 1000 or hawaii.width == 1000


def test_islands_on_both_sides_of_the_date_line_are_one_panel() -> None:
    fiji = [place("Suva", "Central", -18.1, 178.4, "FJ"), place("Taveuni", "Northern", -16.9, -179.9, "FJ")]
    (panel,) = panels(fiji)
    assert panel.places == 2
    assert panel.width < 1001
