"""The page does not say which language it is in, or says it with a code that does not exist.

Programs that read pages aloud choose their voice by the `lang` of the page, and browsers offer translations by it;
Spanish in an English voice cannot be understood. It is a matter of accessibility, not of ranking. Write the language
into the first tag: `<html lang="en-US">`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from babel.core import get_global

from generator.check.examples import Edit
from generator.check.facts import Facts
from generator.check.languages import NO_COUNTRIES, countries, languages
from generator.check.quoting import quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

_TAG = re.compile(r"(?:[a-z]{2,3}|[xi](?=-))(?:-[a-z0-9]{1,8})*", re.IGNORECASE)
_LANGUAGES = "SELECT path, language FROM documents ORDER BY path"
_FIX = 'Name the language in the first tag, as <html lang="en-US">.'
_LANG = '(?<=<html lang=")en-US'
GOOD = (Edit(_LANG, "es-419"), Edit(_LANG, "zh-hant-tw"), Edit(_LANG, "haw"), Edit(_LANG, "x-klingon"))
BAD = (
    Edit('<html lang="en-US"', "<html"),
    Edit(_LANG, ""),
    Edit(_LANG, "en_US"),
    Edit(_LANG, "jp"),
    Edit(_LANG, "english"),
    Edit(_LANG, "en-UK"),
)


@rule(
    severity="warning",
    evidence=documented("https://www.w3.org/WAI/WCAG22/Understanding/language-of-page.html", "2026-11-22"),
    scope=Facts,
)
def language_missing(facts: Facts) -> Iterator[Finding]:
    for path, language in facts.query(_LANGUAGES):
        if not language:
            yield Finding(path, "the page does not name its language", _FIX)
        elif not _is_language_tag(language):
            yield Finding(path, f"the page's language is {quoted(language)}, which does not exist", _FIX)


@cache
def _is_language_tag(tag: str) -> bool:
    """Whether the ``lang`` of a page may be one of BCP 47: well formed, its two-letter codes known."""
    if not _TAG.fullmatch(tag):
        return False
    language, *rest = tag.split("-")
    if len(language) == 2 and language.lower() not in languages() | get_global("language_aliases").keys():
        return False
    region = next((part for part in rest[:2] if len(part) == 2), "")
    return not region or len(language) == 1 or region.upper() in countries() | NO_COUNTRIES
