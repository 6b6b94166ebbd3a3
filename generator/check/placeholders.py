"""Addresses with placeholders, as hosts read them in ``_redirects`` and ``_headers``."""

from __future__ import annotations

import re


def expression(pattern: str, placeholder: re.Pattern[str], end: str) -> re.Pattern[str]:
    """Regular expression for ``pattern``, in which each ``placeholder`` is a star or a name behind a colon.

    A star matches anything and is the group ``splat``, a name matches text up to ``end`` and is a group of its own;
    of several with one name the first.
    """
    found = ""
    names: set[str] = set()
    at = 0
    for match in placeholder.finditer(pattern):
        held = ".*" if match[0] == "*" else f"[^{re.escape(end)}]+"
        name = "splat" if match[0] == "*" else match[0][1:]
        found += re.escape(pattern[at : match.start()]) + (held if name in names else f"(?P<{name}>{held})")
        names.add(name)
        at = match.end()
    return re.compile(found + re.escape(pattern[at:]), re.DOTALL)
