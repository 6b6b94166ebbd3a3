"""A page does not say how it is to look when somebody shares it.

Social networks and messengers make a card of the Open Graph properties `og:title`, `og:type`, `og:url` and `og:image`,
all of which the protocol requires. Where one is missing they guess, and often show a bare link.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.rule import documented, rule
from generator.errors import Finding
from generator.plan.routes import NOT_FOUND

_REQUIRED = ("og:title", "og:type", "og:url", "og:image")
GOOD = (
    Edit('<meta property="og:(?:site_name|locale|description|image:[a-z]*)"[^>]*>', ""),
    Edit('<meta property="og:title"', '<meta name="OG:Title"'),
    Edit('<meta property="og:image"', '<meta property="og:image:url"'),
    Edit('<meta property="og:title"[^>]*>', "", "not_found"),
    Edit('<meta name="robots".*?<meta property="og:title"[^>]*>', '<meta name="robots" content="noindex">'),
    Edit("<head>.*</body>", '<head><meta http-equiv="refresh" content="0;url=/en-us/"></head><body></body>'),
)
BAD = (
    Edit('<meta property="og:title"[^>]*>', ""),
    Edit('<meta property="og:type" content="[^"]*"', '<meta property="og:type" content=" "'),
    Edit('<meta property="og:url"[^>]*>', ""),
    Edit('<meta property="og:image"[^>]*>', ""),
)


@rule(severity="warning", evidence=documented("https://ogp.me/", "2026-11-22"), scope=Document)
def open_graph_incomplete(document: Document) -> Iterator[Finding]:
    if not document.is_indexable or document.path == NOT_FOUND or document.sends_on:
        return
    said = {
        name.removesuffix(":url") if name == "og:image:url" else name for name, content in document.metas if content
    }
    missing = [name for name in _REQUIRED if name not in said]
    if missing:
        yield Finding(document.path, f"it has no {', '.join(missing)}", f"Add {', '.join(missing)} to its head.")
