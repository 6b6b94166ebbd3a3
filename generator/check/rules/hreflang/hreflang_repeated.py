"""A page names two addresses for one language.

Only one page can be the version for a language and country. Which of the two is meant nobody can tell. Give each
version a code of its own, or leave one of them out.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.facts import Facts
from generator.check.quoting import quoted
from generator.check.rule import BUILD, rule
from generator.errors import Finding

_TWICE = """
    SELECT path, min(code), count(DISTINCT href), min(href), max(href) FROM alternates
    GROUP BY path, lower(code) HAVING count(DISTINCT href) > 1 ORDER BY path, lower(code)
"""
_HERE = "https://www.example.com/es-us/ciatica/texas/waco/"
GOOD = (
    Edit("<head>", f'<head><link rel="alternate" hreflang="es" href="{_HERE}">'),
    Edit("<head>", f'<head><link rel="alternate" hreflang="es-US" href="{_HERE}">'),
    Edit("<head>", '<head><link rel="alternate" hreflang="es-MX" href="https://www.example.com/es-us/">'),
)
BAD = (
    Edit("<head>", '<head><link rel="alternate" hreflang="es-US" href="https://www.example.com/es-us/">'),
    Edit("<head>", '<head><link rel="alternate" hreflang="ES-us" href="https://www.example.com/es-us/">'),
    Edit("<head>", '<head><link rel="alternate" hreflang="x-default" href="https://www.example.com/">'),
)


@rule(severity="error", evidence=BUILD, scope=Facts)
def hreflang_repeated(facts: Facts) -> Iterator[Finding]:
    for path, code, count, first, last in facts.query(_TWICE):
        named = (
            f"{quoted(first)} and {quoted(last)}"
            if count == 2
            else f"{count} addresses, among them {quoted(first)} and {quoted(last)}"
        )
        yield Finding(path, f"the version for {quoted(code)} has {named}", "Name one address for each language.")
