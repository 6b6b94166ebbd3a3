"""The page is in one language and calls itself the version for another.

Its `<html lang>` and the code with which it lists itself among its translations contradict each other, so one of
them misleads readers or search engines. Write the same code in both places.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.facts import Facts
from generator.check.languages import agree
from generator.check.quoting import quoted
from generator.check.rule import HEURISTIC, rule
from generator.errors import Finding

_OWN_CODES = """
    SELECT documents.path, language, group_concat(code, char(10)) FROM documents
    JOIN alternates ON alternates.path = documents.path AND target = documents.path
    WHERE language != '' AND code != '' AND lower(code) != 'x-default'
    GROUP BY documents.path ORDER BY documents.path
"""
_LANG = '(?<=<html lang=")en-US'
GOOD = (
    Edit(_LANG, "en"),
    Edit(_LANG, "EN-us"),
    Edit('(?<=<link rel="alternate" hreflang=")en-US', "en"),
    Edit(_LANG, "es-US", "chooser"),
)
BAD = (Edit(_LANG, "es-US"), Edit(_LANG, "en-GB"))


@rule(severity="warning", evidence=HEURISTIC, scope=Facts)
def language_differs(facts: Facts) -> Iterator[Finding]:
    for path, language, joined in facts.query(_OWN_CODES):
        codes = joined.split("\n")
        if not any(agree(language, code) for code in codes):
            what = f"the page's language is {quoted(language)}, and it is listed as the version for {quoted(codes[0])}"
            yield Finding(path, what, "Write the same language in both places.")
