from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.model import Region
from generator.plan.nearby import NEARBY, distance_km, find_surroundings
from generator.plan.surroundings_cache import pack_surroundings, surroundings_digest, unpack_surroundings
from tests.plan.places import place

coordinates = st.tuples(st.floats(-89, 89), st.floats(-180, 180), st.integers(1, 5))


def test_distances_agree_with_a_published_one() -> None:
    # Great-circle distance from New York (40.7128, -74.0060) to Los Angeles (34.0522, -118.2437): 3,936 km.
    new_york = place(1, latitude=40.7128, longitude=-74.0060)
    los_angeles = place(2, latitude=34.0522, longitude=-118.2437)
    assert abs(distance_km(new_york, los_angeles) - 3936) < 1


@given(st.lists(coordinates, min_size=1, max_size=40))
def test_neighbours_are_those_that_a_comparison_of_all_pairs_finds(points: list[tuple[float, float, int]]) -> None:
    places = [place(n, latitude=lat, longitude=lon, population=size) for n, (lat, lon, size) in enumerate(points, 1)]
    found = find_surroundings(places, places)
    for one in places:
        others = sorted((distance_km(one, other), other.id) for other in places if other is not one)
        assert [round(n.kilometres, 6) for n in found[one.id].nearby] == [round(d, 6) for d, _ in others[:NEARBY]]
        larger = [distance_km(one, other) for other in places if other.population > one.population]
        nearest = found[one.id].larger
        assert (nearest is None) == (not larger)
        if nearest:
            assert round(nearest.kilometres, 6) == round(min(larger), 6)


hostile = st.tuples(
    st.sampled_from([-90.0, -89.99, -30.0, 0.0, 1e-7, 30.0, 90.0]),
    st.sampled_from([-180.0, -179.99, -97.0, 0.0, 83.0, 179.99, 180.0]),
    st.integers(0, 3),
)


@given(st.lists(hostile, min_size=1, max_size=120), st.data())
def test_ties_at_poles_antipodes_and_in_one_spot_go_to_the_lower_ids(
    points: list[tuple[float, float, int]], data: st.DataObject
) -> None:
    places = [place(n, latitude=lat, longitude=lon, population=size) for n, (lat, lon, size) in enumerate(points, 1)]
    selected = places[: data.draw(st.integers(1, len(places)))]
    found = find_surroundings(selected, places)
    for one in selected:
        others = sorted((distance_km(one, other), other.id) for other in selected if other is not one)
        assert [(n.kilometres, n.place.id) for n in found[one.id].nearby] == others[:NEARBY]
        larger = [(distance_km(one, other), other.id) for other in places if other.population > one.population]
        nearest = found[one.id].larger
        assert (nearest and (nearest.kilometres, nearest.place.id)) == min(larger, default=None)


def test_the_order_of_the_rows_does_not_matter() -> None:
    places = [place(n, latitude=30 + n % 3, longitude=-97 + n % 4) for n in range(1, 30)]
    assert find_surroundings(places, places) == find_surroundings(places[::-1], places[::-1])


def test_a_place_has_no_neighbour_in_another_country() -> None:
    here, there = place(1), place(2, region=Region("CHH", "Chihuahua", "MX"))
    found = find_surroundings([here, there], [here, there])
    assert found[1].nearby == ()
    assert found[1].larger is None


def test_the_nearest_larger_city_may_be_one_without_a_page() -> None:
    selected, other = place(1, population=100), place(2, population=200, latitude=31.5)
    assert find_surroundings([selected], [selected, other])[1].larger.place is other  # type: ignore[union-attr]


@given(st.lists(coordinates, min_size=1, max_size=20), st.integers(0, 20))
def test_neighbours_come_back_from_where_they_are_kept(points: list[tuple[float, float, int]], count: int) -> None:
    everyone = [place(n, latitude=lat, longitude=lon, population=size) for n, (lat, lon, size) in enumerate(points, 1)]
    selected = everyone[:count]
    found = find_surroundings(selected, everyone)
    assert unpack_surroundings(pack_surroundings(found), selected, everyone) == found


def test_only_what_decides_who_is_a_neighbour_changes_their_digest() -> None:
    here, there = place(1), place(2, latitude=31.0)
    digest = surroundings_digest(*([here], [here, there]))
    assert surroundings_digest(*([replace(here, name="Other")], [here, there])) == digest
    for other in (replace(there, latitude=31.5), replace(there, population=7), replace(there, id=3)):
        assert surroundings_digest(*([here], [here, other])) != digest
    assert surroundings_digest(*([here, there], [here, there])) != digest
