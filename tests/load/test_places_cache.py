"""Places come back from the ledger as they were read, and are read again when their files change."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.config import CheckConfig
from generator.load.places import load_places
from generator.load.places_cache import pack_places, places_digest, unpack_places
from tests.load.places import load

changes = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["Waco", "Ōsaka 大阪", ""]),
        "county": st.sampled_from(["", "Bell"]),
        "region_code": st.sampled_from(["TX", "AL"]),
        "latitude": st.floats(-89, 89).map(lambda number: f"{number:.12f}"),
        "population": st.sampled_from(["0", "999999999999999", "many"]),
        "slug": st.sampled_from(["waco", "one"]),
        "former_slugs": st.sampled_from(["two", "two three"]),
        "skip": st.sampled_from(["", "We have left."]),
    },
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(changes, min_size=1, max_size=6))
def test_what_is_read_comes_back_with_every_fault(tmp_path: Path, rows: list[dict[str, str]]) -> None:
    loaded = load(tmp_path, *rows)
    assert unpack_places(pack_places(loaded)) == loaded


def test_places_of_one_region_share_it_when_they_come_back(tmp_path: Path) -> None:
    loaded = unpack_places(pack_places(load(tmp_path, {}, {"skip": "We have left."}, {})))
    regions = {id(place.region) for place in (*loaded.places, loaded.skipped[0])}
    assert regions == {id(loaded.regions["US", "TX"])}


def test_a_changed_an_added_and_a_renamed_file_change_the_digest(tmp_path: Path) -> None:
    load(tmp_path, {})
    content = tmp_path / "content"
    digests = [places_digest(content, [])]
    load(tmp_path, {"population": "5"})
    digests.append(places_digest(content, []))
    load(tmp_path, {}, file="mx.csv")
    digests.append(places_digest(content, []))
    (content / "places" / "mx.csv").rename(content / "places" / "ca.csv")
    digests.append(places_digest(content, []))
    assert len(set(digests)) == 4
    (content / "places" / "overrides.csv").write_text("action\n")
    assert places_digest(content, []) == digests[-1]
    off = CheckConfig(rule="cell_placeholder", severity="off", reason="So.")
    assert places_digest(content, [off]) != digests[-1]


def test_a_file_that_cannot_be_read_is_told_of_by_whoever_reads_it(tmp_path: Path) -> None:
    (tmp_path / "content" / "places" / "us.csv").mkdir(parents=True)
    assert places_digest(tmp_path / "content", [])
    (finding,) = load_places(tmp_path / "content").findings
    assert finding.what.startswith("the file cannot be read")
