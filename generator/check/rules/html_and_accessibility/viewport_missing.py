"""A page does not say that it fits the width of a telephone.

Without `<meta name="viewport" content="width=device-width, initial-scale=1">` telephones take a page to be made for a
wide screen and shrink it until nobody can read it. Google looks at pages as a telephone does. Add the line to the head.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import quoted
from generator.check.rule import HEURISTIC, rule
from generator.errors import Finding

_ADAPTS = ("width", "initial-scale")
GOOD = (
    Edit('<meta name="viewport" content="[^"]*"', '<meta name="Viewport" content="WIDTH = device-width"'),
    Edit('<meta name="viewport" content="[^"]*"', '<meta name="viewport" content="initial-scale=1;viewport-fit=cover"'),
    Edit('<meta name="viewport"[^>]*>', '<meta http-equiv="Refresh" content="0; URL=/en-us/">'),
)
BAD = (
    Edit('<meta name="viewport"[^>]*>', ""),
    Edit('<meta name="viewport" content="[^"]*"', '<meta name="viewport" content=""'),
    Edit('<meta name="viewport" content="[^"]*"', '<meta name="viewport" content="viewport-fit=cover"'),
)


@rule(severity="error", evidence=HEURISTIC, scope=Document, hints=())
def viewport_missing(document: Document) -> Iterator[Finding]:
    said = [content for name, content in document.metas if name == "viewport"]
    names = {
        part.partition("=")[0].strip().lower() for content in said for part in content.replace(";", ",").split(",")
    }
    if names.isdisjoint(_ADAPTS) and not document.sends_on:
        what = f"its viewport says only {quoted(said[0])}" if said and said[0] else "it names no viewport"
        fix = 'Add <meta name="viewport" content="width=device-width, initial-scale=1">.'
        yield Finding(document.path, what, fix)
