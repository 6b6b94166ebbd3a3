"""A link leads to an address of this site at which there is nothing.

Readers meet an error page, and a crawler's visit is spent on it. The cause is nearly always one line in a text or a
template, so mend that line, or say in `content/redirects.csv` where the address has gone.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Statement
from generator.check.links import Links
from generator.check.quoting import as_on_others, quoted
from generator.check.rule import BUILD, rule
from generator.check.suggestion import nearest_address
from generator.errors import Finding

_GUESSED = 200
"""Broken addresses for which the right one is looked for: each takes some 10 ms, and a tree may have thousands."""

GOOD = (
    Statement("UPDATE pages SET links = links || char(10) || '/en-us/#top' WHERE kind = 'topic'"),
    Statement("UPDATE pages SET links = links || char(10) || '/robots.txt' WHERE kind = 'topic'"),
)
BAD = (
    Statement("UPDATE pages SET links = links || char(10) || '/en-us/sciatica/texsa/' WHERE kind = 'topic'"),
    Statement("UPDATE pages SET links = links || char(10) || '/nowhere' WHERE path = '/'"),
)


@rule(severity="stop", evidence=BUILD, scope=Links)
def link_broken(links: Links) -> Iterator[Finding]:
    broken = [astray for astray in links.astray if not links.published.answers(astray.target)]
    for number, (target, source, count) in enumerate(broken):
        near = nearest_address(target, links.pages) if number < _GUESSED else ""
        cure = f'Did you mean "{near}"?' if near else "Correct the link, or redirect the address."
        what = f"a link leads to {quoted(target)}, where there is nothing{as_on_others(count)}"
        yield Finding(source, what, cure)
