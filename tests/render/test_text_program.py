"""An author's texts, worked out in one run and kept for a region, are what Jinja makes of each by itself."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import nodes

from generator.model import Source
from generator.render.partial.values import Record
from generator.render.specialize import END, UnusualPage, pieces_of, texts_of
from generator.render.text_program import Program, Unit
from generator.templating.contract import ContentPageView, PlaceView, RegionView
from generator.templating.sandbox import content_environment

TEXTS = (
    "All have this.",
    "In {{ place.region.name }} ask the {{ place.region.board }}.",
    "{% if page.region.board == 'B' %}Board B{% endif %}",
    "{{ place.name }} and {{ place.name }}, {{ page.region.name }}",
    "{{ place.name.upper() }}{% set x = place.name %}{{ x }}",
    "{% for n in (place.region.name, place.name) %}{{ n }} {% endfor %}",
)
REGIONS = [RegionView(name, name, "US", f"/{name}/", {"board": name}) for name in ("A", "B")]


def names(name: str, region: RegionView) -> dict[str, object]:
    place = PlaceView(1, name, name, name, None, region, "US", 0.0, 0.0, 1, "America/Chicago")
    return {"place": place, "page": ContentPageView("place", "/", "/", region)}


def program(is_html: bool) -> Program:
    place, page = nodes.Name("place", "load"), nodes.Name("page", "load")
    region = Record({}, nodes.Getattr(page, "region", "load"))
    known = {"place": Record({}, place), "page": Record({"region": region}, page)}
    made = Program(content_environment(is_html), known, {})
    for number, text in enumerate(TEXTS):
        made.add(Unit(number, (made.wording(Source(text, "x.md:1")),), 0.0, 1.0))
    return made


pages = st.tuples(st.text(st.characters(codec="utf-8"), max_size=5), st.sampled_from(REGIONS))


@settings(max_examples=50, deadline=None)
@given(st.lists(pages, min_size=1, max_size=6), st.booleans())
def test_texts_are_those_of_jinja_whatever_came_before(found: list[tuple[str, RegionView]], is_html: bool) -> None:
    made, environment = program(is_html), content_environment(is_html)
    for name, region in found:
        read = names(name, region)
        said = {number: "".join(pieces) for number, _, pieces in made.run(read)}
        assert said == {number: environment.from_string(text).render(read) for number, text in enumerate(TEXTS)}


@given(st.lists(st.lists(st.sampled_from(("", "a", "words", "é")), max_size=3), max_size=4))
def test_texts_that_are_printed_together_come_apart_again(texts: list[list[str]]) -> None:
    printed = [piece for text in texts for piece in (*text, END)]
    assert pieces_of(printed, len(texts)) == texts
    assert texts_of(printed, len(texts)) == ["".join(text) for text in texts]


def test_a_text_with_the_private_character_is_refused() -> None:
    with pytest.raises(UnusualPage):
        texts_of(["a", f"b{END}c", END], 1)
    with pytest.raises(UnusualPage):
        pieces_of(["a", END, END], 1)
