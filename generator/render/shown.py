"""What a page shows of its place and region, which is the same for every topic of a locale."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from generator.render.content_digest import local_facts
from generator.render.local_words import own_words, said_texts, words_of
from generator.render.page import Subject
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


class ShownFacts:
    """Tells what pages show, and keeps it for the places of one region, of which the next topic speaks, too."""

    def __init__(self, distance: Callable[[float], str]) -> None:
        self._distance = distance
        self._kept: dict[int, Shown] = {}
        self._of: tuple[str, tuple[str, ...]] = ("", ())

    def on(self, page: PageView, place: PlaceView | None, facts_read: tuple[str, ...]) -> Shown:
        """What ``page`` shows, of what its templates read."""
        return Shown(local_facts(page, place, facts_read, self._distance), page.region, place)

    def of(self, subject: Subject, facts_read: tuple[str, ...]) -> Shown:
        """The same of the page of ``subject``."""
        route = subject.route
        if route.place is None or route.region is None:
            return self._new(subject, facts_read)
        if self._of[0] != route.region.key or self._of[1] is not facts_read:
            self._of, self._kept = (route.region.key, facts_read), {}
        kept = self._kept.get(route.place.id)
        if kept is None:
            kept = self._kept[route.place.id] = self._new(subject, facts_read)
        return kept

    def _new(self, subject: Subject, facts_read: tuple[str, ...]) -> Shown:
        facts = local_facts(subject, subject.place, facts_read, self._distance)
        return Shown(facts, subject.region, subject.place)
