"""Variants that are kept between builds stand for rows as they did, without another run of their template."""

from __future__ import annotations

import pytest
from msgspec import msgpack

from generator.tracing.kept import KeptExpressions, adopt, keep
from tests.tracing.loop_snippets import BY_ITEM, lines
from tests.tracing.traced import Tracing, compare, places, recalled

SOURCE = "{% if place.county %}{{ place.county | upper }}{% else %}-{% endif %}{{ place.population + 1 }}"


def traced(source: str, count: int) -> Tracing:
    """A template that was traced for the first ``count`` places."""
    tracing = Tracing("html", {"main": source})
    tracing.block(places()[:count])
    return tracing


def test_rows_that_decide_as_others_did_need_no_run() -> None:
    before, now = traced(SOURCE, 64), Tracing("html", {"main": SOURCE})
    assert recalled(before, now)
    assert now.block(places()) == before.block(places())
    assert (before.runs, now.runs) == (len(before.variants.found), 0)


def test_rows_that_decide_otherwise_are_traced() -> None:
    before, now = traced(SOURCE, 1), Tracing("html", {"main": SOURCE})
    assert recalled(before, now)
    assert now.block(places()) == traced(SOURCE, 64).block(places())
    assert now.runs == len(now.variants.found) - 1 > 0


def test_items_of_loops_are_kept_too_and_new_ones_traced() -> None:
    source = "{% for n in place.nearby %}{% if n.region_label %}{{ n.name }}{% else %}-{% endif %}{% endfor %}"
    rows = [place for place in places() if place.nearby]
    alike = [place for place in rows if all(near.region_label for near in place.nearby)]
    before, now = Tracing("html", {"main": source}), Tracing("html", {"main": source})
    before.block(alike)
    assert recalled(before, now)
    assert now.block(alike) == before.block(alike)
    assert now.runs == 0
    assert now.block(rows) == before.block(rows)
    assert now.runs == 1


@pytest.mark.parametrize("source", [source for source in lines(BY_ITEM) if "{% trans" not in source])
def test_whatever_is_followed_by_item_can_be_kept(source: str) -> None:
    assert compare("html", {"main": source}).is_kept


def test_what_is_not_known_by_a_name_is_not_kept() -> None:
    tracing = traced("{{ place.name | truncate(9) }}", 64)
    tracing.recorder.functions.clear()
    with pytest.raises(LookupError):
        keep(tracing.recorder, [found.slots for _, found in tracing.variants.kept])


def test_an_expression_that_was_altered_is_noticed() -> None:
    tracing, now = traced(SOURCE, 64), Tracing("html", {"main": SOURCE})
    kept = keep(tracing.recorder, [found.slots for _, found in tracing.variants.kept])
    text = msgpack.encode(kept).replace(b"county", b"region")
    with pytest.raises(LookupError):
        adopt(now.recorder, msgpack.decode(text, type=KeptExpressions), now.variants.run)
