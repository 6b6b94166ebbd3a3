"""The canonical address is not a whole one.

Google recommends whole addresses, with `https://` and the host. A path alone means another address wherever the page
is copied or served by mistake: on a test host it makes that host the canonical one. Write the address out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.addresses import aim_of
from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

_WHOLE = re.compile(r"https?://[^/]", re.IGNORECASE)

_HREF = 'rel="canonical" href="[^"]*"'
GOOD = (
    Edit(_HREF, 'rel="canonical" href="HTTPS://www.example.com/en-us/sciatica/texas/waco/"'),
    Edit(_HREF, 'rel="canonical" href="https://other.example"'),
    Edit(_HREF, 'rel="canonical" href=""'),
)
BAD = (
    Edit(_HREF, 'rel="canonical" href="/en-us/sciatica/texas/waco/"'),
    Edit(_HREF, 'rel="canonical" href="//www.example.com/en-us/sciatica/texas/waco/"'),
    Edit(_HREF, 'rel="canonical" href="www.example.com/en-us/sciatica/texas/waco/"'),
    Edit(_HREF, 'rel="canonical" href="https://[www.example.com/"'),
    Edit(_HREF, 'rel="canonical" href="https:///en-us/sciatica/texas/waco/"'),
)


@rule(
    severity="error",
    evidence=documented(
        "https://developers.google.com/search/docs/crawling-indexing/consolidate-duplicate-urls", "2026-11-22"
    ),
    scope=Document,
    hints=(":",),
)
def canonical_relative(document: Document) -> Iterator[Finding]:
    for address in document.canonicals:
        if address and (not _WHOLE.match(address) or aim_of(address, "") is None):
            yield Finding(
                document.path, f"the canonical address is {quoted(address)}", "Begin it with https:// and the host."
            )
            return
