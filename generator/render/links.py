"""The links of a page to the site itself."""

from __future__ import annotations

import re
from html import unescape

_ADDRESS = re.compile(r'<a [^>]*?href="(/[^">]*)"')


def own_links(html: str) -> tuple[str, ...]:
    """Addresses of the site's own pages that the anchors of ``html`` lead to, each once, in order.

    ``html`` is the generator's own output, in which attributes stand in double quotation marks. Links to a
    fragment of the page itself are left out.
    """
    found = dict.fromkeys(_ADDRESS.findall(html))
    return tuple([unescape(address) if "&" in address else address for address in found if address[:2] != "//"])
