"""The digest of what a reader or a search engine would call the page."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import fields
from functools import lru_cache
from hashlib import blake2b

import msgspec

from generator.contract import NeighbourView, PageView, PlaceView, RegionView, TopicView
from generator.ledger.facts import DIGEST_SIZE
from generator.render.jsonld import Node
from generator.render.reads import ALL

VERSION = "1"
"""Changes with what the digest covers; pages whose digest is of another version keep their dates."""

_Distance = Callable[[float], str]
_ADDRESSES = frozenset({"path", "url"})


def content_digest(
    page: PageView,
    topic: TopicView | None,
    place: PlaceView | None,
    structured_data: Sequence[Node],
    facts_read: Collection[str],
    distance: _Distance,
) -> bytes:
    """The digest of title, description, main text, structured data (without dates) and local facts.

    ``facts_read`` are the facts that the page's templates show; ``distance`` writes kilometres as the page
    does, so that a difference that no reader sees counts for nothing. Not covered: navigation, breadcrumb,
    footer, styles, nearby links, and the templates' own words.
    """
    texts = (
        *_words(page),
        *_work(topic),
        *_facts(page, place, facts_read, distance),
        *(msgspec.json.encode(node).decode() for node in structured_data if node.get("@type") != "BreadcrumbList"),
    )
    return blake2b(b"".join(map(_digest, texts)), digest_size=DIGEST_SIZE).digest()


# The texts of a topic that are the same on all its pages are digested once.
@lru_cache(maxsize=4096)
def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=DIGEST_SIZE).digest()


def _words(page: PageView) -> Iterator[str]:
    yield from (page.title, page.description, page.h1, page.summary, page.introduction)
    for section in page.sections:
        yield from (section.id, section.title, section.html)
        for question in section.questions:
            yield from (question.id, question.name, question.answer)
    if page.call_to_action:
        yield from (page.call_to_action.label, page.call_to_action.url, page.call_to_action.html)
    for guide in page.topics:
        yield from (guide.nav_label, guide.summary)
    for group in page.places:
        for link in group.places:
            yield from (link.name, link.county, str(link.population))


def _work(topic: TopicView | None) -> Iterator[str]:
    """Who answers for the article, what it rests on, and its picture."""
    if topic:
        yield repr((topic.reviewer, topic.last_reviewed, topic.references))
        if topic.image:
            yield repr((topic.image.path, topic.image.alt, topic.image.credit))


def _facts(page: PageView, place: PlaceView | None, facts_read: Collection[str], distance: _Distance) -> Iterator[str]:
    for name in sorted(facts_read):
        view, _, rest = name.partition(".")
        if view == "page":
            if rest == "nearest_larger":
                yield _neighbour(page.nearest_larger, distance)
            elif rest.startswith("region."):
                yield from _shown(page.region, rest.removeprefix("region."))
        elif place and rest.startswith("region."):
            yield from _shown(place.region, rest.removeprefix("region."))
        elif place:
            yield from _shown(place, rest)


def _shown(view: PlaceView | RegionView | None, name: str) -> Iterator[str]:
    if view is None or name in _ADDRESSES:
        return
    if name == ALL:
        yield repr([(f.name, getattr(view, f.name)) for f in fields(view) if f.name not in {"region", "path"}])
    elif name in view.facts:
        yield repr(view.facts[name])
    else:
        yield repr(getattr(view, name, None))


def _neighbour(neighbour: NeighbourView | None, distance: _Distance) -> str:
    if neighbour is None:
        return ""
    return repr((neighbour.name, neighbour.region_label, distance(neighbour.kilometres)))
