"""The address of a translation is not a whole one.

Such an address has to begin with https:// and the host; others are not read. It is the same for all pages that a
template makes, so one change of the template mends them all.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.facts import Facts
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

_NOT_WHOLE = """
    SELECT path, min(code), min(href), count(*) FROM alternates
    WHERE lower(href) NOT LIKE 'https://_%' AND lower(href) NOT LIKE 'http://_%'
    GROUP BY path ORDER BY path
"""
_ADDRESS = '(?<=hreflang="es-US" href=")https://www.example.com'
GOOD = (
    Edit(_ADDRESS, "HTTPS://www.example.com"),
    Edit('(?<=<a href=")/es-us/', "es-us/"),
    Edit("<head>", '<head><link rel="alternate" type="application/rss+xml" href="/feed.xml">'),
)
BAD = (Edit(_ADDRESS, ""), Edit(_ADDRESS, "//www.example.com"), Edit(_ADDRESS + '[^"]*', ""))


@rule(
    severity="error",
    evidence=documented(
        "https://developers.google.com/search/docs/specialty/international/localized-versions", "2026-11-22"
    ),
    scope=Facts,
)
def hreflang_relative(facts: Facts) -> Iterator[Finding]:
    for path, code, href, count in facts.query(_NOT_WHOLE):
        others = as_in_others(count)
        what = f"the address {quoted(href)} of the version for {quoted(code)} is not a whole one{others}"
        yield Finding(path, what, f"Write the whole address: {facts.origin or 'https://www.example.com'}/….")
