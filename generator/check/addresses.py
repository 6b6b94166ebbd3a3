"""Addresses on a site, and tests of one without the file behind it."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

_PORTS = {"http": 80, "https": 443}
CAMPAIGN = re.compile(
    r"(?:^|[&;])(utm_\w+|gclid|dclid|gbraid|wbraid|fbclid|msclkid|yclid|ttclid|twclid|li_fat_id|mc_cid|mc_eid|_gl)=",
    re.IGNORECASE,
)
"""Parameters of a query by which campaigns are told apart."""


class Address(NamedTuple):
    """An address on the site: the path as files are named, and what stands behind ``?`` and ``#``."""

    path: str
    query: str
    fragment: str


def is_page(path: str) -> bool:
    """Whether a page would be expected at ``path``, and not a picture or a document."""
    name = path.rpartition("/")[2].lower()
    return "." not in name or name.endswith((".html", ".htm"))


def is_same_address(address: str, path: str, origin: str) -> bool:
    """Whether ``address``, as the page at ``path`` writes it, is its own on the site at ``origin``."""
    own = f"{origin}{path}"
    if address == own:
        return True
    try:
        joined = urljoin(own, address)
    except ValueError:
        return False
    return unquote(joined.partition("#")[0]) == own


class Aim(NamedTuple):
    """Target of a canonical address, as browsers resolve it, without its query."""

    origin: str
    path: str
    fragment: str


def aim_of(canonical: str, base: str) -> Aim | None:
    """Target of ``canonical`` on a page at ``base``; None where it is no address of the web."""
    try:
        parts = urlsplit(urljoin(base, canonical))
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname:
        return None
    shown = "" if port in {None, _PORTS[parts.scheme]} else f":{port}"
    return Aim(f"{parts.scheme}://{parts.hostname}{shown}", unquote(parts.path) or "/", parts.fragment)
