"""Days and times as sitemaps and structured data write them."""

from __future__ import annotations

import re
from datetime import date, time

_W3C = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?)?)?", re.ASCII
)
_DAY = re.compile(r"\s*(\d{4})-(\d\d)-(\d\d)(?![\d-])", re.ASCII)


def is_w3c_datetime(text: str) -> bool:
    """Whether ``text`` is a day or time as https://www.w3.org/TR/NOTE-datetime has it: a time names its zone."""
    match = _W3C.fullmatch(text)
    if match is None:
        return False
    year, month, day, hour, minute, second = (int(part) if part else None for part in match.groups())
    try:
        date(year or 0, month or 1, day or 1)
        time(hour or 0, minute or 0, second or 0)
    except ValueError:
        return False
    return True


def day_of(text: str) -> date | None:
    """The day that begins ``text``, ``2026-06-01`` or ``2026-06-01T12:00``; None where there is none."""
    match = _DAY.match(text)
    if match is None:
        return None
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        return None


def are_one_day(first: str, second: str) -> bool:
    """Whether two dates may mean one day; unreadable ones do.

    With times they may lie a day apart: neighbouring days of two time zones are the same moment.
    """
    days = day_of(first), day_of(second)
    if days[0] is None or days[1] is None:
        return True
    has_time = len(first.strip()) > 10 or len(second.strip()) > 10
    return abs((days[0] - days[1]).days) <= has_time
