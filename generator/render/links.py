"""The links of a page to the site itself."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape

_OPENING = "<a "


def own_links(html: str) -> tuple[str, ...]:
    """Addresses of the site's own pages that the anchors of ``html`` lead to, each once, in order.

    ``html`` is the generator's own output, in which attributes stand in double quotation marks. Links to a
    fragment of the page itself are left out.
    """
    return tuple(dict.fromkeys(_addresses(html)))


def _addresses(html: str) -> Iterator[str]:
    # Splitting costs a fifth of a regular expression over the whole page.
    for anchor in html.split(_OPENING)[1:]:
        _, found, rest = anchor[: anchor.find(">")].partition('href="')
        if found and rest[:1] == "/" and rest[:2] != "//":
            address = rest[: rest.find('"')]
            yield unescape(address) if "&" in address else address


def only_tags(piece: str) -> str:
    """What of a ``piece`` of HTML matters to ``own_links``, wherever the piece stands between others.

    That is its anchors, and its ends, where it may close a tag that another piece has opened, or open one. The
    links of pieces that are joined are those of what this leaves of each.
    """
    end = piece.find(">") + 1
    if not end:
        return piece
    kept = [piece[:end]]
    start = piece.find(_OPENING, end)
    while start >= 0:
        end = piece.find(">", start) + 1
        if not end:
            return "".join((*kept, piece[start:]))
        kept.append(piece[start:end])
        start = piece.find(_OPENING, end)
    return "".join((*kept, piece[max(end, len(piece) - len(_OPENING) + 1) :]))
