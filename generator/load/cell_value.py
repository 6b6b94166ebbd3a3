"""A table's cell as a value of its column's type."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from generator.load.csv_file import quoted
from generator.model import Value


def cell_value(text: str, kind: str) -> Value:
    """The value of a cell that is not empty; raises ``ValueError`` with the fault and a form that is right."""
    pattern, convert, nature, fix = _KINDS[kind]
    fault = ValueError(f"{quoted(text)} is {nature}", fix)
    if not re.fullmatch(pattern, text, re.IGNORECASE):
        raise fault
    try:
        return convert(text)
    except ValueError:
        raise fault from None


def _web_address(text: str) -> str:
    if not urlsplit(text).hostname:
        raise ValueError(text)
    return text


_KINDS: Mapping[str, tuple[str, Callable[[str], Value], str, str]] = {
    "text": ("(?s:.*)", str, "", ""),
    "integer": ("-?[0-9]{1,15}", int, "not a whole number", "Write digits only, like 1250."),
    "number": (
        r"-?[0-9]{1,15}(\.[0-9]{1,15})?",
        float,
        "not a number",
        "Write digits with a decimal point, like 1250.5.",
    ),
    "boolean": (
        "yes|true|no|false",
        lambda text: text.lower() in ("yes", "true"),
        "neither yes nor no",
        "Write yes or no.",
    ),
    "date": (
        "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        datetime.date.fromisoformat,
        "not a date",
        "Write year, month and day, like 2026-01-31.",
    ),
    "url": (
        r"https?://[^\s<>\"'\\]+",
        _web_address,
        "not a web address",
        "Write it whole, like https://www.example.com/page.",
    ),
}
"""The pattern of each type, the value of its text, and for messages the fault of other texts and what to write."""
