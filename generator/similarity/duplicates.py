"""Near-duplicate pages of places, and the differences between the most similar ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from generator.config import GateConfig
from generator.model import LikePages, Topic
from generator.plan.gate import kept_back
from generator.plan.routes import Plan, Route
from generator.plan.statuses import topic_key
from generator.render.content_digest import fact_names
from generator.render.local_words import has_own_words
from generator.render.pages import PageText
from generator.render.renderer import Renderer, Rendering
from generator.similarity.measure import Compared, PackedSignatures, compare_pages

HOUSE_LIMIT = 0.9
"""Share of text that pages may have in common where the gate sets no limit; our choice, not a search engine's."""

_NAMES = {
    "county": "the county",
    "population": "the population",
    "nearest_larger": "the nearest larger city",
    "latitude": "the coordinates",
    "longitude": "the coordinates",
    "time_zone": "the time zone",
    "country": "the country",
}
OWN_NAMES = frozenset({"id", "name", "full_name", "qualified_name", "code"})
"""Facts that only say which place it is."""


def compare_site(plan: Plan, signatures: PackedSignatures) -> Iterator[Compared]:
    """The pages of places of each language beside one another, but for those that the gate's conditions keep back."""
    left_out = {topic_key(topic): kept_back(topic, plan.site).keys() for topic in plan.site.topics}
    for locale in plan.site.locales:
        yield compare_pages(plan, signatures.packed, locale.tag, left_out)


def most_alike(gate: GateConfig) -> float:
    """The share of their text from which pages count as alike, from 0 to 1."""
    return HOUSE_LIMIT if gate.max_similarity is None else gate.max_similarity


def find_like_pages(rendering: Rendering, compared: Iterable[Compared]) -> Iterator[LikePages]:
    """The like pages of each topic and language that has some; ``compared`` are the site's.

    A gate that keeps back what is too much alike leaves none.
    """
    plan = rendering.plan
    gate = plan.site.config.gate
    if gate.mode == "enforce" and gate.max_similarity is not None:
        return
    most = most_alike(gate)
    for one_language in compared:
        share = one_language.nearest.share
        for number, topic in enumerate(one_language.topics):
            rows = np.flatnonzero(one_language.topic_of == number)
            alike = rows[share[rows] >= most]
            if len(alike):
                row = int(alike[share[alike].argmax()])
                sibling = int(one_language.nearest.sibling[row])
                one, other = (route_of(plan, *one_language.name(page)) for page in (row, sibling))
                differs = tuple(differences(rendering.renderer, one, other))
                found = (one.path, other.path, float(share[row]), differs)
                yield LikePages(topic.source, len(rows), len(alike), most, *found)


def route_of(plan: Plan, topic: Topic, place: int) -> Route:
    """The route of a place's page of ``topic``, by the place's id."""
    region = next(known.region.key for known in plan.site.places if known.id == place)
    batches = (b for b in plan.batches if b.topic is topic and b.region and b.region.key == region)
    return next(route for batch in batches for route in plan.routes(batch) if route.place and route.place.id == place)


def differing_facts(renderer: Renderer, one: Route, other: Route) -> Iterator[tuple[str, object, object]]:
    """The facts that two pages show and do not share, but for the places' names: each in words, with both values."""
    names = fact_names(renderer.facts_read["place"])
    for name, mine, theirs in zip(names, renderer.page_text(one).facts, renderer.page_text(other).facts, strict=False):
        if mine != theirs and name not in OWN_NAMES:
            yield _NAMES.get(name, name.replace("_", " ")), mine, theirs


def differences(renderer: Renderer, one: Route, other: Route) -> Iterator[str]:
    """Differences between two pages, in words."""
    yield from dict.fromkeys(name for name, _, _ in differing_facts(renderer, one, other))
    passages = len(_passages(renderer.page_text(one)) ^ _passages(renderer.page_text(other)))
    if passages:
        yield "a passage of the article" if passages == 1 else f"{passages} passages of the article"


def _passages(page: PageText) -> set[str]:
    """The pieces of the article that only this page has, but for the place's own names."""
    return {piece.text for piece in page.main or () if has_own_words(piece, page.names)}
