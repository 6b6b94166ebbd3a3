"""Facts shown on a place's page, the same for every topic of a locale."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from generator.render.content_digest import local_facts
from generator.render.local_words import own_names, words_of
from generator.render.rows import HubRow, PlaceRow
from generator.templating.contract import PageView, PlaceView, RegionView


class ShownFacts:
    """The ``local_facts`` of a page, as its digest needs them, and the names that are no words of its own."""

    def __init__(self, facts: Sequence[object], region: RegionView | None, place: PlaceView | None) -> None:
        self.facts = facts
        self._region = region
        self._place = place

    @cached_property
    def own_names(self) -> tuple[str, ...]:
        """The names of the place and its region, as ``local_words.own_names`` orders them."""
        return own_names(self._region, self._place)

    @cached_property
    def names(self) -> frozenset[str]:
        """The words of those names, and of the region's code."""
        names = (*self.own_names, self._region.code) if self._region else self.own_names
        return frozenset(word for name in names for word in words_of(name))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ShownFacts) and self.facts == other.facts

    __hash__ = None  # type: ignore[assignment]

    @cached_property
    def encoded(self) -> bytes:
        return repr(self.facts).encode("utf-8", "surrogatepass")


def shown_on(
    page: PageView | PlaceRow | HubRow,
    place: PlaceView | None,
    facts_read: tuple[str, ...],
    distance: Callable[[float], str],
) -> ShownFacts:
    """Facts that ``page`` shows, of those that its templates read; ``distance`` as in ``local_facts``."""
    return ShownFacts(local_facts(page, place, facts_read, distance), page.region, place)
