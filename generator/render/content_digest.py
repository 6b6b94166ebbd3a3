"""Digest of a page's content, as readers and search engines see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from hashlib import sha1

from generator.ledger.records import DIGEST_SIZE
from generator.render.jsonld import Node, script_text
from generator.render.rows import HubRow, PlaceRow
from generator.templating.contract import NeighbourView, PageView, PlaceView, RegionView, TopicView
from generator.templating.reads import ALL

VERSION = "3"
"""Changes with the digest's coverage; pages whose digest is of another version keep their dates."""

_Distance = Callable[[float], str]
_ADDRESSES = frozenset({"path", "url"})


def joined(texts: Iterable[str]) -> str:
    """The texts of a page, those of ``page_texts`` and ``data_texts``, as the digest has them."""
    return "\0".join(texts)


def content_digest(texts: bytes, facts: bytes) -> bytes:
    """The digest of a page whose joined texts are ``texts`` in UTF-8, and of its ``local_facts``.

    It covers title, description, main text, structured data (without dates) and local facts. Not covered:
    navigation, breadcrumb, footer, styles, nearby links, and the templates' own words.
    """
    # The one of the available digests that many processors compute in hardware.
    return sha1(texts + b"\0" + facts, usedforsecurity=False).digest()[:DIGEST_SIZE]


def page_texts(page: PageView, topic: TopicView | None) -> Iterator[str]:
    """The words of a page, and the sources of its article."""
    yield from (page.title, page.description, page.h1, page.summary, page.introduction)
    for section in page.sections:
        yield from (section.id, section.title, section.html)
        for question in section.questions:
            yield from (question.id, question.name, question.answer)
    if page.call_to_action:
        yield from (page.call_to_action.label, page.call_to_action.url, page.call_to_action.html)
    for guide in page.topics:
        yield from (guide.nav_label, guide.summary)
    yield from _work(topic)


def data_texts(nodes: Iterable[Node]) -> Iterator[str]:
    """Structured data; the questions and answers of the FAQ, which stand on the page, are among its words."""
    yield from (script_text(node) for node in nodes if node["@type"] != "BreadcrumbList")


def _work(topic: TopicView | None) -> Iterator[str]:
    """The article's reviewer, its references, and its picture."""
    if topic:
        yield repr((topic.reviewer, topic.last_reviewed, topic.references))
        if topic.image:
            yield repr((topic.image.path, topic.image.alt, topic.image.credit))


def local_facts(
    page: PageView | PlaceRow | HubRow, place: PlaceView | None, facts_read: tuple[str, ...], distance: _Distance
) -> list[object]:
    """Facts shown of the place and its region, and the places that a region's page lists.

    ``facts_read`` are the facts that the page's templates show; ``distance`` writes kilometres as the page
    does, so that a difference that no reader sees counts for nothing.
    """
    owners = {"page": page.region, "place": place, "region": place and place.region}
    shown: list[object] = [_shown(owners[owner], name) for owner, name in _fields(facts_read)]
    if "page.nearest_larger" in facts_read:
        shown.append(_neighbour(page.nearest_larger, distance))
    shown += [(link.name, link.county, link.population) for group in page.places for link in group.places]
    return shown


def fact_names(facts_read: tuple[str, ...]) -> list[str]:
    """The names of what ``local_facts`` gives for a place's page, in the same order."""
    names = [name for _, name in _fields(facts_read)]
    return [*names, "nearest_larger"] if "page.nearest_larger" in facts_read else names


@lru_cache(maxsize=64)
def _fields(facts_read: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Owner and name of each fact that is read."""
    found = []
    for fact in sorted(facts_read):
        owner, _, name = fact.partition(".")
        if name.startswith("region."):
            found.append(("page" if owner == "page" else "region", name.removeprefix("region.")))
        elif owner == "place":
            found.append((owner, name))
    return tuple(field for field in found if field[1] not in _ADDRESSES)


def _shown(view: PlaceView | RegionView | None, name: str) -> object:
    if view is None:
        return None
    if name in view.facts:
        return view.facts[name]
    if name == ALL:
        return [(field, getattr(view, field)) for field in view.__struct_fields__ if field not in {"region", "path"}]
    return getattr(view, name, None)


def _neighbour(neighbour: NeighbourView | None, distance: _Distance) -> object:
    return neighbour and (neighbour.name, neighbour.region_label, distance(neighbour.kilometres))
