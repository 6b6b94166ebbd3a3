"""Verdicts of the publish gate on pages: index, noindex, fold or withhold, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from generator.model import Place, Topic

Decision = Literal["index", "noindex", "fold", "withhold"]
"""``noindex``: built, and search engines are asked to leave it out. ``fold``: no page, links to it lead to its region's
page. ``withhold``: no page, and nothing links to it."""

TopicKey = tuple[str, str]
"""A topic's id and locale."""


class Verdict(Struct, frozen=True):
    """Decision on a page. ``cause`` is the reason that many pages share, ``detail`` that of this one alone."""

    decision: Decision
    cause: str = ""
    detail: str = ""

    @property
    def reason(self) -> str:
        return f"{self.cause} {self.detail}".strip()

    @property
    def has_page(self) -> bool:
        return self.decision in ("index", "noindex")


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
INDEX = Verdict("index")
UNKNOWN_ADDRESS = Verdict("noindex", "It stands for every address that the site does not have.")
FROZEN = Verdict("noindex", "It stays as it was last built.")
NOTHING_TO_LIST = Verdict("fold", "No place of the region has a page.")


def topic_key(topic: Topic) -> TopicKey:
    return topic.id, topic.locale


class Verdicts(Struct, frozen=True):
    """The verdict on every page; pages not named here are to be indexed.

    ``everywhere`` is that on all pages where the site as a whole is not to be indexed, whatever the policy says.
    ``topics`` are those on all pages of a topic, ``places`` those on a place's page of one, by its id; ``empty`` are
    the keys of regions of which no place has a page of a topic. Only where the policy ``is_enforced`` do they
    take effect; else they are only reported.
    """

    is_enforced: bool = False
    everywhere: Verdict = INDEX
    topics: Mapping[TopicKey, Verdict] = field(default_factory=dict)
    places: Mapping[TopicKey, Mapping[int, Verdict]] = field(default_factory=dict)
    empty: Mapping[TopicKey, frozenset[str]] = field(default_factory=dict)

    def said_of_region(self, topic: Topic, region: str) -> Verdict:
        """The verdict on the page of a region, by its key."""
        return NOTHING_TO_LIST if region in self.empty.get(topic_key(topic), ()) else self.said(topic)

    def said(self, topic: Topic | None, place: Place | None = None) -> Verdict:
        """The verdict on a page, enforced or not."""
        found = self._policy(topic, place)
        if found.has_page and self.everywhere != INDEX:
            return self.everywhere
        return found

    def done(self, topic: Topic | None, place: Place | None = None) -> Verdict:
        """The verdict that takes effect on a page."""
        if self.is_enforced:
            return self.said(topic, place)
        return self.everywhere

    def decides_places(self, topic: Topic) -> bool:
        """Whether some places' pages of ``topic`` are treated in another way than the rest."""
        return self.is_enforced and topic_key(topic) in self.places

    def _policy(self, topic: Topic | None, place: Place | None) -> Verdict:
        if topic is None:
            return INDEX
        key = topic_key(topic)
        of_topic = self.topics.get(key, INDEX)
        of_place = self.places.get(key, {}).get(place.id, INDEX) if place else INDEX
        # A page that is not made needs no noindex; and a verdict on all pages goes before one on a place's.
        return of_place if not of_place.has_page or of_topic == INDEX else of_topic
