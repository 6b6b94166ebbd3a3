"""A page is kept from search engines, and the ledger does not say why.

A page that nobody meant to hide brings no visitors, and nothing tells of it. So the generator records a reason with
each page that is not to be indexed. One without a reason was hidden by mistake: by a setting of a test site, or a rule
that caught too much. Find out, and build again.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Statement
from generator.check.facts import Facts
from generator.check.rule import BUILD, rule
from generator.errors import Finding

_UNEXPLAINED = "SELECT path FROM pages WHERE state = 'noindex' AND trim(reason) = '' ORDER BY path"
GOOD = (
    Statement("UPDATE pages SET state = 'noindex', reason = 'Nothing of its own.' WHERE kind = 'region'"),
    Statement("UPDATE pages SET state = 'gone', reason = '' WHERE kind = 'region'"),
)
BAD = (
    Statement("UPDATE pages SET state = 'noindex' WHERE kind = 'region'"),
    Statement("UPDATE pages SET reason = ' ' WHERE path = '/404.html'"),
)


@rule(severity="stop", evidence=BUILD, scope=Facts)
def noindex_unexplained(facts: Facts) -> Iterator[Finding]:
    for (path,) in facts.query(_UNEXPLAINED):
        yield Finding(path, "the page is not to be indexed, and no reason is known", "Let it be indexed, or say why.")
