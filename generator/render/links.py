"""The links of a page to the site itself."""

from __future__ import annotations

import re
from html import unescape

_OPENING = "<a "
_ADDRESS = re.compile(r'<a [^>]*?href="(/[^">]*)"')


def own_links(html: str) -> tuple[str, ...]:
    """Addresses of the site's own pages that the anchors of ``html`` lead to, each once, in order.

    ``html`` is the generator's own output, in which attributes stand in double quotation marks. Links to a
    fragment of the page itself are left out.
    """
    found = dict.fromkeys(_ADDRESS.findall(html))
    return tuple([unescape(address) if "&" in address else address for address in found if address[:2] != "//"])


def only_tags(piece: str) -> str:
    """What of a ``piece`` of HTML matters to ``own_links``, wherever the piece stands between others.

    That is its anchors with such a link, and its ends, where it may close a tag that another piece has opened,
    or open one. The links of pieces that are joined are those of what this leaves of each.
    """
    end = piece.find(">") + 1
    if not end:
        return _ends(piece)
    kept = [piece[:end]]
    start = piece.find(_OPENING, end)
    while start >= 0:
        end = piece.find(">", start) + 1
        if not end:
            return "".join((*kept, piece[start:]))
        if own_links(piece[start:end]):
            kept.append(piece[start:end])
        start = piece.find(_OPENING, end)
    return "".join((*kept, piece[max(end, len(piece) - len(_OPENING) + 1) :]))


def _ends(piece: str) -> str:
    """What matters of a ``piece`` that closes no tag: within one it may end an address, or begin to give one.

    The second quotation mark is the last that may do so, where the first is that of an ``href="`` cut in two.
    """
    first = piece.find('"') + 1
    quote = piece.find('"', first) + 1 if first else 0
    if not quote or _OPENING in piece or "href" in piece:
        return piece
    return piece[:quote] + piece[max(quote, len(piece) - len('href="') + 1) :]
