"""Addresses as browsers resolve them, and tests of one without the file behind it."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote

from ada_url import URL

NOWHERE = "https://site.invalid"
"""The origin of a site of which nobody knows where it is published."""

CAMPAIGN = re.compile(
    r"(?:^|[&;])(utm_\w+|gclid|dclid|gbraid|wbraid|fbclid|msclkid|yclid|ttclid|twclid|li_fat_id|mc_cid|mc_eid|_gl)=",
    re.IGNORECASE,
)
"""Parameters of a query by which campaigns are told apart."""


class Address(NamedTuple):
    """An address of the web: the path as files are named, and what stands behind ``?`` and ``#``.

    ``origin`` is the scheme and the host, ``https://www.example.com``; empty on the site itself.
    """

    path: str
    query: str = ""
    fragment: str = ""
    origin: str = ""


def aim_of(address: str, base: str) -> Address | None:
    """Target of ``address`` on a page at ``base``; None where it is no address of the web.

    Found as browsers do, after https://url.spec.whatwg.org/: ``\\`` is a slash, ``%2e`` a dot, and a host is written in
    one way only. A ``base`` that is a path is one of ``NOWHERE``; where it is empty, ``address`` must be a whole one.
    """
    try:
        url = URL(address, NOWHERE + base if base.startswith("/") else base or None)
    except ValueError:
        return None
    if url.protocol not in {"http:", "https:"}:
        return None
    return Address(unquote(url.pathname), url.search[1:], unquote(url.hash[1:]), url.origin)


def is_page(path: str) -> bool:
    """Whether a page would be expected at ``path``, and not a picture or a document."""
    name = path.rpartition("/")[2].lower()
    return "." not in name or name.endswith((".html", ".htm"))


def is_same_address(address: str, path: str, origin: str) -> bool:
    """Whether ``address``, as the page at ``path`` writes it, is its own on the site at ``origin``."""
    own = f"{origin}{path}"
    if address == own:
        return True
    aim, itself = aim_of(address, own), aim_of("", own)
    return aim is not None and itself is not None and aim._replace(fragment=itself.fragment) == itself
