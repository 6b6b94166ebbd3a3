from hypothesis import given
from hypothesis import strategies as st

from generator.plan.batches import bucket_of, bucket_places
from tests.plan.places import place

ids = st.sets(st.integers(1, 10**8), min_size=1, max_size=400)


def test_a_region_that_fits_one_batch_is_not_divided() -> None:
    assert bucket_places({"US-TX": tuple(place(n) for n in range(1, 50))}, max_routes=50) == {}


def test_a_region_with_as_many_places_as_a_batch_has_routes_is_divided_because_its_hub_needs_one() -> None:
    assert len(bucket_places({"US-TX": tuple(place(n) for n in range(1, 51))}, max_routes=50)) == 50


@given(ids, st.integers(1, 10**8))
def test_adding_a_place_to_a_divided_region_moves_no_other(numbers: set[int], added: int) -> None:
    limit = max(len(numbers) // 8, 1)
    before = bucket_places({"US-TX": tuple(place(n) for n in sorted(numbers))}, max_routes=limit)
    after = bucket_places({"US-TX": tuple(place(n) for n in sorted(numbers | {added}))}, max_routes=limit)
    if max(before.values()) < 64 and max(after.values()) < 64:
        assert {n: after[n] for n in numbers} == before


def test_a_bucket_depends_on_the_id_alone() -> None:
    assert bucket_of(4739526, 64) == bucket_of(4739526, 64)
    assert len({bucket_of(number, 64) for number in range(5_000)}) == 64


def test_the_fullest_bucket_of_a_large_region_stays_within_a_batch() -> None:
    sizes: dict[int, int] = {}
    for number in range(280_000):
        bucket = bucket_of(number, 64)
        sizes[bucket] = sizes.get(bucket, 0) + 1
    assert max(sizes.values()) < 5_000
