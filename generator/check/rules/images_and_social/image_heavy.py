"""A page shows a picture of more than 200 kB, and offers no lighter one.

On a telephone the picture comes late or costs the reader money, and it is often the largest part that Core Web Vitals
wait for. Save it smaller or in a newer format such as WebP or AVIF, or offer several widths in its `srcset`. The number
is our own.
"""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.markup import candidates
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import HEURISTIC, rule
from generator.errors import Finding

_MOST = 200_000
_ICON = "/assets/icon-25cea755dc8d.svg"
_SMALL = '<img src="/favicon.ico" alt="">'
GOOD = (
    Edit("With a needle.", _SMALL + '<img src="/gone.png" alt=""><img src="https://example.org/a.png" alt="">'),
    Edit("With a needle.", f'<img src="data:image/png;base64,{"A" * 9_000}" alt=""><video src="/film.mp4"></video>'),
    Edit("With a needle.", f'<picture><source srcset="data:image/png;base64,{"A" * 300_000} 2x">{_SMALL}</picture>'),
)
BAD = (
    Edit("With a needle.", f'<img src="data:image/png;base64,{"A" * 300_000}" alt="">'),
    Edit(r"\Z", " " * _MOST, _ICON),
)


@rule(severity="warning", evidence=HEURISTIC, scope=Document)
def image_heavy(document: Document) -> Iterator[Finding]:
    offered = _lightest_offered(document) if document.images else {}
    heavy = []
    for node in document.css('img, video[poster], link[rel~="icon" i]'):
        weights = [(_weight(address, document), address) for address in _choices(node)]
        if node.parent is not None and node.parent.mem_id in offered:
            weights.append(offered[node.parent.mem_id])
        if weights and min(weights)[0] > _MOST:
            heavy.append(min(weights))
    if heavy:
        weight, address = heavy[0]
        what = f"it shows the picture {quoted(address)} of {weight // 1_000:,} kB{as_in_others(len(heavy))}"
        yield Finding(document.path, what, "Save it smaller, or offer lighter ones in its srcset.")


def _choices(node: LexborNode) -> Iterator[str]:
    """The addresses of which a browser takes one."""
    said = node.attributes
    address = said.get({"img": "src", "video": "poster"}.get(node.tag or "", "href"))
    if address and address.strip():
        yield address.strip()
    if node.tag == "img":
        yield from candidates(said.get("srcset") or "")


def _lightest_offered(document: Document) -> dict[int, tuple[int, str]]:
    """What each ``picture`` offers beside its ``img``."""
    found: dict[int, tuple[int, str]] = {}
    for source in document.css("picture > source[srcset]"):
        for address in candidates(source.attributes.get("srcset") or ""):
            if source.parent is not None:
                offered = (_weight(address, document), address)
                found[source.parent.mem_id] = min(offered, found.get(source.parent.mem_id, offered))
    return found


def _weight(address: str, document: Document) -> int:
    """Bytes of the picture; none where it lies elsewhere, since nobody knows."""
    if address[:5].lower() == "data:":
        # Base64 writes three bytes in four letters.
        return len(address) * 3 // 4 if ";base64," in address[:100] else len(address)
    target = document.published.local(address, document.path)
    return document.published.size(target.path) if target and target.path != document.path else 0
