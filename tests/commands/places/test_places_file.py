from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import fields

from generator.commands.places.place_rows import PlaceRow, Rename
from generator.commands.places.places_file import places_text, read_places, read_renames, write_whole
from generator.errors import SiteError
from generator.load.places_format import PLACE_COLUMNS

HEADER = ",".join(PLACE_COLUMNS)
WACO = "1,Waco,,TX,Texas,US,31.5,-97.1,139594,America/Chicago,waco,,"


def saved(folder: Path, text: str) -> Path:
    path = folder / "us.csv"
    path.write_bytes(text.encode())
    return path


def complaints(folder: Path, *lines: str) -> list[str]:
    with pytest.raises(SiteError) as raised:
        read_places(saved(folder, "\n".join([HEADER, *lines, ""])), "places/us.csv")
    return str(raised.value).splitlines()


def test_a_row_has_the_columns_of_the_file_in_their_order() -> None:
    assert tuple(field.name for field in fields(PlaceRow)) == PLACE_COLUMNS


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=20)
ROWS = st.lists(
    st.builds(
        PlaceRow,
        id=st.integers(1, 10**9),
        name=TEXT,
        county=TEXT,
        region_code=TEXT,
        region=TEXT,
        country=st.just("US"),
        latitude=st.floats(-90, 90),
        longitude=st.floats(-180, 180),
        population=st.integers(0, 10**8),
        time_zone=st.just("America/Chicago"),
        slug=st.just(""),
        skip=st.sampled_from(["", "a section, so to say"]),
    ),
    unique_by=lambda row: row.id,
    max_size=5,
).map(
    lambda rows: [
        PlaceRow(
            **{column: getattr(row, column) for column in PLACE_COLUMNS}
            | {"slug": f"p-{row.id}", "former_slugs": (f"q-{row.id}",)}
        )
        for row in rows
    ]
)


@given(ROWS)
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, rows: list[PlaceRow]) -> None:
    path = tmp_path_factory.mktemp("places") / "us.csv"
    write_whole(path, places_text(rows))
    assert list(read_places(path, "us.csv")) == rows


def test_a_file_has_plain_line_ends_and_its_header_first() -> None:
    text = places_text(
        [PlaceRow(1, "Waco", "", "TX", "Texas", "US", 31.5, -97.1, 5, "America/Chicago", "waco", ("a", "b"))]
    )
    assert text == f"{HEADER}\n1,Waco,,TX,Texas,US,31.5,-97.1,5,America/Chicago,waco,a b,\n"


def test_a_missing_file_has_no_rows(tmp_path: Path) -> None:
    assert read_places(tmp_path / "us.csv", "us.csv") == ()


def test_every_row_that_cannot_be_read_is_reported_with_its_line(tmp_path: Path) -> None:
    cure = "Correct it, or take back the change."
    assert complaints(
        tmp_path,
        WACO.replace("1,Waco", "one,Waco"),
        WACO.replace("31.5", "nan"),
        WACO.replace("139594", "-5"),
        WACO.replace("waco,,", "../etc,,"),
        WACO + ",more",
        WACO,
    ) == [
        f'places/us.csv:2: this row cannot be read (id "one" is no whole number). {cure}',
        f'places/us.csv:3: this row cannot be read (latitude "nan" is no number). {cure}',
        f'places/us.csv:4: this row cannot be read (population "-5" is no whole number). {cure}',
        f'places/us.csv:5: this row cannot be read ("../etc" is no slug). {cure}',
        f"places/us.csv:6: this row cannot be read (it has more cells than the header). {cure}",
    ]


def test_an_id_listed_twice_is_reported(tmp_path: Path) -> None:
    assert complaints(tmp_path, WACO, WACO) == ["places/us.csv:3: id 1 is also in line 2. Keep one of the two rows."]


def test_a_slug_that_another_row_has_or_had_is_reported(tmp_path: Path) -> None:
    assert complaints(tmp_path, WACO, "2,Austin,,TX,Texas,US,30,-97,9,America/Chicago,austin,waco,") == [
        'places/us.csv:3: the slug "waco" of Austin also belongs to line 2. Give back the slug that the row had.'
    ]


def test_a_missing_column_is_reported(tmp_path: Path) -> None:
    with pytest.raises(SiteError) as raised:
        read_places(saved(tmp_path, f"{HEADER.replace('slug,', 'sulg,', 1)}\n"), "places/us.csv")
    assert str(raised.value) == 'places/us.csv:1: the column "slug" is missing. Give the file its first line back.'


def test_a_file_that_is_not_utf_8_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "us.csv"
    path.write_bytes(HEADER.encode() + b"\n1,Ca\xf1on\n")
    with pytest.raises(SiteError, match=r'places/us\.csv: this is not UTF-8 text .* Save it as "CSV UTF-8"\.'):
        read_places(path, "places/us.csv")


def test_only_renames_with_a_slug_are_read_from_the_overrides(tmp_path: Path) -> None:
    text = "action,id,name,region_code,slug\nrename,1,,,new\nrename,2,Waco City,,\nskip,3,,,\nadd,,Camp,TX,camp\n"
    assert read_renames(saved(tmp_path, text), "overrides.csv") == {1: Rename("new", "overrides.csv:2")}


def test_faulty_renames_are_all_reported(tmp_path: Path) -> None:
    text = "action,id,name,region_code,slug\nrename,Waco,,,new\nrename,1,,,a\nrename,1,,,b\n"
    with pytest.raises(SiteError) as raised:
        read_renames(saved(tmp_path, text), "overrides.csv")
    assert str(raised.value).splitlines() == [
        """overrides.csv:2: "Waco" is no GeoNames id. Write the number in the places file's first column.""",
        "overrides.csv:4: id 1 is also renamed at overrides.csv:3. Keep one of the two rows.",
    ]


def test_a_file_is_replaced_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = saved(tmp_path, "old")
    write_whole(path, "new\n")
    assert path.read_bytes() == b"new\n"
    assert list(tmp_path.iterdir()) == [path]
