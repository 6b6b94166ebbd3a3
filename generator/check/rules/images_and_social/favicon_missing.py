"""The home page has no icon by which the site could be recognised.

The icon stands in tabs, bookmarks and Google's results, where Google takes it from the home page. Without one they
show a stand-in. Name it in the home page's head, `<link rel="icon" href="…">`, or put it at `/favicon.ico`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document, read_document
from generator.check.examples import Edit
from generator.check.published import Published
from generator.check.quoting import quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

_USUAL = "/favicon.ico"
_ICONS = (
    'link[rel~="icon" i][href], link[rel="apple-touch-icon" i][href], link[rel="apple-touch-icon-precomposed" i][href]'
)
GOOD = (
    Edit('<link rel="icon"[^>]*>', "", "chooser"),
    Edit('<link rel="(?:icon|apple-touch-icon)"[^>]*>', "", "chooser"),
    Edit('<link rel="icon" href="[^"]*"', '<link rel="SHORTCUT ICON" href="https://cdn.example.org/i.png"', "chooser"),
    Edit('<link rel="icon" href="[^"]*"', '<link rel="icon" href="data:image/svg+xml,%3Csvg%3E"', "chooser"),
    Edit('<link rel="icon" href="[^"]*"', '<link rel="icon" href="/gone.png"', "place"),
)
BAD = (
    Edit('<link rel="icon" href="[^"]*"', '<link rel="icon" href="/gone.png"', "chooser"),
    Edit('<link rel="apple-touch-icon" href="[^"]*"', '<link rel="apple-touch-icon" href="gone.png"', "chooser"),
)


@rule(
    severity="info",
    evidence=documented("https://developers.google.com/search/docs/appearance/favicon-in-search", "2026-11-22"),
    scope=Published,
)
def favicon_missing(published: Published) -> Iterator[Finding]:
    home = read_document(published, "/")
    if home is None:
        return
    icons = [(node.attributes.get("href") or "").strip() for node in home.css(_ICONS)]
    missing = [icon for icon in icons if _is_missing(icon, home)]
    if missing:
        yield Finding("/", f"the icon {quoted(missing[0])} is not there", "Correct its address, or add the file.")
    elif not icons and not published.has(_USUAL):
        yield Finding("/", "the home page names no icon, and there is no /favicon.ico", "Add an icon to its head.")


def _is_missing(icon: str, home: Document) -> bool:
    target = None if icon[:5].lower() == "data:" else home.published.local(icon, "/")
    return target is not None and not home.published.has(target.path)
