"""The marketer's overrides: what each action does, and every way in which a row can be wrong."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.load.overrides import apply_overrides
from generator.load.places import LoadedPlaces
from generator.model import FrozenPlace, Place, Region

TEXAS = Region("TX", "Texas", "US")
NEW_YORK = Region("NY", "New York", "US")
AT = "content/places/overrides.csv"
COLUMNS = "action,id,name,region_code,country,slug,county,latitude,longitude,population,time_zone,reason"
HEADER = COLUMNS + ",name:en-US,name:es-US"


def place(number: int, name: str, slug: str, region: Region = TEXAS, **more: object) -> Place:
    facts = {"county": "", "population": 1000, "latitude": 31.0, "longitude": -97.0, "time_zone": "America/Chicago"}
    facts |= {"source": f"content/places/us.csv:{number}", "country": region.country} | more
    return Place(id=number, name=name, region=region, slug=slug, **facts)  # type: ignore[arg-type]


WACO = place(1, "Waco", "waco", former_slugs=("waco-village",))
LOADED = LoadedPlaces(
    places=(
        place(5, "New York", "new-york", NEW_YORK),
        WACO,
        place(2, "Lakeway", "lakeway", county="Travis", population=15000),
        place(3, "Lakeway", "lakeway-bexar"),
    ),
    skipped=(place(4, "Hyde Park", "hyde-park"),),
    frozen=(FrozenPlace(6, "Troy", TEXAS, "troy", "content/places/us.csv:6"),),
    regions={("US", "TX"): TEXAS, ("US", "NY"): NEW_YORK},
)


def apply(tmp_path: Path, *rows: str, header: str = HEADER, loaded: LoadedPlaces = LOADED) -> LoadedPlaces:
    """Apply rows given as ``column=value`` pairs separated by semicolons."""
    folder = tmp_path / "content" / "places"
    folder.mkdir(parents=True, exist_ok=True)
    columns = header.split(",")
    lines = [header]
    for row in rows:
        cells = dict(pair.split("=", 1) for pair in row.split(";"))
        assert set(cells) <= set(columns)
        lines.append(",".join(cells.get(column, "") for column in columns))
    (folder / "overrides.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return apply_overrides(loaded, tmp_path / "content", ("en-US", "es-US"))


def messages(result: LoadedPlaces) -> list[str]:
    return [str(finding) for finding in result.findings]


def by_id(result: LoadedPlaces) -> dict[int, Place]:
    assert messages(result) == []
    return {place.id: place for place in result.places}


def test_without_the_file_nothing_changes(tmp_path: Path) -> None:
    assert apply_overrides(LOADED, tmp_path / "content", ()) == LOADED


ADD = (
    "action=add;id=99;name=Marfa;region_code=TX;country=US;slug=marfa;county=Presidio;latitude=30.3;longitude=-104.02"
    ";population=1788;time_zone=America/Chicago"
)


def test_a_place_that_the_file_lacks_is_added(tmp_path: Path) -> None:
    marfa = by_id(apply(tmp_path, ADD + ";name:es-US=Marfa la Bella"))[99]
    assert (marfa.name, marfa.county, marfa.region, marfa.population) == ("Marfa", "Presidio", TEXAS, 1788)
    assert (marfa.slug, marfa.source, marfa.names) == ("marfa", f"{AT}:2", {"es-US": "Marfa la Bella"})


def test_an_added_place_can_be_addressed_by_a_row_above_it(tmp_path: Path) -> None:
    result = apply(tmp_path, "action=include;name=Marfa;region_code=TX", ADD)
    assert (messages(result), result.included) == ([], frozenset({99}))


def test_a_place_that_is_added_beside_a_namesake_shares_its_name(tmp_path: Path) -> None:
    places = by_id(apply(tmp_path, ADD.replace("name=Marfa", "name=Waco")))
    assert (places[1].shares_name, places[99].shares_name, places[5].shares_name) == (True, True, False)


def test_an_included_place_is_selected_and_no_longer_skipped(tmp_path: Path) -> None:
    result = apply(tmp_path, "action=include;id=4")
    assert by_id(result)[4].name == "Hyde Park"
    assert (set(result.included), len(result.skipped)) == ({4}, 0)


def test_a_skipped_place_is_set_aside(tmp_path: Path) -> None:
    result = apply(tmp_path, "action=skip;name=waco;region_code=TX;reason=no providers")
    assert 1 not in by_id(result)
    assert [place.name for place in result.skipped] == ["Waco", "Hyde Park"]


def test_skipping_a_namesake_leaves_the_other_alone_with_its_name(tmp_path: Path) -> None:
    places = by_id(apply(tmp_path, "action=skip;id=3;reason=no providers"))
    assert not places[2].shares_name


def test_a_renamed_place_keeps_its_slug(tmp_path: Path) -> None:
    waco = by_id(apply(tmp_path, "action=rename;id=1;name=Waco City"))[1]
    assert (waco.name, waco.slug, waco.former_slugs) == ("Waco City", "waco", ("waco-village",))


def test_a_new_slug_leaves_the_old_one_as_a_redirect(tmp_path: Path) -> None:
    waco = by_id(apply(tmp_path, "action=rename;id=1;name=Waco;slug=waco-city"))[1]
    assert (waco.slug, waco.former_slugs) == ("waco-city", ("waco-village", "waco"))


def test_a_slug_that_returns_is_no_longer_a_former_one(tmp_path: Path) -> None:
    waco = by_id(apply(tmp_path, "action=rename;id=1;name=Waco;slug=waco-village"))[1]
    assert (waco.slug, waco.former_slugs) == ("waco-village", ("waco",))


def test_a_place_has_localised_names(tmp_path: Path) -> None:
    result = apply(tmp_path, "action=localise;name=New York;region_code=NY;name:es-US=Nueva York")
    assert by_id(result)[5].names == {"es-US": "Nueva York"}


def test_a_region_has_localised_names_in_all_its_places(tmp_path: Path) -> None:
    result = apply(tmp_path, "action=localise;region_code=TX;country=US;name:es-US=Tejas")
    places = by_id(result)
    assert places[1].region.names == {"es-US": "Tejas"}
    assert places[1].region is places[2].region is result.regions["US", "TX"]
    assert result.skipped[0].region is places[1].region
    assert places[5].region is NEW_YORK


def test_several_actions_can_change_one_place(tmp_path: Path) -> None:
    result = apply(tmp_path, "action=rename;id=1;name=Waco City", "action=include;id=1;name=Waco",
                   "action=localise;name=Waco;region_code=TX;name:en-US=W")  # fmt: skip
    assert (by_id(result)[1].name, by_id(result)[1].names) == ("Waco City", {"en-US": "W"})


@pytest.mark.parametrize("row", ["action=include;id=6", "action=skip;name=Troy;region_code=TX;reason=x"])
def test_a_row_about_a_place_whose_own_row_is_faulty_waits(tmp_path: Path, row: str) -> None:
    result = apply(tmp_path, row)
    assert (messages(result), len(result.places), result.included) == ([], 4, frozenset())


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("action=incldue;id=1", ', column action: unknown action "incldue". Did you mean "include"?'),
        ("id=1", ", column action: the cell is empty. Known: add, include, localise, rename, skip."),
        ("action=skip;id=1", ", column reason: the cell is empty. Say why the place gets no pages."),
        ("action=include;id=1;slug=x", ', column slug: the action "include" does not read this cell. Empty it.'),
        (
            "action=skip;id=1;reason=x;name:es-US=x",
            ', column name:es-US: the action "skip" does not read this cell. Empty it.',
        ),
        ("action=include", ": the row does not say which place it is about. Fill in id, or name and region_code."),
        (
            "action=include;id=x",
            ', column id: "x" is not a whole number above zero. Write the GeoNames id, like 4671654.',
        ),
        (
            "action=include;id=77",
            ', column id: no place has the id 77. Look it up in the places file. Use "add" to make a new one.',
        ),
        (
            "action=include;id=1;name=Austin",
            ", column id: the id 1 is 1 Waco (TX), population 1,000, which is not what the row's other cells say. "
            "Correct the id, or empty the cells that disagree with it.",
        ),
        (
            "action=include;name=Lakewya;region_code=TX",
            ', column name: no place in TX is called "Lakewya". Did you mean "Lakeway"?',
        ),
        (
            "action=include;name=Zzz;region_code=TX",
            ', column name: no place in TX is called "Zzz". Use "add" to make a new one.',
        ),
        (
            "action=include;name=Waco;region_code=TXX",
            ', column region_code: no place is in a region "TXX". Did you mean "TX"?',
        ),
        (
            "action=include;name=Waco;region_code=TX;country=MX",
            ', column country: there are no places of the country "MX". Known: US.',
        ),
        (
            "action=include;name=Lakeway;region_code=TX",
            ', column name: "Lakeway" in TX is ambiguous. Fill in the id of the one you mean: '
            "2 Lakeway (Travis, TX), population 15,000; 3 Lakeway (TX), population 1,000.",
        ),
        (
            "action=rename;name=Waco;region_code=TX",
            ", column id: the cell is empty. Write the GeoNames id, like 4671654.",
        ),
        ("action=rename;id=1", ", column name: the cell is empty. Write the place's name."),
        (
            "action=rename;id=1;name=Waco;slug=Waco City",
            ', column slug: "Waco City" is not a slug. '
            "Use a-z, 0-9 and single hyphens, at most 200 characters, like san-antonio.",
        ),
        (
            "action=rename;id=1;name=Waco;slug=lakeway",
            ', column slug: the slug "lakeway", or a former one, belongs to 2 Lakeway (Travis, TX), '
            "population 15,000. Choose another slug.",
        ),
        (
            "action=rename;id=1;name=Waco;slug=troy",
            ', column slug: the slug "troy", or a former one, belongs to 6 Troy (TX), '
            "faulty at content/places/us.csv:6. Choose another slug.",
        ),
        (
            "action=localise;id=1",
            ": the row gives no localised name. "
            "Fill in a column like name:es-US, with the tag of one of the site's locales.",
        ),
        (
            f"action=localise;id=1;name:es-US={'x' * 301}",
            f', column name:es-US: "{"x" * 40}…" is not a name of at most 300 characters. Shorten it.',
        ),
        (
            "action=localise;name:es-US=Tejas",
            ": the row says neither which place nor which region it is about. "
            "Fill in id, or name and region_code, or region_code alone.",
        ),
        (
            "action=localise;region_code=XT;name:es-US=Tejas;country=US",
            ', column region_code: no place is in a region "XT" of US. Known: NY, TX.',
        ),
        (ADD.replace("id=99", "id=1"), ", column id: the id 1 is already taken by 1 Waco (TX), population 1,000. "
         'To change that place use "include", "rename" or "localise".'),
        (ADD.replace("slug=marfa", "slug=waco-village"), ', column slug: the slug "waco-village", or a former one, '
         "belongs to 1 Waco (TX), population 1,000. Choose another slug."),
    ],
)  # fmt: skip
def test_a_faulty_row_stops_the_build_with_its_line(tmp_path: Path, row: str, message: str) -> None:
    result = apply(tmp_path, row)
    assert messages(result) == [f"{AT}:2{message}"]
    assert result.findings[0].severity == "stop"


def test_every_fault_of_an_added_place_is_reported(tmp_path: Path) -> None:
    result = apply(tmp_path, "action=add;id=99;region_code=ZZ;country=US;latitude=95;population=few")
    assert [finding.where.removeprefix(f"{AT}:2, column ") for finding in result.findings] == [
        "name", "latitude", "longitude", "population", "time_zone", "slug", "region_code",
    ]  # fmt: skip


def test_a_region_may_be_called_by_its_name(tmp_path: Path) -> None:
    assert apply(tmp_path, "action=include;name=waco;region_code=texas").included == {1}


def test_two_rows_cannot_do_the_same_to_one_place(tmp_path: Path) -> None:
    result = apply(tmp_path, "action=include;id=1", "action=skip;name=Waco;region_code=TX;reason=x",
                   "action=localise;region_code=NY;name:es-US=NY",
                   "action=localise;region_code=NY;name:en-US=NY")  # fmt: skip
    assert messages(result) == [
        f'{AT}:3, column action: {AT}:2 already has the action "include" for the same place. Keep one of the two rows.',
        f"{AT}:5, column action: {AT}:4 already has the action "
        '"localise" for the same region. Keep one of the two rows.',
    ]


def test_a_region_of_two_countries_needs_its_country(tmp_path: Path) -> None:
    other = Region("TX", "Tlaxcala", "MX")
    loaded = LoadedPlaces(regions={("US", "TX"): TEXAS, ("MX", "TX"): other})
    result = apply(tmp_path, "action=localise;region_code=TX;name:es-US=Tejas", loaded=loaded)
    assert messages(result) == [f'{AT}:2, column country: the region "TX" exists in MX, US. Fill in the country.']


def test_a_place_that_may_stand_in_an_unreadable_row_does_not_stop_the_build(tmp_path: Path) -> None:
    result = apply(tmp_path, "action=include;id=77", loaded=replace(LOADED, has_unreadable_rows=True))
    assert [finding.severity for finding in result.findings] == ["error"]


def test_a_column_for_a_language_that_the_site_lacks_is_reported(tmp_path: Path) -> None:
    result = apply(tmp_path, header="action,id,name:es-MX")
    assert messages(result) == [f'{AT}:1: unknown column "name:es-MX". Did you mean "name:es-US"?']
