"""A link within the site carries the parameters of a campaign.

Parameters such as `utm_source` tell statistics from where a visit came. On a link within the site they
overwrite where the visitor really came from, and they give one page several addresses. Remove them.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.addresses import CAMPAIGN
from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import HEURISTIC, rule
from generator.errors import Finding

GOOD = (
    Edit("With a needle.", '<a href="https://search.example.org/?utm_source=kaly">Another site</a>'),
    Edit("With a needle.", '<a href="/en-us/?topic=utm_source">Kaly</a>'),
    Edit("With a needle.", '<a href="/en-us/#utm_source=kaly">Kaly</a>'),
    Edit("With a needle.", '<a href="/en-us/?myutm_source=kaly&amp;page=2">Kaly</a>'),
)
BAD = (
    Edit('href="/en-us/sciatica/"', 'href="/en-us/sciatica/?utm_source=page"'),
    Edit('href="/en-us/sciatica/"', 'href="https://www.example.com/en-us/sciatica/?page=1&amp;UTM_medium=link"'),
    Edit('href="/en-us/sciatica/"', 'href="?fbclid=IwAR0"'),
)


@rule(severity="error", evidence=HEURISTIC, scope=Document, hints=("?", "&", "=", "_"))
def link_tracking(document: Document) -> Iterator[Finding]:
    tracked = [
        (link.href, match[1])
        for link in document.queried
        if link.href and link.target and (match := CAMPAIGN.search(link.target.query))
    ]
    if tracked:
        href, name = tracked[0]
        what = f"the link to {quoted(href)} carries {quoted(name)}{as_in_others(len(tracked))}"
        yield Finding(document.path, what, "Remove the campaign's parameters from links within the site.")
