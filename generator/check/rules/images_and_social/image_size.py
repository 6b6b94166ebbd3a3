"""A picture does not say how large it is.

Until the picture has come the browser keeps no room for it, and then moves the text aside under the reader's eyes: the
layout shift that Google's Core Web Vitals measure. Give it its own `width` and `height` in pixels; the style sheet
may still scale it. A size that is set in a style sheet cannot be seen here.
"""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.markup import is_shown
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import HEURISTIC, rule
from generator.errors import Finding

GOOD = (
    Edit("With a needle.", '<img src="/favicon.ico" alt="" width="9" height="9">'),
    Edit("With a needle.", '<img src="/favicon.ico" alt="" style="width: 100%; aspect-ratio: 3 / 2">'),
    Edit("With a needle.", '<img src="/favicon.ico" alt="" style="position:absolute;height:100%;width:100%">'),
    Edit("With a needle.", '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="">'),
    Edit(
        "With a needle.",
        '<img src="/favicon.ico" alt="" hidden><img src="/favicon.ico" alt="" width="9" style="height:1em">',
    ),
)
BAD = (
    Edit("With a needle.", '<img src="/favicon.ico" alt="">'),
    Edit("With a needle.", '<img src="/favicon.ico" alt="" width="900">'),
    Edit("With a needle.", '<img src="/favicon.ico" alt="" width="" height="">'),
    Edit("With a needle.", '<img src="/favicon.ico" alt="" style="max-width: 100%; max-height: 9em">'),
)


@rule(severity="warning", evidence=HEURISTIC, scope=Document)
def image_size(document: Document) -> Iterator[Finding]:
    unsized = [node for node in document.images if not _has_size(node) and is_shown(node)]
    if unsized:
        source = unsized[0].attributes.get("src") or ""
        picture = f"the picture {quoted(source)}" if source else "a picture without an address"
        what = f"{picture} does not say how large it is{as_in_others(len(unsized))}"
        yield Finding(document.path, what, "Give it its width and height in pixels.")


def _has_size(node: LexborNode) -> bool:
    said = node.attributes
    if (said.get("src") or "")[:5].lower() == "data:":
        return True
    declared = (part.partition(":") for part in (said.get("style") or "").split(";"))
    styled = {name.strip().lower() for name, _, value in declared if value.strip()}
    if "aspect-ratio" in styled:
        return True
    return all(said.get(side) or side in styled for side in ("width", "height"))
