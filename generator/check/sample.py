"""Which pages of a large site are read whole."""

from __future__ import annotations

from generator.check.facts import Facts

_CHOSEN = """
    SELECT path FROM standing WHERE cluster IN (SELECT cluster FROM (
        SELECT cluster,
            row_number() OVER (PARTITION BY batch, kind ORDER BY path) AS first,
            row_number() OVER (PARTITION BY batch, kind ORDER BY path DESC) AS last,
            row_number() OVER (PARTITION BY batch, kind ORDER BY size, path) AS shortest,
            row_number() OVER (PARTITION BY batch, kind ORDER BY size DESC, path) AS longest,
            row_number() OVER (PARTITION BY batch, kind ORDER BY bytes_digest, path) AS drawn
        FROM standing
    ) WHERE first = 1 OR last = 1 OR shortest = 1 OR longest = 1 OR drawn <= ?)
    ORDER BY path
"""


def sampled(facts: Facts, drawn: int = 1) -> list[str]:
    """Of each batch and kind of page the first, the last, the shortest, the longest, and ``drawn`` by their digests.

    The digest of a page's bytes is as good as a lot, and gives the same pages for the same site. With each page come
    its translations, which must agree with it.
    """
    return [path for (path,) in facts.query(_CHOSEN, drawn)]
