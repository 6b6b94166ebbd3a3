"""Leaves of a k-d tree: none leaves out what lies within its reach."""

import numpy
from hypothesis import given
from hypothesis import strategies as st

from generator.plan.kd_leaves import at_least_as_near, leaves

degrees = st.tuples(st.sampled_from([-90, -45, 0, 0.001, 45, 90]), st.sampled_from([-180, -179.9, 0, 0.001, 90, 180]))
anywhere = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(st.lists(st.one_of(degrees, anywhere), min_size=1, max_size=300))
def test_every_point_is_in_one_leaf_and_all_within_its_reach_are_around_it(points: list[tuple[float, float]]) -> None:
    north, east = numpy.radians(numpy.array(points)).T
    vectors = numpy.column_stack(
        (numpy.cos(north) * numpy.cos(east), numpy.cos(north) * numpy.sin(east), numpy.sin(north))
    )
    found = list(leaves(vectors, 8))
    assert sorted(number for leaf in found for number in leaf.members.tolist()) == list(range(len(points)))
    for leaf in found:
        chords = numpy.linalg.norm(vectors[leaf.members][:, None] - vectors[None], axis=2)
        assert set(numpy.flatnonzero((chords <= leaf.reach).any(axis=0)).tolist()) <= set(leaf.around.tolist())
        assert ((chords <= leaf.reach + 1e-12).sum(axis=1) > min(8, len(leaf.members) - 1)).all()


def test_what_rounding_may_have_moved_is_as_near() -> None:
    cosines = numpy.array([1.0, 0.5, -1.0])
    assert (at_least_as_near(cosines) < cosines - 2e-16).all()
