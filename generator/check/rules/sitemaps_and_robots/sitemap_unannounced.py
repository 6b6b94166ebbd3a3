"""The robots.txt does not say where the sitemap is.

Every crawler reads robots.txt first, and one line of it tells all of them where the list of pages is; otherwise each
search engine has to be told by hand. Add a line such as `Sitemap: https://www.example.com/sitemap.xml`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.published import Published
from generator.check.robots import robots_lines
from generator.check.rule import documented, rule
from generator.check.sitemap import USUAL
from generator.errors import Finding

_ROBOTS = "/robots.txt"
_LINE = "Sitemap: [^\n]*"
GOOD = (
    Edit(_LINE, "sitemap :https://www.example.com/sitemaps/site.xml # the pages", _ROBOTS),
    Edit(_LINE, "Sitemap: https://cdn.example.org/sitemap.xml", _ROBOTS),
)
BAD = (
    Edit(_LINE, "", _ROBOTS),
    Edit(_LINE, "# Sitemap: https://www.example.com/sitemap.xml", _ROBOTS),
    Edit(_LINE, "Sitemap:", _ROBOTS),
)


@rule(
    severity="warning",
    evidence=documented("https://www.sitemaps.org/protocol.html#submit_robots", "2026-11-22"),
    scope=Published,
)
def sitemap_unannounced(published: Published) -> Iterator[Finding]:
    if not published.has(USUAL):
        return
    named = any(line.key == "sitemap" and line.value for line in robots_lines(published.text(_ROBOTS)))
    if not named:
        what = "it names no sitemap" if published.has(_ROBOTS) else "there is no robots.txt that names the sitemap"
        yield Finding(_ROBOTS, what, f"Add the line Sitemap: {published.origin or 'https://www.example.com'}{USUAL}.")
