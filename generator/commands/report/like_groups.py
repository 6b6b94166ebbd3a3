"""Groups of pages that say nearly the same, with two of each side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from generator.commands.report.contents import Contrast, LikeGroup
from generator.commands.snippets import own_passages
from generator.plan.routes import Route
from generator.render.renderer import Renderer, Rendering
from generator.similarity.duplicates import differing_facts, most_alike, route_of
from generator.similarity.measure import Compared
from generator.similarity.nearest import find_groups

_SHOWN = 10
"""Groups of one language that are shown, the largest."""


def like_groups(rendering: Rendering, compared: Iterable[Compared]) -> Iterator[LikeGroup]:
    """The largest groups of each language, joined by pages that are alike; a group of two or more."""
    plan = rendering.plan
    most = most_alike(plan.site.config.gate)
    people = {place.id: place.population for place in plan.site.places}
    for one_language in compared:
        group_of = find_groups(one_language.signatures, one_language.among, most)
        groups, sizes = np.unique(group_of, return_counts=True)
        order = np.argsort(-sizes, kind="stable")[:_SHOWN]
        for group, size in zip(groups[order].tolist(), sizes[order].tolist(), strict=True):
            if size == 1:
                break
            # The page of a place of middling size is the most like what readers of the report will meet.
            members = np.flatnonzero(group_of == group).tolist()
            members.sort(key=lambda row: (people[one_language.name(row)[1]], row))
            page = members[len(members) // 2]
            sibling = int(one_language.nearest.sibling[page])
            share = float(one_language.nearest.share[page])
            one, other = (route_of(plan, *one_language.name(row)) for row in (page, sibling))
            own = int(one_language.signatures.own_sizes[page])
            runs = own + int(one_language.signatures.base_sizes[page])
            side_by_side = tuple(_contrasts(rendering.renderer, one, other))
            yield LikeGroup(one.locale, size, most, one.path, other.path, share, runs, own, side_by_side)


def _contrasts(renderer: Renderer, one: Route, other: Route) -> Iterator[Contrast]:
    """Differences between two pages: first the facts that they show, then passages of the article."""
    for name, mine, theirs in differing_facts(renderer, one, other):
        yield Contrast(name, _said(mine), _said(theirs))
    mine_by, theirs_by = (
        {source.where: text for source, text in own_passages(renderer, route)} for route in (one, other)
    )
    if one.topic is not other.topic:
        # Two articles may say the same on different lines.
        both = set(mine_by.values()) & set(theirs_by.values())
        mine_by, theirs_by = (
            {where: text for where, text in found.items() if text not in both} for found in (mine_by, theirs_by)
        )
    for where in dict.fromkeys((*mine_by, *theirs_by)):
        if mine_by.get(where) != theirs_by.get(where):
            yield Contrast(where, mine_by.get(where, ""), theirs_by.get(where, ""))


def _said(fact: object) -> str:
    if isinstance(fact, tuple):
        return ", ".join(map(str, fact))
    if isinstance(fact, int) and not isinstance(fact, bool):
        return f"{fact:,}"
    return "" if fact is None else str(fact)
