"""A page does not say which kind of card X is to show for it.

X (formerly Twitter) takes title and picture from the Open Graph properties, but only `twitter:card` tells it to show
the picture large: `summary_large_image`. Without it, links to the page are shown smaller, or bare.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.rule import HEURISTIC, rule
from generator.errors import Finding
from generator.plan.routes import NOT_FOUND

GOOD = (
    Edit('<meta name="twitter:(?:title|description|image|image:alt)"[^>]*>', ""),
    Edit('<meta name="twitter:card"', '<meta property="twitter:card"'),
    Edit('<meta name="twitter:card"[^>]*>', "", "not_found"),
    Edit('<meta name="robots".*?<meta name="twitter:card"[^>]*>', '<meta name="robots" content="noindex">'),
    Edit("<head>.*</body>", '<head><meta http-equiv="refresh" content="0;url=/en-us/"></head><body></body>'),
)
BAD = (
    Edit('<meta name="twitter:card"[^>]*>', ""),
    Edit('<meta name="twitter:card" content="[^"]*"', '<meta name="twitter:card" content=""'),
)


@rule(severity="info", evidence=HEURISTIC, scope=Document)
def twitter_card(document: Document) -> Iterator[Finding]:
    if not document.is_indexable or document.path == NOT_FOUND or document.sends_on:
        return
    if not document.meta("twitter:card"):
        yield Finding(document.path, "it has no twitter:card", "Add it to the head: summary_large_image.")
