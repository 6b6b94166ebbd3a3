"""Pages with translations name no page for readers of all other languages.

Google asks to consider one: the version, or the page to choose a language on, that somebody is shown whose language
is not among the translations. A site that speaks to all its readers in their languages needs none.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.facts import Facts
from generator.check.quoting import as_on_others
from generator.check.rule import documented, rule
from generator.errors import Finding

_WITHOUT = """
    SELECT min(path), count(*) FROM (
        SELECT path FROM alternates GROUP BY path
        HAVING count(DISTINCT target) + sum(target IS NULL) > 1 AND sum(lower(code) = 'x-default') = 0
    )
"""
_DEFAULT = '<link rel="alternate" hreflang="x-default"[^>]*>'
GOOD = (
    Edit('(?<=hreflang=")x-default', "X-DEFAULT"),
    Edit('<link rel="alternate" hreflang="(es-US|x-default)"[^>]*>', ""),
    Edit('<link rel="alternate" hreflang="[^>]*>', ""),
)
BAD = (Edit(_DEFAULT, ""), Edit(_DEFAULT, "", "home"))


@rule(
    severity="info",
    evidence=documented(
        "https://developers.google.com/search/docs/specialty/international/localized-versions", "2026-11-22"
    ),
    scope=Facts,
)
def x_default_missing(facts: Facts) -> Iterator[Finding]:
    # One line of a template decides about all pages, so they are one finding.
    for path, count in facts.query(_WITHOUT):
        if count:
            others = as_on_others(count)
            fix = 'Consider a line with hreflang="x-default".'
            yield Finding(path, f"the versions name none for readers of other languages{others}", fix)
