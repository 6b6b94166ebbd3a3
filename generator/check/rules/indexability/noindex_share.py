"""Most pages of one kind are kept from search engines.

Single pages are hidden for good reasons. Where more than half of a kind of page of one batch is, a rule probably caught
too much, or a template says `noindex`. Half, and at least three pages, are house numbers. Pages that the publish gate
keeps back with its reason are not counted.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Statement
from generator.check.facts import Facts
from generator.check.quoting import quoted
from generator.check.rule import BUILD, rule
from generator.errors import Finding

_SHARE = 0.5
_MANY = 3
_HIDDEN = """
    SELECT kind, batch, count(*), total(is_hidden), min(CASE is_hidden WHEN 1 THEN path END)
    FROM (SELECT kind, batch, path, state = 'noindex' AND reason = '' AS is_hidden FROM standing)
    WHERE kind != 'not_found' GROUP BY batch, kind ORDER BY batch, kind
"""
GOOD = (
    Statement("UPDATE pages SET state = 'noindex' WHERE path LIKE '%/dallas/' OR path LIKE '%/waco/'"),
    Statement("UPDATE pages SET state = 'noindex' WHERE kind IN ('chooser', 'home', 'topic', 'region')"),
    Statement("UPDATE pages SET state = 'noindex', reason = 'No reviewer is named.' WHERE kind = 'place'"),
)
BAD = (
    Statement("UPDATE pages SET state = 'noindex' WHERE kind = 'place'"),
    Statement("UPDATE pages SET state = 'noindex' WHERE kind = 'place' AND path NOT LIKE '%/waco/'"),
)


@rule(severity="warning", evidence=BUILD, scope=Facts)
def noindex_share(facts: Facts) -> Iterator[Finding]:
    for kind, batch, count, hidden, first in facts.query(_HIDDEN):
        if hidden >= _MANY and hidden > _SHARE * count:
            whose = f"pages of kind {quoted(kind)} in {quoted(batch)}" if batch else "pages of the site"
            what = f"{hidden:,.0f} of {count:,} {whose} are not to be indexed, this one first"
            yield Finding(first, what, "Look at the reasons: one rule may have caught too much.")
