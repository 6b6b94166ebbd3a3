"""What a page shows of its place and region, which is the same for every topic of a locale."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from generator.render.content_digest import local_facts
from generator.render.local_words import own_words, said_texts, words_of
from generator.render.rows import HubRow, PlaceRow
from generator.templating.contract import PageView, PlaceView, RegionView


class Shown:
    """The ``local_facts`` of a page, as its digest and the words that only it has need them."""

    def __init__(self, facts: Sequence[object], region: RegionView | None, place: PlaceView | None) -> None:
        self.facts = facts
        self.names = own_words(region, place)
        """The words of the names of the place and its region."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shown) and self.facts == other.facts

    __hash__ = None  # type: ignore[assignment]

    @cached_property
    def encoded(self) -> bytes:
        return repr(self.facts).encode("utf-8", "surrogatepass")

    @cached_property
    def words(self) -> tuple[str, ...]:
        """What the facts say besides those names."""
        words = (word for text in said_texts(self.facts) for word in words_of(text))
        return tuple([word for word in words if word not in self.names])


def shown_on(
    page: PageView | PlaceRow | HubRow,
    place: PlaceView | None,
    facts_read: tuple[str, ...],
    distance: Callable[[float], str],
) -> Shown:
    """What ``page`` shows, of what its templates read; ``distance`` as in ``local_facts``."""
    return Shown(local_facts(page, place, facts_read, distance), page.region, place)
