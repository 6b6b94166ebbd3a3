"""A sitemap lists an address that may not stand there.

Each address has to be a whole one, with https:// and the host of the site, and be that of a page and not of a part
of it. Crawlers pass over others. List pages as they are published.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.facts import Facts
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

_LISTED = "SELECT sitemap, loc, path FROM listed WHERE path IS NULL OR instr(loc, '#') ORDER BY sitemap, rowid"
_LOC = "<loc>https://www.example.com/en-us/</loc>"
_FILE = "/sitemaps/en-us.xml"
GOOD = (
    Edit(_LOC, "<loc>\n  https://www.example.com/en-us/?page=2&amp;x=1\n</loc>", _FILE),
    Edit(_LOC, "<loc>https://www.example.com/en-us/caf%C3%A9/</loc>", _FILE),
    Edit('(?<=hreflang="es-US" href=")https://www.example.com', "https://es.example.org", _FILE),
)
BAD = (
    Edit(_LOC, "<loc>https://example.com/en-us/</loc>", _FILE),
    Edit(_LOC, "<loc>http://www.example.com/en-us/</loc>", _FILE),
    Edit(_LOC, "<loc>/en-us/</loc>", _FILE),
    Edit(_LOC, "<loc>https://www.example.com/en-us/#top</loc>", _FILE),
    Edit(_LOC, "<loc></loc>", _FILE),
    Edit("<loc>https://www.example.com/sitemaps/site.xml", "<loc>sitemaps/site.xml", "/sitemap.xml"),
)


@rule(severity="stop", evidence=documented("https://www.sitemaps.org/protocol.html", "2026-11-22"), scope=Facts)
def sitemap_address(facts: Facts) -> Iterator[Finding]:
    wrong: dict[tuple[str, str], list[str]] = {}
    for sitemap, loc, path in facts.query(_LISTED):
        if why := _fault(loc, path, facts.origin):
            wrong.setdefault((sitemap, why), []).append(loc)
    for (sitemap, why), locs in wrong.items():
        what = f"the address {quoted(locs[0])} {why}{as_in_others(len(locs))}"
        yield Finding(sitemap, what, "List the whole address of a page.")


def _fault(loc: str, path: str | None, origin: str) -> str:
    if not loc.lower().startswith(("http://", "https://")):
        return "is not a whole one" if loc else "is empty"
    if path is None:
        # Where nobody knows the host of the site, any may be it.
        return f"is not one of {origin}" if origin else ""
    return "is that of a part of a page"
