"""A frame does not say what it shows.

A screen reader says “frame” and leaves its user to enter it and find out whether it is a map, a film or an
advertisement. Say it in the frame's `title`.
"""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.markup import is_shown
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

GOOD = (
    Edit("With a needle.", '<iframe src="https://maps.example.com/" title="A map of Waco"></iframe>'),
    Edit("With a needle.", '<iframe src="/map" aria-label="A map"></iframe><iframe aria-labelledby="faq"></iframe>'),
    Edit("</body>", '<noscript><iframe src="https://t.example.com/" height="0" width="0"></iframe></noscript></body>'),
    Edit("</body>", '<iframe src="/p" style="Display: none"></iframe><iframe src="/p" tabindex="-1"></iframe></body>'),
    Edit("</body>", '<iframe src="/p" role="presentation"></iframe><iframe src="/p" hidden></iframe></body>'),
)
BAD = (
    Edit("With a needle.", '<iframe src="https://maps.example.com/"></iframe>'),
    Edit("With a needle.", '<iframe src="https://maps.example.com/" title=" " name="map"></iframe>'),
    Edit("With a needle.", '<iframe srcdoc="Hello" aria-labelledby="gone"></iframe>'),
)
_LABELS = ("title", "aria-label")
_UNSEEN = frozenset({"0", "1", "0px", "1px"})


@rule(
    severity="warning",
    evidence=documented("https://www.w3.org/WAI/standards-guidelines/act/rules/cae760/", "2026-11-22"),
    scope=Document,
)
def iframe_title(document: Document) -> Iterator[Finding]:
    nameless = [node for node in document.css("iframe") if not _has_name(node, document) and is_shown(node)]
    if nameless:
        source = nameless[0].attributes.get("src") or ""
        frame = f"the frame {quoted(source)}" if source else "a frame"
        yield Finding(
            document.path, f"{frame} has no title{as_in_others(len(nameless))}", "Say in its title what it shows."
        )


def _has_name(node: LexborNode, document: Document) -> bool:
    said = node.attributes
    if (said.get("role") or "").lower() in {"presentation", "none"} or (said.get("tabindex") or "").startswith("-"):
        return True
    if {said.get("width"), said.get("height")} <= _UNSEEN or "visibility:hidden" in (said.get("style") or "").replace(
        " ", ""
    ):
        return True
    if any((said.get(label) or "").strip() for label in _LABELS):
        return True
    return any(label in document.anchors for label in (said.get("aria-labelledby") or "").split())
