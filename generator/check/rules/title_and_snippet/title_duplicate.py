"""Several pages of one language have the same title.

Whoever sees two results with one title cannot tell them apart, and neither can the people who look after the site.
Titles that name the page's city and region are different of themselves.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Statement
from generator.check.facts import Facts
from generator.check.quoting import quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

_SAME = """
    SELECT title, count(*), min(path), max(path) FROM pages
    WHERE state = 'live' AND title != '' GROUP BY locale, title HAVING count(*) > 1 ORDER BY min(path)
"""
GOOD = (
    Statement("UPDATE pages SET title = 'Same', state = CASE path WHEN '/' THEN 'live' ELSE 'noindex' END"),
    Statement("UPDATE pages SET title = 'Same' WHERE kind = 'home'"),
)
BAD = (Statement("UPDATE pages SET title = 'Same' WHERE kind = 'place'"),)


@rule(
    severity="error",
    evidence=documented("https://developers.google.com/search/docs/appearance/title-link", "2026-11-22"),
    scope=Facts,
    compares_titles=True,
)
def title_duplicate(facts: Facts) -> Iterator[Finding]:
    for title, count, first, last in facts.query(_SAME):
        others = f"{last} has it, too" if count == 2 else f"so do {count - 1:,} others, among them {last}"
        yield Finding(
            first, f"the title is {quoted(title)}, and {others}", "Let titles name what only their page is about."
        )
