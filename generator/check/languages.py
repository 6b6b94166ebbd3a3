"""Codes of languages, scripts and countries, and the fault of a code that is none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from babel import Locale
from babel.core import get_global

from generator.check.quoting import quoted

X_DEFAULT = "x-default"

_TAG = re.compile(r"(?:[a-z]{2,3}|[xi](?=-))(?:-[a-z0-9]{1,8})*", re.IGNORECASE)

# Codes that CLDR knows and ISO 3166-1 does not assign to a country: https://www.iso.org/iso-3166-country-codes.html
_NO_COUNTRIES = frozenset("AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ".split())
_WITHDRAWN = frozenset({"sh"})
"""Codes that CLDR knows and ISO 639-1 has withdrawn."""

_RIGHT_TO_LEFT = frozenset("Adlm Arab Aran Hebr Mand Nkoo Rohg Samr Syrc Thaa".split())
"""Scripts that are written from right to left: https://www.w3.org/International/questions/qa-scripts"""


@cache
def hreflang_fault(code: str) -> tuple[str, str] | None:
    """What is wrong with a code of a translation, and the cure; None where it is right.

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
    if language.lower() not in _languages():
        return f"{quoted(language)} is no language of ISO 639-1", _language_cure(language)
    if rest and rest[0].title() in _scripts():
        rest = rest[1:]
    if rest and rest[0].upper() in _countries():
        rest = rest[1:]
    if rest:
        return f"{quoted(rest[0])} is no country of ISO 3166-1", _country_cure(language, rest[0])
    return None


@cache
def is_language_tag(tag: str) -> bool:
    """Whether the ``lang`` of a page may be one of BCP 47: well formed, its two-letter codes known."""
    if not _TAG.fullmatch(tag):
        return False
    language, *rest = tag.split("-")
    if len(language) == 2 and language.lower() not in _languages() | get_global("language_aliases").keys():
        return False
    region = next((part for part in rest[:2] if len(part) == 2), "")
    return not region or len(language) == 1 or region.upper() in _countries() | _NO_COUNTRIES


def primary(code: str) -> str:
    """The language of a BCP 47 tag, without script, region and variants."""
    return code.replace("_", "-").partition("-")[0].lower()


def agree(one: str, other: str) -> bool:
    """Whether two codes can be those of one text: ``en`` is any kind of English, ``en-US`` no British one."""
    first, second = one.lower().split("-"), other.lower().split("-")
    # A script has four letters and a country two; groups of countries are numbers and hold any.
    return first[0] == second[0] and all(
        len({part for part in first[1:] + second[1:] if len(part) == length}) < 2 for length in (2, 4)
    )


@cache
def is_right_to_left(tag: str) -> bool:
    """Whether text of this language is written from right to left."""
    language, *rest = tag.split("-")
    script = next((part.title() for part in rest if len(part) == 4), "")
    if not script:
        likely = get_global("likely_subtags")
        country = next((part.upper() for part in rest if len(part) == 2), "")
        full = likely.get(f"{language.lower()}_{country}") or likely.get(language.lower()) or ""
        script = next((part for part in full.split("_")[1:] if len(part) == 4), "")
    return script in _RIGHT_TO_LEFT


def _language_cure(language: str) -> str:
    aliases = get_global("language_aliases")
    meant = aliases.get(language.lower()) or get_global("likely_subtags").get(f"und_{language.upper()}", "")
    meant = meant.partition("_")[0]
    return f"Name the language first: did you mean “{meant}”?" if meant in _languages() else "Name the language first."


def _country_cure(language: str, country: str) -> str:
    meant = get_global("territory_aliases").get(country.upper(), ())
    if len(meant) == 1 and meant[0] in _countries():
        return f"Write {language}-{meant[0]}."
    return f"Name one country, as en-US does, or only the language: {language}."


@cache
def _languages() -> frozenset[str]:
    return _two_letters(Locale("en").languages) - _WITHDRAWN


@cache
def _scripts() -> frozenset[str]:
    return frozenset(map(str, Locale("en").scripts))


@cache
def _countries() -> frozenset[str]:
    return _two_letters(Locale("en").territories) - _NO_COUNTRIES


def _two_letters(codes: Iterable[object]) -> frozenset[str]:
    return frozenset(code for code in map(str, codes) if len(code) == 2)
