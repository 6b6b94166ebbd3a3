"""A page that is meant to be found tells search engines not to show it.

The ledger has the page as one to be indexed, and sitemaps and other pages lead to it; its own `noindex` undoes all
that. Mostly a template was given a `noindex` by hand, for a test, and kept it. Take it out of the template: which pages
are indexed is decided for each page, with a reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit, Statement
from generator.check.facts import Facts
from generator.check.rule import BUILD, rule
from generator.errors import Finding

_UNINTENDED = """
    SELECT path FROM documents JOIN pages USING (path)
    WHERE pages.state = 'live' AND NOT documents.is_indexable ORDER BY path
"""
_ROBOTS = '<meta name="robots" content="'
GOOD = (
    Edit(_ROBOTS, f"{_ROBOTS}noarchive, "),
    Statement("UPDATE pages SET state = 'noindex', reason = 'Thin.' WHERE path = '/en-us/sciatica/texas/waco/'"),
)
BAD = (
    Edit(_ROBOTS, f"{_ROBOTS}noindex, "),
    Edit(f'{_ROBOTS}[^"]*', f"{_ROBOTS}NONE"),
)


@rule(severity="stop", evidence=BUILD, scope=Facts)
def noindex_unintended(facts: Facts) -> Iterator[Finding]:
    for (path,) in facts.query(_UNINTENDED):
        yield Finding(path, "the page says “noindex”, and is meant to be indexed", "Take it out of the template.")
