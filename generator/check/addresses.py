"""What can be said of an address without looking at the files behind it."""

from __future__ import annotations

from urllib.parse import unquote, urljoin


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
