"""A page names a translation that does not name it back.

Search engines believe two pages to be translations of one another only when both say so; otherwise they may ignore
what either says.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.facts import Facts
from generator.check.rule import documented, rule
from generator.errors import Finding

# Of pages that were not read nothing is known.
_ONE_SIDED = """
    SELECT path, code, target FROM alternates AS there
    WHERE target IN (SELECT path FROM documents) AND code != 'x-default' AND target != path
        AND NOT EXISTS (SELECT 1 FROM alternates AS back WHERE back.path = there.target AND back.target = there.path)
    ORDER BY path, code
"""
GOOD = (Edit('<link rel="alternate" hreflang="x-default"[^>]*>', "", "place"),)
BAD = (Edit('<link rel="alternate" hreflang="[^>]*>', "", "place"),)


@rule(
    severity="stop",
    evidence=documented(
        "https://developers.google.com/search/docs/specialty/international/localized-versions", "2026-11-22"
    ),
    scope=Facts,
)
def hreflang_reciprocal(facts: Facts) -> Iterator[Finding]:
    for path, code, target in facts.query(_ONE_SIDED):
        yield Finding(
            path, f"{target} is named as its {code} version and does not name it", "Let both name each other."
        )
