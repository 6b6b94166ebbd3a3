"""A page does not let its readers enlarge it.

Whoever sees badly spreads two fingers, and nothing happens. The accessibility guidelines ask that text can be enlarged
to twice its size: leave `user-scalable=no` and a `maximum-scale` below 2 out of the viewport.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

_ENOUGH = 2
"""Twice the size: WCAG 2.2, success criterion 1.4.4."""
_PART = re.compile(r"(user-scalable|maximum-scale)\s*=\s*([^\s,;]+)", re.IGNORECASE)
_NUMBER = re.compile(r"\d*\.?\d+")
_VIEWPORT = '(?<=<meta name="viewport" content=")[^"]*'
GOOD = (
    Edit(_VIEWPORT, "width=device-width, user-scalable=yes, maximum-scale=5"),
    Edit(_VIEWPORT, "width=device-width, minimum-scale=1, maximum-scale=-1, user-scalable=device-width"),
    Edit(_VIEWPORT, "width=device-width, maximum-scale=2.0, user-scalable=1"),
)
BAD = (
    Edit(_VIEWPORT, "width=device-width, user-scalable=no"),
    Edit(_VIEWPORT, "width=device-width; User-Scalable = 0"),
    Edit(_VIEWPORT, "width=device-width,initial-scale=1,maximum-scale=1"),
    Edit(_VIEWPORT, "width=device-width,maximum-scale=1.99"),
)


@rule(
    severity="error",
    evidence=documented("https://www.w3.org/WAI/standards-guidelines/act/rules/b4f0c3/", "2026-11-22"),
    scope=Document,
    hints=(),
)
def zoom_blocked(document: Document) -> Iterator[Finding]:
    said = (part for name, content in document.metas if name == "viewport" for part in _PART.finditer(content))
    blocking = next((part[0] for part in said if _is_blocking(part[1].lower(), part[2].lower())), "")
    if blocking:
        yield Finding(document.path, f"its viewport says {quoted(blocking)}", "Leave that out of the viewport.")


def _is_blocking(name: str, value: str) -> bool:
    number = float(match[0]) if (match := _NUMBER.match(value)) else None
    if name == "maximum-scale":
        # Browsers read "yes" as 1, and pass over what is negative.
        return value == "yes" or (number is not None and number < _ENOUGH)
    return value == "no" or number == 0
