"""Sample of the pages of a large site that are read whole."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple
from zlib import crc32

from generator.check.facts import Facts

_ROWS = "SELECT path, batch, kind, cluster, size FROM standing ORDER BY batch, kind, path"


class _Page(NamedTuple):
    path: str
    batch: str
    kind: str
    cluster: str
    size: int


def sampled(facts: Facts) -> list[str]:
    """Of each batch and kind of page the first, the last, the shortest, the longest, and one that is drawn by lot.

    What the page and its translations share is as good as a lot, and draws the same pages in every language and each
    time. With the first, the last and the drawn ones come their translations, which must agree with them.
    """
    with_others: set[str] = set()
    chosen: set[str] = set()
    clusters: dict[str, list[str]] = {}
    for _, group in groupby(map(_Page._make, facts.query(_ROWS)), lambda page: (page.batch, page.kind)):
        pages = list(group)
        drawn = min(pages, key=lambda page: (crc32(page.cluster.encode("utf-8", "surrogatepass")), page.path))
        with_others.update(page.cluster for page in (pages[0], pages[-1], drawn))
        # Of equal ones the first.
        chosen |= {min(pages, key=lambda page: page.size).path, max(pages, key=lambda page: page.size).path}
        for page in pages:
            clusters.setdefault(page.cluster, []).append(page.path)
    return sorted(chosen.union(*(clusters[cluster] for cluster in with_others)))
