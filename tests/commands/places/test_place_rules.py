import pytest

from generator.commands.places.place_rows import PlaceRow
from generator.commands.places.place_rules import clean_name, dropped_because, skip_reasons


def city(id: int, name: str = "Waco", **changes: object) -> PlaceRow:
    fields: dict[str, object] = {
        "county": "",
        "region_code": "TX",
        "region": "",
        "country": "US",
        "latitude": 31.55,
        "longitude": -97.15,
        "population": 1000,
        "time_zone": "America/Chicago",
        "slug": "",
    }
    return PlaceRow(id=id, name=name, **{**fields, **changes})  # type: ignore[arg-type]  # one dict serves every field


@pytest.mark.parametrize(
    ("listed", "clean"),
    [
        ("City of Milford (balance)", "Milford"),
        ("Milford city (balance)", "Milford"),
        ("Nashville-Davidson metropolitan government (balance)", "Nashville"),
        ("Louisville/Jefferson County metro government (balance)", "Louisville"),
        ("Athens-Clarke County unified government (balance)", "Athens"),
        ("Butte-Silver Bow (balance)", "Butte"),
        ("Middlebury (village)", "Middlebury"),
        ("Village of Oak Creek (Big Park)", "Village of Oak Creek"),
        ("Olinda, CDP", "Olinda"),
        ("City of Industry", "City of Industry"),
        ("Winston-Salem", "Winston-Salem"),
        ("New  York\nCity", "New York City"),
        ("(odd)", "(odd)"),
    ],
)
def test_what_the_census_adds_to_a_name_is_taken_off(listed: str, clean: str) -> None:
    assert clean_name(listed) == clean


@pytest.mark.parametrize(
    "name", ["Bell Road (historical)", "Plantation Mobile Home Park", "Georgia Avenue / Walter Reed"]
)
def test_rows_that_are_no_place_are_left_out(name: str) -> None:
    assert dropped_because(name)


@pytest.mark.parametrize("name", ["Mobile", "Fenway/Kenmore", "Historic Park", "Milford (balance)"])
def test_rows_that_only_look_like_them_are_not_left_out(name: str) -> None:
    assert not dropped_because(name)


def test_a_section_of_a_city_is_skipped_with_the_reason() -> None:
    assert skip_reasons([city(1)], {1: "PPLX"}, {}) == {1: "a section of a city (GeoNames feature code PPLX)"}


def test_the_boroughs_of_new_york_are_markets_though_they_are_sections() -> None:
    brooklyn = city(5110302, "Brooklyn", region_code="NY")
    assert skip_reasons([brooklyn], {5110302: "PPLX"}, {}) == {}


def test_an_ordinary_city_is_kept_with_and_without_a_feature_code() -> None:
    assert skip_reasons([city(1), city(2, "Austin")], {1: "PPLA2"}, {}) == {}


def test_a_place_without_people_is_skipped() -> None:
    assert skip_reasons([city(1, population=0)], {}, {}) == {1: "GeoNames gives no population"}


def test_an_abandoned_place_is_skipped() -> None:
    assert skip_reasons([city(1)], {1: "PPLQ"}, {}) == {1: "abandoned or historical"}


def test_two_neighbourhoods_in_one_row_are_skipped() -> None:
    assert skip_reasons([city(1, "Fenway/Kenmore")], {}, {}) == {1: "several neighbourhoods in one row"}


def test_washington_is_the_only_city_of_its_district() -> None:
    washington, shaw = (city(id, name, region_code="DC") for id, name in ((4140963, "Washington"), (2, "Shaw")))
    assert skip_reasons([shaw, washington], {}, {}) == {2: "a part of Washington (4140963), which is the whole region"}


def test_the_smaller_of_two_neighbouring_rows_with_one_name_is_skipped() -> None:
    large, small = city(9, population=5000), city(1, latitude=31.57)
    assert skip_reasons([small, large], {}, {}) == {1: "the same place as Waco (9)"}


def test_borough_of_a_city_is_the_city() -> None:
    assert skip_reasons([city(1, "Far Hills", population=2000), city(2, "Borough of Far Hills")], {}, {}) == {
        2: "the same place as Far Hills (1)"
    }


def test_a_name_and_its_abbreviation_are_one() -> None:
    saint, short = city(1, "Saint Charles", population=2000), city(2, "St. Charles")
    assert skip_reasons([saint, short], {}, {}) == {2: "the same place as Saint Charles (1)"}
    assert skip_reasons([saint, city(2, "Charles"), city(3, "Stcharles")], {}, {}) == {}


def test_namesakes_far_apart_or_in_another_region_are_both_kept() -> None:
    assert skip_reasons([city(1), city(2, latitude=32.0), city(3, region_code="OK")], {}, {}) == {}


def test_a_row_is_no_double_of_a_skipped_one() -> None:
    section = city(1, population=5000)
    assert set(skip_reasons([section, city(2)], {1: "PPLX"}, {})) == {1}


def test_a_row_in_a_county_whose_cities_are_known_is_a_part_of_its_city() -> None:
    times_square = city(1, "Times Square", region_code="NY")
    brooklyn = city(5110302, "Brooklyn", region_code="NY")
    counties = {1: "New York County", 5110302: "Kings County"}
    assert skip_reasons([times_square, brooklyn], {}, counties) == {
        1: "a part of New York City: the cities of New York County are known, and it is none of them"
    }


def test_a_county_of_the_same_name_elsewhere_has_its_cities() -> None:
    assert skip_reasons([city(1, "Abilene"), city(2, "Fresno")], {}, {1: "Kings County", 2: "Kings County"}) == {}


def test_a_named_part_that_carries_the_whole_citys_population_is_skipped() -> None:
    assert skip_reasons([city(4839745, "North Stamford")], {}, {}) == {
        4839745: "a part of Stamford (4843564), listed with about the whole city's population"
    }
