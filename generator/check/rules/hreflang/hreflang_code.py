"""The code of a translation is none that search engines know.

A code is a language, as en, and after it, if need be, a script and a country, as en-US or zh-Hant. Codes such as
en-UK, jp, es-419 or en_US look right and are ignored, so nobody is shown that version for its language.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.facts import Facts
from generator.check.languages import hreflang_fault
from generator.check.quoting import as_on_others, quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

_CODES = "SELECT code, min(path), count(DISTINCT path) FROM alternates GROUP BY code ORDER BY min(path), code"
_ES = '(?<=<link rel="alternate" hreflang=")es-US'
GOOD = (
    Edit(_ES, "es-us"),
    Edit(_ES, "zh-Hant-TW"),
    Edit(_ES, "be"),
    Edit(_ES, "uk-GB"),
    Edit('(?<=hreflang=")x-default', "X-Default"),
)
BAD = (
    Edit(_ES, "en-UK"),
    Edit(_ES, "jp"),
    Edit(_ES, "es-419"),
    Edit(_ES, "us"),
    Edit(_ES, "es_US"),
    Edit(_ES, "en-EU"),
    Edit(_ES, "es-US-MX"),
    Edit(_ES, ""),
)


@rule(
    severity="error",
    evidence=documented(
        "https://developers.google.com/search/docs/specialty/international/localized-versions", "2026-11-22"
    ),
    scope=Facts,
)
def hreflang_code(facts: Facts) -> Iterator[Finding]:
    for code, path, count in facts.query(_CODES):
        if fault := hreflang_fault(code):
            why, cure = fault
            others = as_on_others(count)
            yield Finding(path, f"the code {quoted(code)} of a version is wrong: {why}{others}", cure)
