"""A header keeps search engines from pages that they are meant to show.

“X-Robots-Tag: noindex” in `_headers` counts as much as the same word in the page, and nobody sees it there. It is
often meant for previews and then carried along. Take it out, or name the host of the previews in front of the path.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.headers import FILE, headers_of, read_headers
from generator.check.links import Links
from generator.check.rule import documented, rule
from generator.errors import Finding

_NAME = "x-robots-tag"
_FOR_ONE = re.compile(r"([\w*-]+)\s*:\s*(.*)")
_SEARCH = frozenset({"googlebot", "bingbot", "*"})
_WITH_VALUES = frozenset({"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"})
GOOD = (
    Edit("/assets/\\*\n", "/assets/*\n  X-Robots-Tag: noindex\n", "/_headers"),
    Edit("/assets/\\*\n", "https://:project.pages.dev/*\n  X-Robots-Tag: noindex\n\n/assets/*\n", "/_headers"),
    Edit("/assets/\\*\n", "/*\n  X-Robots-Tag: archivebot: noindex, nofollow\n\n/assets/*\n", "/_headers"),
    Edit("/assets/\\*\n", "/*\n  X-Robots-Tag: noimageindex, max-snippet: 50\n\n/assets/*\n", "/_headers"),
    Edit("/assets/\\*\n", "/404.html\n  X-Robots-Tag: noindex\n\n/assets/*\n", "/_headers"),
)
BAD = (
    Edit("/assets/\\*\n", "/*\n  X-Robots-Tag: noindex\n\n/assets/*\n", "/_headers"),
    Edit("/assets/\\*\n", "/en-us/*\n  x-robots-tag: NOFOLLOW, NOINDEX\n\n/assets/*\n", "/_headers"),
    Edit("/assets/\\*\n", "/:language/sciatica/:region/waco/\n  X-Robots-Tag: none\n\n/assets/*\n", "/_headers"),
    Edit("/assets/\\*\n", "/*\n  X-Robots-Tag: googlebot: noindex\n\n/assets/*\n", "/_headers"),
    Edit("/assets/\\*\n", "https://www.example.com/*\n  X-Robots-Tag: noindex\n\n/assets/*\n", "/_headers"),
)


@rule(
    severity="stop",
    evidence=documented("https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag", "2026-11-22"),
    scope=Links,
)
def headers_noindex(links: Links) -> Iterator[Finding]:
    rules = read_headers(links.published)
    if not any(name == _NAME and _hides(value) for rule in rules for name, value in rule.headers):
        return
    origin = links.published.origin
    hidden = [
        path for _, path in links.where(links.is_indexable) if _hides(headers_of(path, rules, origin).get(_NAME, ""))
    ]
    if hidden:
        others = f" and {len(hidden) - 1:,} other pages" if len(hidden) > 1 else ""
        what = f"“X-Robots-Tag” keeps {hidden[0]}{others} out of search"
        yield Finding(FILE, what, "Take the header out, or let it hold for the host of the previews only.")


def _hides(value: str) -> bool:
    """Whether a search engine that obeys the header does not show the page."""
    robot = ""
    for part in value.lower().split(","):
        said = part.strip()
        named = _FOR_ONE.fullmatch(said)
        if named and named[1] not in _WITH_VALUES:
            # What follows is for this robot, until another one is named.
            robot, said = named[1], named[2].strip()
        if said in {"noindex", "none"} and (not robot or robot in _SEARCH):
            return True
    return False
