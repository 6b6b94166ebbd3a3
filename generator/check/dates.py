"""Days and times as sitemaps and structured data write them."""

from __future__ import annotations

import re
from datetime import date

_DAY = re.compile(r"\s*(\d{4})-(\d\d)-(\d\d)(?![\d-])", re.ASCII)


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
