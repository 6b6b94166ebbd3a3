"""Codes of languages, scripts and countries."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from babel import Locale

X_DEFAULT = "x-default"

# Codes that CLDR knows and ISO 3166-1 does not assign to a country: https://www.iso.org/iso-3166-country-codes.html
NO_COUNTRIES = frozenset("AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ".split())
_WITHDRAWN = frozenset({"sh"})
"""Codes that CLDR knows and ISO 639-1 has withdrawn."""


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
def languages() -> frozenset[str]:
    """The codes of ISO 639-1."""
    return _two_letters(Locale("en").languages) - _WITHDRAWN


@cache
def scripts() -> frozenset[str]:
    """The codes of ISO 15924."""
    return frozenset(map(str, Locale("en").scripts))


@cache
def countries() -> frozenset[str]:
    """The codes of ISO 3166-1."""
    return _two_letters(Locale("en").territories) - NO_COUNTRIES


def _two_letters(codes: Iterable[object]) -> frozenset[str]:
    return frozenset(code for code in map(str, codes) if len(code) == 2)
