"""Several pages name the home page as their canonical address.

They ask search engines to show the home page in their place, so none of them is to be found. The cause is one line of a
template. A copy or two of the home page may name it rightly; the rule speaks from three pages on, a house number.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Statement
from generator.check.facts import Facts
from generator.check.rule import BUILD, rule
from generator.errors import Finding

_MANY = 3
_HOME = """
    SELECT count(*), min(path), max(path) FROM pages
    WHERE state = 'live' AND path != '/' AND (canonical = '/' OR ?1 != '' AND canonical IN (?1, ?1 || '/'))
"""
GOOD = (
    Statement("UPDATE pages SET canonical = 'https://www.example.com/' WHERE kind = 'home'"),
    Statement("UPDATE pages SET canonical = 'https://www.example.com/', state = 'noindex' WHERE kind = 'place'"),
    Statement("UPDATE pages SET canonical = ''"),
)
BAD = (
    Statement("UPDATE pages SET canonical = 'https://www.example.com/'"),
    Statement("UPDATE pages SET canonical = 'https://www.example.com' WHERE kind = 'place'"),
    Statement("UPDATE pages SET canonical = '/' WHERE kind = 'region'"),
)


@rule(severity="stop", evidence=BUILD, scope=Facts)
def canonical_all_home(facts: Facts) -> Iterator[Finding]:
    for count, first, last in facts.query(_HOME, facts.origin):
        if count >= _MANY:
            what = f"the canonical address is that of the home page, as on {count - 1:,} other pages, {last} among them"
            yield Finding(first, what, "Let each page name its own address.")
