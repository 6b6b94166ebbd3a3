"""The code of a translation is none that search engines know.

A code is a language, as en, and after it, if need be, a script and a country, as en-US or zh-Hant. Codes such as
en-UK, jp, es-419 or en_US look right and are ignored, so nobody is shown that version for its language.
"""

from __future__ import annotations

from collections.abc import Iterator

from babel.core import get_global

from generator.check.examples import Edit
from generator.check.facts import Facts
from generator.check.languages import X_DEFAULT, countries, languages, scripts
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
        if fault := _fault(code):
            why, cure = fault
            others = as_on_others(count)
            yield Finding(path, f"the code {quoted(code)} of a version is wrong: {why}{others}", cure)


def _fault(code: str) -> tuple[str, str] | None:
    """Fault of a code of a translation, and the cure; None where it is right.

    Right are ``x-default``, and a language of ISO 639-1 with, if need be, a script of ISO 15924 and a country of
    ISO 3166-1, parted by hyphens.
    """
    if code.lower() == X_DEFAULT:
        return None
    if not code:
        return "it is empty", "Name the language, as en or en-US."
    if "_" in code:
        return "its parts are joined by an underscore", f"Write {code.replace('_', '-')}."
    language, *rest = code.split("-")
    if language.lower() not in languages():
        return f"{quoted(language)} is no language of ISO 639-1", _language_cure(language)
    if rest and rest[0].title() in scripts():
        rest = rest[1:]
    if rest and rest[0].upper() in countries():
        rest = rest[1:]
    if rest:
        return f"{quoted(rest[0])} is no country of ISO 3166-1", _country_cure(language, rest[0])
    return None


def _language_cure(language: str) -> str:
    aliases = get_global("language_aliases")
    meant = aliases.get(language.lower()) or get_global("likely_subtags").get(f"und_{language.upper()}", "")
    meant = meant.partition("_")[0]
    return f"Name the language first: did you mean “{meant}”?" if meant in languages() else "Name the language first."


def _country_cure(language: str, country: str) -> str:
    meant = get_global("territory_aliases").get(country.upper(), ())
    if len(meant) == 1 and meant[0] in countries():
        return f"Write {language}-{meant[0]}."
    return f"Name one country, as en-US does, or only the language: {language}."
