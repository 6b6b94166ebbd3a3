import random
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.commands.places.bake import Baked, bake
from generator.commands.places.place_rows import Country, PlaceRow, Rename
from generator.errors import SiteError

REGIONS = {"TX": "Texas", "OK": "Oklahoma"}


def city(id: int, name: str = "Springfield", population: int = 1000, region_code: str = "TX") -> PlaceRow:
    # A degree of latitude for each id keeps namesakes from being one place listed twice.
    return PlaceRow(id, name, "", region_code, "", "US", float(id % 80), -97.0, population, "America/Chicago", "")


def baked(
    cities: Sequence[PlaceRow],
    *,
    counties: Mapping[int, str] | None = None,
    codes: Mapping[int, str] | None = None,
    existing: Sequence[PlaceRow] = (),
    renames: Mapping[int, str] | None = None,
) -> Baked:
    wanted = {id: Rename(slug, f"overrides.csv:{id}") for id, slug in (renames or {}).items()}
    return bake(Country("US", tuple(cities), counties or {}, codes or {}, REGIONS), existing, wanted)


def slugs(result: Baked) -> dict[int, str]:
    return {row.id: row.slug for row in result.rows}


def test_a_row_carries_what_the_sources_say() -> None:
    (row,) = baked([city(7, "Waco", 139594)], counties={7: "McLennan County"}).rows
    assert row == PlaceRow(
        7, "Waco", "McLennan County", "TX", "Texas", "US", 7.0, -97.0, 139594, "America/Chicago", "waco"
    )


def test_rows_are_sorted_by_region_and_then_by_number() -> None:
    result = baked([city(10), city(9), city(100, region_code="OK")])
    assert [row.id for row in result.rows] == [100, 9, 10]


def test_the_largest_namesake_has_the_plain_slug_and_the_others_add_their_county() -> None:
    result = baked([city(1, population=10), city(2, population=90)], counties={1: "Bucks County", 2: "Erie County"})
    assert slugs(result) == {1: "springfield-bucks-county", 2: "springfield"}


def test_a_namesake_without_a_county_adds_its_id() -> None:
    assert slugs(baked([city(1, population=10), city(2, population=90)])) == {1: "springfield-1", 2: "springfield"}


def test_namesakes_in_one_county_are_told_apart_by_id() -> None:
    result = baked(
        [city(1, population=30), city(2, population=20), city(3, population=10)],
        counties=dict.fromkeys((1, 2, 3), "Bucks"),
    )
    assert slugs(result) == {1: "springfield", 2: "springfield-bucks", 3: "springfield-3"}


def test_among_namesakes_of_one_size_the_lower_id_has_the_plain_slug() -> None:
    assert slugs(baked([city(2), city(1)])) == {1: "springfield", 2: "springfield-2"}


def test_namesakes_of_different_regions_do_not_disturb_each_other() -> None:
    assert slugs(baked([city(1), city(2, region_code="OK")])) == {1: "springfield", 2: "springfield"}


def test_names_that_are_written_alike_in_a_url_are_namesakes() -> None:
    assert slugs(baked([city(1, "St. Ann"), city(2, "St Ann")])) == {1: "st-ann", 2: "st-ann-2"}


def test_a_skipped_place_leaves_the_plain_slug_to_a_smaller_one() -> None:
    result = baked([city(1, population=9000), city(2, population=10)], codes={1: "PPLX"})
    assert slugs(result) == {1: "springfield-1", 2: "springfield"}


def test_a_name_without_a_letter_goes_by_its_id() -> None:
    assert slugs(baked([city(5, "…")])) == {5: "5"}


def test_a_slug_with_an_id_stays_within_the_limit() -> None:
    name = "Llanfair " * 20
    result = baked([city(1, name), city(1234567, name)])
    assert slugs(result)[1234567].endswith("-llanfair-1234567")
    assert len(slugs(result)[1234567]) <= 80


def test_a_place_that_is_its_own_county_has_none() -> None:
    result = baked(
        [city(1, "Baltimore"), city(2, "St. Louis"), city(3, "Frankford")],
        counties={1: "City of Baltimore", 2: "City of Saint Louis", 3: "City of Baltimore"},
    )
    assert [row.county for row in result.rows] == ["", "", "City of Baltimore"]


def test_a_dropped_row_is_counted_and_not_written() -> None:
    result = baked([city(1, "Bell Road (historical)"), city(2)])
    assert slugs(result) == {2: "springfield"}
    assert result.report.dropped == {"(historical)": 1}


def test_cleaned_names_are_reported_and_have_clean_slugs() -> None:
    result = baked([city(1, "City of Milford (balance)")])
    assert slugs(result) == {1: "milford"}
    assert result.report.cleaned == (("City of Milford (balance)", "Milford"),)


def test_a_place_keeps_its_slug_when_its_name_and_size_change() -> None:
    before = baked([city(1, population=90), city(2, population=10)]).rows
    after = baked([city(1, "Shelbyville", 5), city(2, population=900)], existing=before)
    assert slugs(after) == {1: "springfield", 2: "springfield-2"}
    assert [(row.name, row.population) for row in after.rows] == [("Shelbyville", 5), ("Springfield", 900)]


def test_a_new_place_never_takes_a_slug_in_use_even_when_it_is_larger() -> None:
    before = baked([city(1, population=10)]).rows
    after = baked([city(1, population=10), city(2, population=9000)], counties={2: "Bucks"}, existing=before)
    assert slugs(after) == {1: "springfield", 2: "springfield-bucks"}


def test_a_new_place_never_takes_a_slug_that_another_had() -> None:
    before = baked([city(1)]).rows
    renamed = baked([city(1)], existing=before, renames={1: "springfield-on-the-brazos"}).rows
    after = baked([city(1), city(2)], existing=renamed)
    assert slugs(after) == {1: "springfield-on-the-brazos", 2: "springfield-2"}


def test_a_place_that_is_no_longer_listed_stays_as_it_was_and_is_counted() -> None:
    before = baked([city(1, "Waco"), city(2)]).rows
    after = baked([city(2)], existing=before)
    assert after.rows == before
    assert after.report.vanished == 1


def test_a_known_place_that_becomes_historical_is_skipped_and_not_dropped() -> None:
    before = baked([city(1, "Waco")]).rows
    (row,) = baked([city(1, "Waco (historical)")], existing=before).rows
    assert (row.slug, row.name, row.skip) == ("waco", "Waco", 'GeoNames now calls it "Waco (historical)"')


def test_a_place_keeps_the_region_that_its_url_holds() -> None:
    before = baked([city(1)]).rows
    after = baked([city(1, region_code="OK")], existing=before)
    assert [(row.region_code, row.region) for row in after.rows] == [("TX", "Texas")]
    assert after.report.moved == 1


def test_a_region_keeps_its_name_and_gives_it_to_new_places() -> None:
    before = [replace(row, region="Lone Star State") for row in baked([city(1)]).rows]
    after = baked([city(1), city(2)], existing=before)
    assert {row.region for row in after.rows} == {"Lone Star State"}


def test_a_region_without_a_name_goes_by_its_code() -> None:
    assert baked([city(1, region_code="99")]).rows[0].region == "99"


def test_a_rename_moves_the_old_slug_to_the_former_ones_once() -> None:
    before = baked([city(1)]).rows
    first = baked([city(1)], existing=before, renames={1: "new"})
    second = baked([city(1)], existing=first.rows, renames={1: "new"})
    assert [(row.slug, row.former_slugs) for row in first.rows] == [("new", ("springfield",))]
    assert second.rows == first.rows
    assert (first.report.renamed, second.report.renamed) == (1, 0)


def test_a_rename_back_takes_the_slug_out_of_the_former_ones() -> None:
    first = baked([city(1)], existing=baked([city(1)]).rows, renames={1: "new"})
    back = baked([city(1)], existing=first.rows, renames={1: "springfield"})
    assert [(row.slug, row.former_slugs) for row in back.rows] == [("springfield", ("new",))]


def test_a_new_place_is_renamed_before_it_had_any_other_slug() -> None:
    (row,) = baked([city(1)], renames={1: "new"}).rows
    assert (row.slug, row.former_slugs) == ("new", ())


def test_every_rename_that_cannot_be_done_is_reported() -> None:
    before = baked([city(1, "Waco"), city(2, "Austin"), city(3, "Plano")]).rows
    with pytest.raises(SiteError) as raised:
        baked([], existing=before, renames={1: "austin", 2: "Big City", 3: "…"})
    assert sorted(str(raised.value).splitlines()) == [
        'overrides.csv:1: "austin" cannot be the slug of Waco: id 2 in Texas has it or had it. Choose another slug.',
        'overrides.csv:2: "Big City" cannot be the slug of Austin. Write "big-city".',
        'overrides.csv:3: "…" cannot be the slug of Plano. Use lower-case letters, digits and single hyphens.',
    ]


def test_two_places_cannot_be_renamed_to_one_slug() -> None:
    with pytest.raises(SiteError, match='"new" cannot be the slug of Austin: id 1 in Texas'):
        baked([city(1, "Waco"), city(2, "Austin", 10)], renames={1: "new", 2: "new"})


def test_renames_of_other_countries_are_left_alone() -> None:
    assert slugs(baked([city(1)], renames={99: "new"})) == {1: "springfield"}


NAMES = st.sampled_from(
    ["Springfield", "Springfield Bucks", "Springfield 2", "St. Ann", "St Ann", "…", "Old (historical)"]
)


@st.composite
def listings(draw: st.DrawFn) -> list[PlaceRow]:
    ids = draw(st.lists(st.integers(1, 30), unique=True, max_size=12))
    return [city(id, draw(NAMES), draw(st.integers(0, 3)), draw(st.sampled_from(["TX", "OK"]))) for id in ids]


COUNTIES = st.dictionaries(st.integers(1, 30), st.sampled_from(["Bucks", "Erie"]))
CODES = st.dictionaries(st.integers(1, 30), st.sampled_from(["PPLX", "PPL"]))


@given(listings(), COUNTIES, CODES)
def test_refreshing_from_the_same_sources_changes_nothing(
    cities: list[PlaceRow], counties: dict[int, str], codes: dict[int, str]
) -> None:
    once = baked(cities, counties=counties, codes=codes)
    assert baked(cities, counties=counties, codes=codes, existing=once.rows).rows == once.rows


@given(listings(), listings(), COUNTIES, CODES, CODES)
def test_whatever_geonames_says_slugs_are_unique_and_never_change(
    cities: list[PlaceRow],
    later: list[PlaceRow],
    counties: dict[int, str],
    codes: dict[int, str],
    later_codes: dict[int, str],
) -> None:
    before = baked(cities, counties=counties, codes=codes)
    after = baked(later, counties=counties, codes=later_codes, existing=before.rows)
    assert {row.id: (row.region_code, row.slug) for row in after.rows}.items() >= {
        row.id: (row.region_code, row.slug) for row in before.rows
    }.items()
    claims = [(row.region_code, row.slug) for row in after.rows]
    assert len(set(claims)) == len(claims)
    assert all(row.slug for row in after.rows)


@given(listings(), listings(), COUNTIES, CODES, st.randoms())
def test_the_order_in_which_rows_arrive_does_not_matter(
    cities: list[PlaceRow],
    later: list[PlaceRow],
    counties: dict[int, str],
    codes: dict[int, str],
    shuffle: random.Random,
) -> None:
    before = baked(cities, counties=counties, codes=codes).rows
    shuffled_before, shuffled_later = list(before), list(later)
    shuffle.shuffle(shuffled_before)
    shuffle.shuffle(shuffled_later)
    assert baked(shuffled_later, counties=counties, codes=codes, existing=shuffled_before) == baked(
        later, counties=counties, codes=codes, existing=before
    )


@given(listings(), CODES)
def test_a_skipped_place_never_has_the_plain_slug_of_one_with_pages(
    cities: list[PlaceRow], codes: dict[int, str]
) -> None:
    rows = baked(cities, codes=codes).rows
    with_pages = {(row.region_code, row.name) for row in rows if not row.skip}
    for row in rows:
        if row.skip and (row.region_code, row.name) in with_pages:
            assert row.slug.endswith(str(row.id))
