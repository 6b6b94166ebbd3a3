from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import fields

from generator.commands.places.place_rows import PlaceRow, Rename
from generator.commands.places.places_file import places_text, read_places, read_renames
from generator.errors import SiteError
from generator.load.csv_file import clean_cell
from generator.load.places_format import PLACE_COLUMNS

HEADER = ",".join(PLACE_COLUMNS)
WACO = "1,Waco,,TX,Texas,US,31.5,-97.1,139594,America/Chicago,waco,,"


def saved(folder: Path, text: str, name: str = "us.csv") -> Path:
    """The content folder of a site whose file of places, or of overrides, is ``text``."""
    path = folder / "content" / "places" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return folder / "content"


def complaints(folder: Path, *lines: str) -> list[str]:
    with pytest.raises(SiteError) as raised:
        read_places(saved(folder, "\n".join([HEADER, *lines, ""])))
    return str(raised.value).splitlines()


def test_a_row_has_the_columns_of_the_file_in_their_order() -> None:
    assert tuple(field.name for field in fields(PlaceRow)) == PLACE_COLUMNS


# A name as it is read: without controls, without spaces around it.
TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).map(clean_cell).filter(bool)
ROWS = st.lists(
    st.builds(
        PlaceRow,
        id=st.integers(1, 10**9),
        name=TEXT,
        county=TEXT,
        region_code=st.just("TX"),
        region=st.just("Texas"),
        country=st.just("US"),
        latitude=st.integers(-900_000, 900_000).map(lambda number: number / 10_000),
        longitude=st.integers(-1_800_000, 1_800_000).map(lambda number: number / 10_000),
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
    content = saved(tmp_path_factory.mktemp("places"), places_text(rows))
    assert sorted(read_places(content), key=lambda row: row.id) == sorted(rows, key=lambda row: row.id)


def test_a_file_has_plain_line_ends_and_its_header_first() -> None:
    text = places_text(
        [PlaceRow(1, "Waco", "", "TX", "Texas", "US", 31.5, -97.1, 5, "America/Chicago", "waco", ("a", "b"))]
    )
    assert text == f"{HEADER}\n1,Waco,,TX,Texas,US,31.5,-97.1,5,America/Chicago,waco,a b,\n"


def test_a_site_without_places_has_no_rows(tmp_path: Path) -> None:
    assert read_places(tmp_path / "content") == ()


def test_every_row_that_cannot_be_read_is_reported_with_its_line(tmp_path: Path) -> None:
    found = complaints(
        tmp_path,
        WACO.replace("1,Waco", "one,Waco"),
        WACO.replace("31.5", "nan"),
        WACO.replace("139594", "-5"),
        WACO.replace("waco,,", "../etc,,"),
        WACO + ",more",
        WACO,
    )
    for line, what in {
        "2, column id": '"one" is not a whole number above zero',
        "3, column latitude": '"nan" is not a latitude from -90 to 90',
        "4, column population": '"-5" is not a whole number, zero or more',
        "5, column slug": '"../etc" is not a slug',
        "6": "the row has 14 cells, the first line 13 columns",
    }.items():
        assert any(complaint.startswith(f"content/places/us.csv:{line}: {what}. ") for complaint in found)


def test_an_id_listed_twice_is_reported(tmp_path: Path) -> None:
    (found,) = complaints(tmp_path, WACO, WACO.replace("waco", "wako"))
    assert found == (
        'content/places/us.csv:3, column id: the id "1" is already taken by content/places/us.csv:2. '
        "Give each place an id of its own."
    )


def test_a_slug_that_another_row_has_or_had_is_reported(tmp_path: Path) -> None:
    (found,) = complaints(tmp_path, WACO, "2,Austin,,TX,Texas,US,30,-97,9,America/Chicago,austin,waco,")
    assert found == (
        'content/places/us.csv:3, column former_slugs: the slug "waco" is already taken by content/places/us.csv:2. '
        "Within a region each slug, also a former one, belongs to one place."
    )


def test_a_missing_column_is_reported(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match=r'us\.csv:1: the column "slug" is missing, but there is "sulg"'):
        read_places(saved(tmp_path, f"{HEADER.replace('slug,', 'sulg,', 1)}\n"))


def test_a_file_that_is_not_utf_8_is_reported(tmp_path: Path) -> None:
    content = saved(tmp_path, "")
    (content / "places" / "us.csv").write_bytes(HEADER.encode() + b"\n1,Ca\xf1on\n")
    with pytest.raises(SiteError, match=r'places/us\.csv:2: byte 5 of the line is not UTF-8.* as "CSV UTF-8"\.'):
        read_places(content)


def test_only_renames_with_a_slug_are_read_from_the_overrides(tmp_path: Path) -> None:
    text = "action,id,name,region_code,slug\nrename,1,,,new\nrename,2,Waco City,,\nskip,3,,,\nadd,,Camp,TX,camp\n"
    content = saved(tmp_path, text, "overrides.csv")
    assert read_renames(content) == {1: Rename("new", "content/places/overrides.csv:2")}


def test_faulty_renames_are_all_reported(tmp_path: Path) -> None:
    text = "action,id,name,region_code,slug\nrename,Waco,,,new\nrename,1,,,a\nrename,1,,,b\n"
    with pytest.raises(SiteError) as raised:
        read_renames(saved(tmp_path, text, "overrides.csv"))
    assert str(raised.value).splitlines() == [
        'content/places/overrides.csv:2, column id: "Waco" is not a whole number above zero. '
        "Write the GeoNames id, like 4671654.",
        "content/places/overrides.csv:4: id 1 is also renamed at content/places/overrides.csv:3. "
        "Keep one of the two rows.",
    ]
