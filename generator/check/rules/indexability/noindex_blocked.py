"""A page that is not to be indexed is also forbidden to crawlers in robots.txt.

A crawler that may not read the page never sees that it says noindex, so its address can still come up in results when
others link to it. Allow the page in robots.txt until it has gone from the results.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.robots import read_robots
from generator.check.rule import documented, rule
from generator.errors import Finding

_FILE = "/robots.txt"
_CRAWLERS = ("Googlebot", "*")

_ALL = r"Disallow:[^\n]*"
GOOD = (
    Edit(_ALL, "Disallow: /en-us/", _FILE),
    Edit(_ALL, "Disallow: /4\nAllow: /404.html", _FILE),
    Edit(_ALL, "Disallow: /404$\nDisallow: /*.html/", _FILE),
    Edit(_ALL, "Disallow:\n\nUser-agent: GPTBot\nDisallow: /", _FILE),
)
BAD = (
    Edit(_ALL, "Disallow: /", _FILE),
    Edit(_ALL, "Disallow: /*.html$", _FILE),
    Edit(_ALL, "Disallow:\n\nUser-agent: googlebot\nDisallow: /404", _FILE),
    Edit(_ALL, "Disallow: /404\n\nUser-agent: Googlebot\nAllow: /", _FILE),
)

_read = lru_cache(maxsize=2)(read_robots)


@rule(
    severity="error",
    evidence=documented("https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag", "2026-11-22"),
    scope=Document,
    hints=(),
)
def noindex_blocked(document: Document) -> Iterator[Finding]:
    if document.is_indexable:
        return
    robots = _read(document.published.text(_FILE))
    for crawler in _CRAWLERS:
        forbidding = robots.decisive(crawler, document.path)
        if forbidding and not forbidding.allows:
            what = f"the page says noindex, and robots.txt keeps crawlers from it: “Disallow: {forbidding.pattern}”"
            yield Finding(document.path, what, "Allow crawlers to read the page.")
            return
