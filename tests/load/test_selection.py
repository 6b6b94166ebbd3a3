"""Which places get pages: by condition, by list, with a limit, and always the included ones."""

from pathlib import Path

import pytest

from generator.config import PlacesConfig
from generator.errors import Finding
from generator.load.places import LoadedPlaces
from generator.load.selection import select_places
from generator.model import FrozenPlace, Place, Region

AT = "content/site.yaml:14"
LIST = "content/cities.csv"
TEXAS, ALABAMA = Region("TX", "Texas", "US"), Region("AL", "Alabama", "US")


def place(number: int, name: str, population: int, region: Region = TEXAS, county: str = "") -> Place:
    slug, zone = f"{name.lower()}-{number}", "America/Chicago"
    return Place(number, name, county, region, region.country, 31.5, -97.1, population, zone, slug, "us.csv:2")


PLACES = (
    place(4, "Mobile", 195_111, ALABAMA),
    place(1, "Waco", 132_356),
    place(2, "Lakeway", 15_000, county="Travis"),
    place(3, "Lakeway", 15_000, county="Bexar"),
    place(5, "Marfa", 1_788),
)
FROZEN = (FrozenPlace(6, "Troy", TEXAS, "troy", "content/places/us.csv:7"),)


def select(
    tmp_path: Path, rows: str = "", included: tuple[int, ...] = (), places: tuple[Place, ...] = PLACES, **config: object
) -> tuple[list[int], list[Finding]]:
    content = tmp_path / "content"
    content.mkdir()
    (content / "cities.csv").write_text(rows, encoding="utf-8")
    regions = {("US", "TX"): TEXAS, ("US", "AL"): ALABAMA}
    loaded = LoadedPlaces(places=places, frozen=FROZEN, regions=regions, included=frozenset(included))
    selected, findings = select_places(loaded, PlacesConfig(**config), content, AT)  # type: ignore[arg-type]
    return [place.id for place in selected], findings


def test_places_of_15000_people_are_selected_when_nothing_is_said(tmp_path: Path) -> None:
    assert select(tmp_path) == ([4, 1, 2, 3], [])


def test_a_condition_selects(tmp_path: Path) -> None:
    assert select(tmp_path, where="region_code = 'TX' and population > 15000") == ([1], [])


def test_a_limit_keeps_the_largest_and_of_equals_the_lower_id(tmp_path: Path) -> None:
    assert select(tmp_path, limit=3) == ([4, 1, 2], [])


@pytest.mark.parametrize(("limit", "expected"), [(None, [4, 1, 2, 3, 5]), (2, [4, 5]), (1, [5])])
def test_included_places_stay_beyond_condition_and_limit(
    tmp_path: Path, limit: int | None, expected: list[int]
) -> None:
    assert select(tmp_path, included=(5,), limit=limit) == (expected, [])


def test_a_wrong_condition_is_reported(tmp_path: Path) -> None:
    assert list(map(str, select(tmp_path, where="regoin = 'TX'")[1])) == [
        f'{AT}: places.where names "regoin", which is not a column. Did you mean "region"?'
    ]


def test_a_condition_that_selects_nothing_is_reported_with_what_there_is(tmp_path: Path) -> None:
    assert list(map(str, select(tmp_path, where="population > 1000000")[1])) == [
        f'{AT}: places.where, "population > 1000000", selects no place. '
        "There are 5 places; the largest is Mobile (AL) with a population of 195,111."
    ]


def test_a_site_without_usable_places_is_told_so(tmp_path: Path) -> None:
    assert list(map(str, select(tmp_path, places=())[1])) == [
        f"{AT}: there are no places to select from. Check the files in content/places."
    ]


def test_a_condition_beside_a_list_is_reported(tmp_path: Path) -> None:
    assert list(map(str, select(tmp_path, where="1", list="cities.csv")[1])) == [
        f"{AT}: places.where and places.list are both set. "
        "Keep one of them: places.where is a condition, places.list a file of names."
    ]


def test_a_list_selects_by_name_and_region(tmp_path: Path) -> None:
    rows = "name,region,county,id,country\nwaco,TX,,,\nMarfa,texas,,,US\nLakeway,TX,bexar,,\nMobile,AL,,4,\n"
    assert select(tmp_path, rows, list="cities.csv") == ([4, 1, 3, 5], [])


def test_a_listed_place_whose_own_row_is_faulty_is_no_fault_of_the_list(tmp_path: Path) -> None:
    assert select(tmp_path, "name,region\nWaco,TX\nTroy,Texas\n", list="cities.csv") == ([1], [])


def test_a_list_cannot_name_a_skipped_place(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("name,region\nMarfa,TX\n", encoding="utf-8")
    loaded = LoadedPlaces(PLACES[:4], skipped=PLACES[4:], regions={("US", "TX"): TEXAS})
    _, findings = select_places(loaded, PlacesConfig(list="list.csv"), tmp_path, AT)
    assert [finding.what for finding in findings] == ['no place in TX is called "Marfa"']


def test_a_list_that_selects_nothing_is_reported(tmp_path: Path) -> None:
    assert list(map(str, select(tmp_path, "name,region\n", list="cities.csv")[1])) == [
        f"{AT}: the list cities.csv selects no place. "
        "There are 5 places; the largest is Mobile (AL) with a population of 195,111."
    ]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (",TX,,,", ", column name: the cell is empty. Name the place and its region."),
        ("Waco,,,,", ", column region: the cell is empty. Name the place and its region."),
        ("Wacko,TX,,,", ', column name: no place in TX is called "Wacko". Did you mean "Waco"?'),
        ("Zzz,TX,,,", ', column name: no place in TX is called "Zzz". Write the name as the places file has it.'),
        ("Waco,Texs,,,", ', column region: no place is in a region "Texs". Did you mean "Texas"?'),
        (
            "Waco,99,,,MX",
            ', column country: there are no places of the country "MX". Known: US.',
        ),
        (
            "Waco,99,,,US",
            ', column region: no place is in a region "99" of US. '
            "Write the region's code or name as the places file has it.",
        ),
        (
            "Lakeway,TX,,,",
            ', column name: "Lakeway" in TX is ambiguous. Fill in the id of the one you mean: '
            "2 Lakeway (Travis, TX), population 15,000; 3 Lakeway (Bexar, TX), population 15,000.",
        ),
        (
            "Lakeway,TX,Hays,,",
            ', column county: "Hays" is not the county of "Lakeway" in TX. There is: '
            "2 Lakeway (Travis, TX), population 15,000; 3 Lakeway (Bexar, TX), population 15,000.",
        ),
        (
            "Waco,TX,,7,",
            ", column id: no place has the id 7. Look it up in the places file.",
        ),
        (
            "Waco,TX,,3,",
            ", column id: the id 3 is 3 Lakeway (Bexar, TX), population 15,000, which is not what the row's other "
            "cells say. Correct the id, or empty the cells that disagree with it.",
        ),
        ("Mobile,AL,,,", ": content/cities.csv:2 already lists 4 Mobile (AL), population 195,111. "
         "Delete one of the two rows."),
    ],
)  # fmt: skip
def test_each_row_of_a_list_must_name_one_place(tmp_path: Path, row: str, message: str) -> None:
    rows = f"name,region,county,id,country\nMobile,AL,,,\n{row}\n"
    _, findings = select(tmp_path, rows, list="cities.csv")
    assert list(map(str, findings)) == [f"{LIST}:3{message}"]
    assert findings[0].severity == "stop"


def test_a_list_that_does_not_exist_is_reported(tmp_path: Path) -> None:
    assert list(map(str, select(tmp_path, list="towns.csv")[1])) == [
        "content/towns.csv: the file does not exist. Its first line should be: name,region."
    ]
