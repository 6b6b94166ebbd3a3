"""The page's robots metas contradict one another.

One says that the page may be shown in search results and another that it may not, or one that its links may be followed
and another that they may not. Google takes the stricter of two, which is not always what was meant. Keep one meta
element for all crawlers, and say each thing once.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

# "All" is the same as "index, follow", "none" as "noindex, nofollow".
_OPPOSITES = (
    (frozenset({"index", "all"}), frozenset({"noindex", "none"})),
    (frozenset({"follow", "all"}), frozenset({"nofollow", "none"})),
)
_HIDDEN = frozenset({"noindex", "none"})

_ROBOTS = '<meta name="robots" content="max-image-preview:large">'
GOOD = (
    Edit(_ROBOTS, '<meta name="robots" content="index, follow"><meta name="googlebot" content="max-snippet:50">'),
    Edit(_ROBOTS, '<meta name="robots" content="noindex"><meta name="googlebot" content="NOINDEX, nofollow">'),
    Edit(_ROBOTS, '<meta name="robots" content="index"><meta name="googlebot-news" content="noindex">'),
    Edit(_ROBOTS, '<meta name="robots" content="noindex, follow">'),
    Edit(_ROBOTS, '<meta name="robots" content="none, noarchive">'),
)
BAD = (
    Edit(_ROBOTS, '<meta name="robots" content="index, NoIndex">'),
    Edit(_ROBOTS, '<meta name="robots" content="index"><meta name="robots" content="noindex">'),
    Edit(_ROBOTS, '<meta name="robots" content="noindex"><meta name="googlebot" content="index, follow">'),
    Edit(_ROBOTS, '<meta name="googlebot" content="noindex">'),
    Edit(_ROBOTS, '<meta name="robots" content="all, nofollow">'),
)


@rule(
    severity="error",
    evidence=documented("https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag", "2026-11-22"),
    scope=Document,
    hints=(),
)
def robots_conflict(document: Document) -> Iterator[Finding]:
    google = {part.strip().lower() for part in document.meta("googlebot").split(",")}
    said = document.robots | google
    for allowed, forbidden in _OPPOSITES:
        yes, no = sorted(said & allowed), sorted(said & forbidden)
        if yes and no:
            what = f"its robots metas say {quoted(yes[0])} and {quoted(no[0])}"
            yield Finding(document.path, what, "Say only what is meant.")
            return
    if google & _HIDDEN and not document.robots & _HIDDEN:
        what = "its robots metas hide the page from Google and show it to all others"
        yield Finding(document.path, what, "Tell all crawlers the same.")
