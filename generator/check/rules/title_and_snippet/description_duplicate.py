"""Several pages of one language have the same description.

A searcher who sees two results with one description cannot choose between them, and Google's documentation says that
such descriptions do not help where single pages appear in results. Let the description name what only its page is
about, as the city.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Statement
from generator.check.facts import Facts
from generator.check.quoting import quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

_SAME = """
    SELECT description, count(*), min(path), max(path) FROM pages
    WHERE state = 'live' AND description != '' GROUP BY locale, description HAVING count(*) > 1 ORDER BY min(path)
"""
GOOD = (
    Statement("UPDATE pages SET description = 'Same' WHERE kind = 'home'"),
    Statement("UPDATE pages SET description = ''"),
    Statement("UPDATE pages SET description = 'Same', state = 'noindex' WHERE kind = 'place'"),
)
BAD = (
    Statement("UPDATE pages SET description = 'Same' WHERE kind = 'place'"),
    Statement("UPDATE pages SET description = 'Same' WHERE path IN ('/', '/en-us/')"),
)


@rule(
    severity="warning",
    evidence=documented("https://developers.google.com/search/docs/appearance/snippet", "2026-11-22"),
    scope=Facts,
)
def description_duplicate(facts: Facts) -> Iterator[Finding]:
    for description, count, first, last in facts.query(_SAME):
        others = f"{last} has it, too" if count == 2 else f"so do {count - 1:,} others, among them {last}"
        what = f"the description is {quoted(description)}, and {others}"
        yield Finding(first, what, "Let descriptions name what only their page is about.")
