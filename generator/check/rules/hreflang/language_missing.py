"""The page does not say which language it is in, or says it with a code that does not exist.

Programs that read pages aloud choose their voice by the `lang` of the page, and browsers offer translations by it;
Spanish in an English voice cannot be understood. It is a matter of accessibility, not of ranking. Write the language
into the first tag: `<html lang="en-US">`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.facts import Facts
from generator.check.languages import is_language_tag
from generator.check.quoting import quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

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
        elif not is_language_tag(language):
            yield Finding(path, f"the page's language is {quoted(language)}, which does not exist", _FIX)
