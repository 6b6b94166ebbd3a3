"""Statistics over all pages: similarity, words of their own, weight, and location."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import median
from typing import Any

import numpy as np

from generator.check.facts import Facts
from generator.commands.report.contents import Area, Distribution, MappedPlace, Standing
from generator.plan.routes import Plan
from generator.similarity.measure import Compared
from generator.similarity.nearest import NOBODY
from generator.similarity.signatures import UNKNOWN

_BINS = 20
"""Bins of a distribution, at most: as many as can be told apart on a phone."""
_PAGE = "topic, locale, cluster"
"""Columns that tell which page of a place it is."""
_STEPS = (1, 2, 5, 10)
"""Widths of bins, times a power of ten, whose edges are round numbers."""


def distribution(values: Sequence[float], unknown: int = 0) -> Distribution:
    """``values`` in bins whose edges are round numbers; the last bin also holds the largest hundredth of them.

    So that one page of another kind does not push all others into one bin.
    """
    if not values:
        return Distribution(0, 1, (), None, unknown)
    ordered = sorted(values)
    least, most = ordered[0], ordered[math.ceil(0.99 * len(ordered)) - 1]
    width = _round_width((most - least) / _BINS)
    first = math.floor(least / width) * width
    bins = Counter(min(math.floor((value - first) / width), _BINS) for value in ordered)
    counts = tuple(bins[number] for number in range(max(bins) + 1))
    return Distribution(first, width, counts, median(ordered), unknown)


def shares(values: Sequence[float], unknown: int = 0) -> Distribution:
    """Shares from 0 to 1 in bins of a twentieth, all of them, so that two sites can be compared at a glance."""
    counts = [0] * _BINS
    for value in values:
        counts[min(int(value * _BINS), _BINS - 1)] += 1
    return Distribution(0, 1 / _BINS, tuple(counts) if values else (), median(values) if values else None, unknown)


def _round_width(least: float) -> float:
    """The smallest round number that is at least ``least``, and at least 1."""
    if least <= 1:
        return 1
    power = 10.0 ** math.floor(math.log10(least))
    return next(step * power for step in _STEPS if step * power >= least)


def similarity(compared: Iterable[Compared]) -> Distribution:
    """Shares of text that pages have in common with the page most like them."""
    found: list[float] = []
    unknown = 0
    for one in compared:
        is_known = one.nearest.sibling != NOBODY
        found += one.nearest.share[is_known].tolist()
        unknown += int((~is_known).sum())
    return shares(found, unknown)


OwnWords = Mapping[tuple[str, str, int], int]
"""Numbers of own words of the pages of places, by topic, locale and place; left out where they are not known."""


def own_words(compared: Iterable[Compared]) -> OwnWords:
    """The own words of all pages of places."""
    found: dict[tuple[str, str, int], int] = {}
    for one in compared:
        for row in np.flatnonzero(one.words != UNKNOWN).tolist():
            topic, place = one.name(row)
            found[topic.id, topic.locale, place] = int(one.words[row])
    return found


def own_word_counts(facts: Facts, words: OwnWords) -> Distribution:
    """The own words of the pages of places that stand in the tree."""
    counts = [words.get((topic, locale, _place_of(cluster))) for topic, locale, cluster in _of_places(facts, _PAGE)]
    known = [count for count in counts if count is not None]
    return distribution(known, len(counts) - len(known))


def weight(facts: Facts) -> Distribution:
    """Bytes of a page's HTML."""
    return distribution([size for (size,) in facts.query("SELECT size FROM standing")])


def _of_places(facts: Facts, columns: str) -> Iterator[tuple[Any, ...]]:
    """These columns of the pages of places that stand in the tree."""
    return facts.query(f"SELECT {columns} FROM standing WHERE kind = 'place'")  # noqa: S608


def _place_of(cluster: str) -> int:
    """The place of a page, of its cluster."""
    return int(cluster.rpartition("/")[2])


def mapped_places(plan: Plan, facts: Facts) -> tuple[MappedPlace, ...]:
    """Every place that has pages, or would have, with what is said of them; a page that is missing is not built."""
    said: dict[int, set[str]] = {}
    for cluster, verdict in _of_places(facts, "cluster, verdict"):
        said.setdefault(_place_of(cluster), set()).add(verdict)
    for path, verdict in facts.query("SELECT path, verdict FROM unbuilt WHERE verdict != 'absent'"):
        for _, place in plan.book.places_at(path):
            said.setdefault(place.id, set()).add(verdict)
    found = []
    for place in plan.site.places:
        decisions = said.get(place.id, {"withhold"})
        # Of several decisions without "index" the mildest one, which leaves most of the place's pages.
        standing: Standing = next((one for one in ("noindex", "fold", "withhold") if one in decisions), "index")
        if "index" in decisions:
            standing = "index" if len(decisions) == 1 else "some"
        where = (place.region.name, place.country, place.latitude, place.longitude)
        found.append(MappedPlace(place.name, *where, standing))
    return tuple(found)


def areas(plan: Plan, facts: Facts, compared: Iterable[Compared], own: OwnWords) -> tuple[Area, ...]:
    """The pages of places by topic, language and region, as the ledger knows them."""
    regions = {batch.name: batch for batch in plan.batches if batch.kind == "region"}
    rows: dict[tuple[str, str, str], list[tuple[str, int | None]]] = {}
    for name, verdict, topic, locale, cluster in _of_places(facts, f"batch, verdict, {_PAGE}"):
        batch = regions.get(name)
        if batch and batch.topic and batch.region:
            key = (batch.topic.id, batch.locale, batch.region.name)
            rows.setdefault(key, []).append((verdict, own.get((topic, locale, _place_of(cluster)))))
    alike = _alike(plan, compared)
    return tuple(
        Area(
            *key,
            pages=len(found),
            indexed=sum(verdict == "index" for verdict, _ in found),
            words=median(known) if (known := [words for _, words in found if words is not None]) else None,
            alike=alike.get(key),
        )
        for key, found in sorted(rows.items())
    )


def _alike(plan: Plan, compared: Iterable[Compared]) -> Mapping[tuple[str, str, str], float]:
    region_of = {place.id: place.region.name for place in plan.site.places}
    shares_of: dict[tuple[str, str, str], list[float]] = {}
    for one in compared:
        for row in np.flatnonzero(one.nearest.sibling != NOBODY).tolist():
            topic, place = one.name(row)
            key = (topic.id, topic.locale, region_of[place])
            shares_of.setdefault(key, []).append(float(one.nearest.share[row]))
    return {key: median(found) for key, found in shares_of.items()}
