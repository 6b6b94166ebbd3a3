"""A page as it is published."""

from __future__ import annotations

from typing import NamedTuple


class Printed(NamedTuple):
    """A page in bytes, and the links of ``own_links``.

    One that ``is_silent`` does not ask search engines to leave it out, as its parts show; others may or may not.
    """

    body: bytes
    links: tuple[str, ...]
    is_silent: bool = False


def encoded(text: str) -> bytes:
    """``text`` in bytes; half of a character, which UTF-8 does not have, as a reference."""
    return text.encode("utf-8", "xmlcharrefreplace")
