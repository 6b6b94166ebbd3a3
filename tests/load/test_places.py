"""Places files: what a row may hold, and what becomes of a row that is wrong."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.load import places as places_module
from generator.load.csv_file import clean_cell
from generator.load.place_row import cell_faults, unsound
from generator.load.places import LoadedPlaces, load_places
from generator.load.places_format import PLACE_COLUMNS
from generator.load.rows import Row
from generator.model import FrozenPlace, Region
from tests.load.places import load


def messages(loaded: LoadedPlaces) -> list[str]:
    return [str(finding) for finding in loaded.findings]


def test_a_row_becomes_a_place_with_its_region(tmp_path: Path) -> None:
    loaded = load(tmp_path, {"slug": "waco", "former_slugs": "waco-village old-waco"})
    (place,) = loaded.places
    assert (place.id, place.name, place.county, place.slug) == (1, "Waco", "McLennan", "waco")
    assert (place.latitude, place.longitude, place.population) == (31.54933, -97.14667, 132356)
    assert (place.region.code, place.region.name, place.country) == ("TX", "Texas", "US")
    assert place.former_slugs == ("waco-village", "old-waco")
    assert place.source == "content/places/us.csv:2"
    assert loaded.findings == ()


def test_places_of_one_region_share_it_and_stand_in_order(tmp_path: Path) -> None:
    loaded = load(tmp_path, {"id": "10"}, {"id": "9"}, {"region_code": "AL", "region": "Alabama"})
    assert [(place.region.code, place.id) for place in loaded.places] == [("AL", 3), ("TX", 9), ("TX", 10)]
    assert loaded.places[1].region is loaded.places[2].region is loaded.regions["US", "TX"]


def test_every_country_has_a_file(tmp_path: Path) -> None:
    load(tmp_path, {})
    loaded = load(tmp_path, {"id": "2", "country": "MX"}, file="mx.csv")
    assert [place.country for place in loaded.places] == ["MX", "US"]


def test_a_skipped_place_is_set_aside_with_its_reason(tmp_path: Path) -> None:
    loaded = load(tmp_path, {"skip": "section of Austin"}, {})
    assert [place.id for place in loaded.places] == [2]
    assert [place.id for place in loaded.skipped] == [1]
    assert loaded.reasons == {1: "section of Austin"}


def test_places_share_a_name_within_a_region_unless_one_is_skipped(tmp_path: Path) -> None:
    loaded = load(
        tmp_path,
        {"name": "Lakeway"},
        {"name": "Lakeway"},
        {"name": "Troy"},
        {"name": "Troy", "skip": "a section"},
        {"name": "Troy", "region_code": "AL", "region": "Alabama"},
    )
    assert {place.id: place.shares_name for place in loaded.places} == {1: True, 2: True, 3: False, 5: False}


def test_a_faulty_row_does_not_change_the_pages_of_its_namesake(tmp_path: Path) -> None:
    loaded = load(tmp_path, {"name": "Troy"}, {"name": "Troy", "population": "many"})
    assert [place.shares_name for place in loaded.places] == [True]


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("id", "0", '"0" is not a whole number above zero. Write the GeoNames id, like 4671654.'),
        ("id", "", "the cell is empty. Write the GeoNames id, like 4671654."),
        ("name", "", "the cell is empty. Write the place's name."),
        ("name", "x" * 301, f'"{"x" * 40}…" is not a name of at most 300 characters. Shorten it.'),
        ("county", "x" * 301, f'"{"x" * 40}…" is not a name of at most 300 characters. Shorten it.'),
        ("region_code", "tx", '"tx" is not a region\'s code. Write it in capitals, like TX.'),
        ("region", "", "the cell is empty. Write the region's name, like Texas."),
        ("country", "USA", '"USA" is not a country\'s code. Write two capital letters, like US.'),
        (
            "country",
            "MX",
            '"MX" is not the country that the file is named after, "US". Move the row to that country\'s file.',
        ),
        (
            "latitude",
            "90.1",
            '"90.1" is not a latitude from -90 to 90. Write degrees with a decimal point, like 30.26715.',
        ),
        (
            "longitude",
            "-180.5",
            '"-180.5" is not a longitude from -180 to 180. Write degrees with a decimal point, like -97.74306.',
        ),
        ("population", "-1", '"-1" is not a whole number, zero or more. Write digits only, like 15000.'),
        ("time_zone", "America/Chicgo", '"America/Chicgo" is not a known time zone. Did you mean "America/Chicago"?'),
        ("time_zone", "noon", '"noon" is not a known time zone. Write a name like America/Chicago.'),
        ("time_zone", "", "the cell is empty. Write a name like America/Chicago."),
        (
            "slug",
            "San--Antonio",
            '"San--Antonio" is not a slug. Use a-z, 0-9 and single hyphens, at most 200 characters, like san-antonio.',
        ),
        (
            "slug",
            "x" * 201,
            f'"{"x" * 40}…" is not a slug. Use a-z, 0-9 and single hyphens, at most 200 characters, like san-antonio.',
        ),
        (
            "former_slugs",
            "ok ../no",
            '"ok ../no" is not a list of slugs with spaces between them. '
            "Use a-z, 0-9 and single hyphens in each, like st-paul.",
        ),
    ],
)
def test_a_faulty_cell_is_an_error_with_its_row_and_column(
    tmp_path: Path, column: str, value: str, message: str
) -> None:
    loaded = load(tmp_path, {}, {column: value}, {})
    assert messages(loaded) == [f"content/places/us.csv:3, column {column}: {message}"]
    assert loaded.findings[0].severity == "error"
    assert [place.id for place in loaded.places] == [1, 3]


@pytest.mark.parametrize(
    ("column", "value"),
    [("latitude", "90"), ("latitude", "-90.0"), ("longitude", "180"), ("longitude", "-179.99"), ("latitude", "05.5"),
     ("population", "0"), ("name", "x" * 300), ("county", ""), ("slug", "x" * 200), ("name", "مدينة 🌵 <b>")],
)  # fmt: skip
def test_a_value_at_the_edge_is_accepted(tmp_path: Path, column: str, value: str) -> None:
    assert messages(load(tmp_path, {column: value})) == []


def test_every_fault_of_a_row_is_reported(tmp_path: Path) -> None:
    loaded = load(tmp_path, {"name": "", "latitude": "north", "population": "1.5", "slug": "UP"})
    assert [finding.where.split(", column ")[1] for finding in loaded.findings] == [
        "name",
        "latitude",
        "population",
        "slug",
    ]


def test_a_faulty_row_that_can_be_identified_is_frozen(tmp_path: Path) -> None:
    loaded = load(tmp_path, {"population": "many"})
    assert loaded.frozen == (FrozenPlace(1, "Waco", Region("TX", "Texas", "US"), "waco-1", "content/places/us.csv:2"),)
    assert not loaded.has_unreadable_rows
    assert loaded.regions["US", "TX"].name == "Texas"


@pytest.mark.parametrize("change", [{"id": "x"}, {"slug": ""}, {"region_code": ""}, {"country": "MX"}, {"name": "a,b"}])
def test_a_row_that_cannot_be_identified_protects_every_published_page(tmp_path: Path, change: dict[str, str]) -> None:
    loaded = load(tmp_path, change, {})
    assert (loaded.has_unreadable_rows, loaded.frozen) == (True, ())
    assert [place.id for place in loaded.places] == [2]


def test_an_id_belongs_to_one_place_in_all_files(tmp_path: Path) -> None:
    load(tmp_path, {"country": "MX"}, file="mx.csv")
    loaded = load(tmp_path, {})
    assert messages(loaded) == [
        'content/places/us.csv:2, column id: the id "1" is already taken by content/places/mx.csv:2. '
        "Give each place an id of its own."
    ]
    assert loaded.has_unreadable_rows
    assert [place.country for place in loaded.places] == ["MX"]


def test_a_slug_belongs_to_one_place_of_a_region(tmp_path: Path) -> None:
    loaded = load(
        tmp_path, {"slug": "waco"}, {"slug": "waco"}, {"slug": "waco", "region_code": "AL", "region": "Alabama"}
    )
    assert messages(loaded) == [
        'content/places/us.csv:3, column slug: the slug "waco" is already taken by content/places/us.csv:2. '
        "Within a region each slug, also a former one, belongs to one place."
    ]


def test_a_former_slug_belongs_to_one_place_of_a_region(tmp_path: Path) -> None:
    loaded = load(
        tmp_path,
        {"slug": "a", "former_slugs": "b"},
        {"slug": "b"},
        {"slug": "c", "former_slugs": "c"},
        {"slug": "d", "former_slugs": "e"},
        {"slug": "f", "former_slugs": "e"},
    )
    fix = "Within a region each slug, also a former one, belongs to one place."
    at = "content/places/us.csv"
    assert messages(loaded) == [
        f'{at}:2, column former_slugs: the slug "b" is already taken by {at}:3. {fix}',
        f'{at}:4, column former_slugs: the slug "c" is already taken by the place itself. {fix}',
        f'{at}:6, column former_slugs: the slug "e" is already taken by {at}:5. {fix}',
    ]
    assert [place.id for place in loaded.frozen] == [1, 3, 5]


def test_a_region_is_called_what_most_of_its_rows_call_it(tmp_path: Path) -> None:
    loaded = load(tmp_path, {"region": "Texs"}, {}, {}, {"region": "Qqqq"})
    assert messages(loaded) == [
        'content/places/us.csv:2, column region: "Texs" is not what other rows call the region TX. '
        'Did you mean "Texas"?',
        'content/places/us.csv:5, column region: "Qqqq" is not what other rows call the region TX. They call it Texas.',
    ]


def test_a_missing_column_stops_the_build(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "places"
    folder.mkdir(parents=True)
    (folder / "us.csv").write_text(",".join(PLACE_COLUMNS).replace("population", "popluation") + "\n")
    loaded = load_places(tmp_path / "content")
    assert messages(loaded) == [
        'content/places/us.csv:1: the column "population" is missing, but there is "popluation". '
        'Did you mean "population"?'
    ]
    assert loaded.findings[0].severity == "stop"


def test_a_file_that_is_not_named_after_a_country_stops_the_build(tmp_path: Path) -> None:
    assert messages(load(tmp_path, {}, file="texas.csv")) == [
        "content/places/texas.csv: the file is not named after a country. Give it a name like us.csv."
    ]


def test_a_site_without_places_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "content" / "places").mkdir(parents=True)
    (tmp_path / "content" / "places" / "overrides.csv").write_text("action\n")
    assert messages(load_places(tmp_path / "content")) == [
        "content/places: there is no file of places. Make one with the places command, like us.csv."
    ]


def test_a_computer_without_time_zones_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places_module, "knows_time_zones", bool)
    assert messages(load(tmp_path, {})) == [
        "time zones: this computer does not know any. Install the Python package tzdata."
    ]


def test_the_quick_look_at_a_row_agrees_with_the_look_at_each_cell(tmp_path: Path) -> None:
    hostile = ["", "0", "-1", "1.5", "x", "TX", "US", "Wa\x1fco", "a b", "a--b", "90.0001", "America/Chicago"]
    for column in PLACE_COLUMNS[:-1]:
        for value in hostile:
            loaded = load(tmp_path, {column: value})
            assert bool(loaded.places) == (loaded.findings == ()), (column, value)


@given(
    st.sampled_from(PLACE_COLUMNS[:-1]), st.sets(st.one_of(st.sampled_from(["Etc/UTC", "TX", "9.", "a b"]), st.text()))
)
def test_texts_of_a_column_are_unsound_where_a_cell_of_one_is(column: str, texts: set[str]) -> None:
    texts = {clean_cell(text) for text in texts}
    assert unsound(column, texts) == {text for text in texts if cell_faults(Row("us.csv", 2, {column: text}), [column])}
