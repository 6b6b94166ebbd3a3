"""Which pages the judges look at: a spread over kinds and locales, the same for the same tree."""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from generator.model import RouteKind

KINDS_BY_DEPTH: tuple[RouteKind, ...] = ("chooser", "home", "topic", "region", "place")
ROUND_ORDER: tuple[RouteKind, ...] = ("place", "region", "topic", "home", "chooser", "not_found")


@dataclass(frozen=True, slots=True)
class SampledPage:
    """A page of the tree; ``path`` is its URL's path and ``size`` its bytes before compression."""

    path: str
    file: Path
    kind: RouteKind
    locale: str
    size: int


def find_pages(tree: Path) -> tuple[SampledPage, ...]:
    """Every page of the tree, sorted by path.

    The kind follows from the depth of the folder, as the default URL patterns have it; deeper pages count
    as places. Loose HTML files other than ``404.html``, such as those that prove ownership, are no pages.
    """
    pages = []
    for folder, _, names in os.walk(tree):
        parts = Path(folder).relative_to(tree).parts
        if "index.html" in names:
            file = Path(folder, "index.html")
            kind = KINDS_BY_DEPTH[min(len(parts), len(KINDS_BY_DEPTH) - 1)]
            path = "/" + "".join(f"{part}/" for part in parts)
            pages.append(SampledPage(path, file, kind, parts[0] if parts else "", file.stat().st_size))
        if not parts and "404.html" in names:
            file = Path(folder, "404.html")
            pages.append(SampledPage("/404.html", file, "not_found", "", file.stat().st_size))
    return tuple(sorted(pages, key=lambda page: page.path))


def sample(tree: Path, count: int) -> tuple[SampledPage, ...]:
    """At most ``count`` pages, taken in turns from every kind in every locale.

    Within a kind and locale the order is that of a hash of the path. Regions start with the largest or the
    smallest page, by turns from locale to locale, because long and short lists break a layout differently.
    """
    groups: dict[tuple[int, str], list[SampledPage]] = defaultdict(list)
    for page in sorted(find_pages(tree), key=_shuffled):
        groups[ROUND_ORDER.index(page.kind), page.locale].append(page)
    regions = [key for key in sorted(groups) if ROUND_ORDER[key[0]] == "region"]
    for turn, key in enumerate(regions):
        groups[key] = _extremes_first(groups[key], largest_first=turn % 2 == 0)
    picked: list[SampledPage] = []
    for turn in range(max(map(len, groups.values()), default=0)):
        picked.extend(groups[key][turn] for key in sorted(groups) if turn < len(groups[key]))
    return tuple(picked[:count])


def _shuffled(page: SampledPage) -> bytes:
    return hashlib.blake2b(page.path.encode(), digest_size=16).digest()


def _extremes_first(pages: list[SampledPage], *, largest_first: bool) -> list[SampledPage]:
    by_size = sorted(pages, key=lambda page: (page.size, page.path), reverse=largest_first)
    extremes = list(dict.fromkeys((by_size[0], by_size[-1])))
    return extremes + [page for page in pages if page not in extremes]
