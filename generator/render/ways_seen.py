"""Variants of the items of lists on pages of a variant, as far as they were looked at."""

from __future__ import annotations

from collections.abc import Collection, Hashable

from generator.render.made_pages import MadePages
from generator.render.traced_page import TracedPage
from generator.tracing.loops import ways


class WaysSeen:
    """Finds the pages to look at: one of each variant, and one for each variant of the items of its lists."""

    def __init__(self, *, trusts_known: bool) -> None:
        """One that ``trusts_known`` leaves out variants of items that an earlier build has looked at."""
        self._trusts_known = trusts_known
        self._loops: dict[int, tuple[TracedPage, tuple[int, ...]]] = {}
        """The loops of each variant, which is held so that no other gets its number."""
        self._seen: set[tuple[int, Hashable]] = set()

    def new(self, made: MadePages, without: Collection[int] = ()) -> list[int]:
        """The numbers of the first pages that have something new, but for those ``without`` which are to do."""
        key, numbers = id(made.page), {row: number for number, row in enumerate(made.rows) if number not in without}
        found: set[int] = set()
        if self._trusts_known and key not in self._loops and made.page.known is not None:
            self._seen |= {(key, None), *((key, way) for way in made.page.known)}
        if numbers and (key, None) not in self._seen:
            self._seen.add((key, None))
            found.add(min(numbers.values()))
        if key not in self._loops:
            table = made.columns.expressions
            loops = [loop for slot in made.page.body.slots for loop in table.loops(slot)]
            self._loops[key] = made.page, tuple(dict.fromkeys(loops))
        for loop in self._loops[key][1]:
            for way, rows in ways(made.columns, loop):
                if (key, way) not in self._seen and (having := [numbers[row] for row in rows if row in numbers]):
                    self._seen.add((key, way))
                    found.add(min(having))
        return sorted(found)
