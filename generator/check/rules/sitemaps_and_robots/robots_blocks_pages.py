"""The robots.txt keeps crawlers from pages that are to be found, or from files that these need.

A crawler that may not read a page knows nothing of what it says, and the page may still be listed, bare. One that
may not read styles, scripts or pictures does not see pages as readers do. To keep a page out of search results, let
crawlers read it and give it a `noindex`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.links import Links
from generator.check.published import Published
from generator.check.robots import Robots, RobotsRule, read_robots
from generator.check.rule import documented, rule
from generator.errors import Finding

_ROBOTS = "/robots.txt"
_CRAWLERS = ("*", "Googlebot")
_NEEDED = (".css", ".js", ".mjs", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".svg", ".woff2")
"""Files without which a page does not look as it does to readers."""

_RULE = "Disallow:"
GOOD = (
    Edit(_RULE, "Disallow: /404.html\nDisallow: /*?\nDisallow: /en-us$", _ROBOTS),
    Edit(_RULE, "Disallow: /en-us/\nAllow: /en-us/", _ROBOTS),
    Edit(_RULE, "Disallow: /\nAllow: /*\nAllow: /$", _ROBOTS),
    Edit("$", "\nUser-agent: GPTBot\nDisallow: /\n", _ROBOTS),
    Edit(_RULE, "Disallow: /sciatica/\nDisallow: /en-us/*.pdf$", _ROBOTS),
)
BAD = (
    Edit(_RULE, "Disallow: /", _ROBOTS),
    Edit(_RULE, "Disallow: /*/texas/", _ROBOTS),
    Edit(_RULE, "Disallow: /en-us/\nAllow: /en-us", _ROBOTS),
    Edit("$", "\nUser-agent: googlebot/2.1\nDisallow: /es-us/$\n", _ROBOTS),
    Edit(_RULE, "Disallow: /assets/", _ROBOTS),
    Edit(_RULE, "Disallow: /*.svg$", _ROBOTS),
)


@rule(
    severity="stop",
    evidence=documented("https://developers.google.com/search/docs/crawling-indexing/robots/intro", "2026-11-22"),
    scope=Links,
)
def robots_blocks_pages(links: Links) -> Iterator[Finding]:
    robots = read_robots(links.published.text(_ROBOTS))
    if all(known.allows for crawler in _CRAWLERS for known in robots.rules(crawler)):
        return
    pages = (path for _, path in links.where(links.is_indexable))
    for blocking, first, count in _blocked(robots, pages):
        yield _finding(
            blocking, "a page that is to be found" if count == 1 else "pages that are to be found", first, count
        )
    for blocking, first, count in _blocked(robots, _needed(links.published)):
        yield _finding(blocking, "a file that pages need" if count == 1 else "files that pages need", first, count)


def _blocked(robots: Robots, paths: Iterator[str]) -> list[tuple[RobotsRule, str, int]]:
    """The rules that forbid any of ``paths``, each with the first of them and their number."""
    found: dict[RobotsRule, tuple[str, int]] = {}
    for path in paths:
        for decisive in {robots.decisive(crawler, path) for crawler in _CRAWLERS}:
            if decisive is not None and not decisive.allows:
                first, count = found.get(decisive, (path, 0))
                found[decisive] = (first, count + 1)
    return [(blocking, *found[blocking]) for blocking in sorted(found, key=lambda known: known.line)]


def _needed(published: Published) -> Iterator[str]:
    return (file for file in published.files() if file.lower().endswith(_NEEDED))


def _finding(blocking: RobotsRule, things: str, first: str, count: int) -> Finding:
    number = f"{count:,} {things}, among them {first}" if count > 1 else f"{things}, {first}"
    what = f"line {blocking.line}, “Disallow: {blocking.pattern}”, keeps crawlers from {number}"
    return Finding(_ROBOTS, what, "Allow it, or take the line out.")
