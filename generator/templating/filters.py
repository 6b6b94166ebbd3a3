"""Jinja filters for numbers, dates, distances and time zones, by a locale's CLDR formats."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import cache

import babel
from babel.dates import format_date, get_timezone, get_timezone_name
from babel.numbers import format_decimal
from babel.units import format_unit

from generator.model import Locale

_SAME_CLOCK = {
    "America/Indiana/Indianapolis": "America/New_York",
    "America/Kentucky/Louisville": "America/New_York",
}
"""Zones that CLDR names by an alias which Babel does not follow, with one of the same clock and name today."""

KILOMETRES_PER_MILE = 1.609344


def locale_filters(locale: Locale) -> dict[str, Callable[..., str]]:
    """The filters ``number``, ``date``, ``distance`` and ``time_zone`` for ``locale``.

    Each value is formatted once: CLDR formatting costs some ten microseconds, and few values differ.
    """
    known = babel.Locale.parse(locale.formats)

    @cache
    def number(value: float) -> str:
        return format_decimal(value, locale=known)

    @cache
    def date(value: datetime.date) -> str:
        return format_date(value, "long", locale=known)

    @cache
    def whole_distance(value: float, unit: str) -> str:
        return format_unit(value, unit, length="short", locale=known) or ""

    def distance(kilometres: float) -> str:
        miles = locale.measurement == "us"
        value = kilometres / KILOMETRES_PER_MILE if miles else kilometres
        rounded = round(value) if value >= 1 else round(value, 1)
        return whole_distance(rounded, "length-mile" if miles else "length-kilometer")

    @cache
    def time_zone(name: str) -> str:
        zone = get_timezone(_SAME_CLOCK.get(name, name))
        return get_timezone_name(zone, width="long", zone_variant="generic", locale=known)

    return {"number": number, "date": date, "distance": distance, "time_zone": time_zone}
