"""A sitemap gives the day of a change in a form that crawlers do not read.

Days are written as 2026-06-01, times as 2026-06-01T12:00:00+00:00 with their zone. A date in another form, or one
that does not exist, is passed over, and the page counts as one whose last change is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time

from generator.check.examples import Edit
from generator.check.facts import Facts
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

_W3C = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?)?)?", re.ASCII
)

_STAMPS = "SELECT sitemap, lastmod, min(loc), count(*) FROM listed WHERE lastmod != '' GROUP BY sitemap, lastmod"
_FILE = "/sitemaps/en-us.xml"
_DAY = "(?<=<lastmod>)2026-06-01"
GOOD = (
    Edit(_DAY, "2026-06", _FILE),
    Edit(_DAY, "\n2024-02-29T23:59:59.5Z ", _FILE),
    Edit(_DAY, "2026-06-01T12:00-05:00", _FILE),
    Edit(_DAY, "", _FILE),
)
BAD = (
    Edit(_DAY, "06/01/2026", _FILE),
    Edit(_DAY, "2026-02-30", _FILE),
    Edit(_DAY, "2026-06-01T12:00:00", _FILE),
    Edit(_DAY, "2026-06-01 12:00:00+00:00", _FILE),
    Edit(_DAY, "2026-6-1", _FILE),
    Edit("<sitemap><loc>[^<]*</loc>", "<sitemap><lastmod>today</lastmod>", "/sitemap.xml"),
)


@rule(severity="error", evidence=documented("https://www.w3.org/TR/NOTE-datetime", "2026-11-22"), scope=Facts)
def lastmod_invalid(facts: Facts) -> Iterator[Finding]:
    wrong: dict[str, tuple[str, str, int]] = {}
    for sitemap, lastmod, loc, count in facts.query(_STAMPS):
        if not _is_w3c_datetime(lastmod):
            first = wrong.get(sitemap, (lastmod, loc, 0))
            wrong[sitemap] = (*first[:2], first[2] + count)
    for sitemap, (lastmod, loc, count) in wrong.items():
        what = f"the date {quoted(lastmod)} of {loc} is none{as_in_others(count)}"
        yield Finding(sitemap, what, "Write it as 2026-06-01, or leave it out.")


def _is_w3c_datetime(text: str) -> bool:
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
