"""Statuses that the publish gate gives to the pages of a site, and the measures that it asks for."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from generator.model import INDEX, Status, Topic

TopicKey = tuple[str, str]
"""A topic's id and locale."""


class Alike(Struct, frozen=True):
    """A page that another one is like: its address, and the share of text that both have in common, from 0 to 1."""

    path: str
    share: float


class Measured(Struct, frozen=True):
    """Measures of the pages of places before they are made, by topic, and then by the place's id.

    ``words`` counts a page's own words, of pages with too few for the gate. ``alike`` is the page of a
    larger place, or of an earlier topic, that it is most like; only those are named that are alike enough for the
    gate.
    """

    words: Mapping[TopicKey, Mapping[int, int]] = field(default_factory=dict)
    alike: Mapping[TopicKey, Mapping[int, Alike]] = field(default_factory=dict)


NOT_MEASURED = Measured()


def topic_key(topic: Topic) -> TopicKey:
    return topic.id, topic.locale


class Statuses(Struct, frozen=True):
    """The status that the gate gives to every page, held only where it differs from that of the pages above.

    ``everywhere`` is that of all pages, ``topics`` are those of all pages of a topic, ``pages`` those of its pages of
    places, by the place's id, and of regions, by the region's key. Only where the gate ``is_enforced`` do they treat
    pages in another way than ``everywhere`` does.
    """

    is_enforced: bool = False
    everywhere: Status = INDEX
    topics: Mapping[TopicKey, Status] = field(default_factory=dict)
    pages: Mapping[TopicKey, Mapping[int | str, Status]] = field(default_factory=dict)

    def of(self, topic: Topic | None, page: int | str = "") -> Status:
        """The status of a topic's page, or of its ``page`` of a place or a region."""
        if topic is None:
            return self.everywhere
        key = topic_key(topic)
        own = self.pages.get(key)
        return (own and own.get(page)) or self.topics.get(key, self.everywhere)

    def decides_places(self, topic: Topic) -> bool:
        """Whether some places' pages of ``topic`` are treated in another way than the rest."""
        return self.is_enforced and topic_key(topic) in self.pages
