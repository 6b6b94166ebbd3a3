"""A page names its translations and does not name itself among them.

Each version of a page is to list all versions, its own included. Where one is missing, search engines may not
believe that the pages belong together. Add the page itself, with the code of its own language.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.facts import Facts
from generator.check.rule import documented, rule
from generator.errors import Finding

# Where nobody knows the host of the site, an address with a host may be the page itself.
_NOT_ITSELF = """
    SELECT path, count(*) FROM alternates
    GROUP BY path HAVING sum(target IS path) = 0 AND (? != '' OR count(target) = count(*))
    ORDER BY path
"""
GOOD = (
    Edit('<link rel="alternate" hreflang="en-US"[^>]*>', "", "chooser"),
    Edit('<link rel="alternate" hreflang="[^>]*>', "", "place"),
    Edit('(?<=<link rel="alternate" hreflang=")en-US', "en", "place"),
)
BAD = (
    Edit(
        '<link rel="alternate" hreflang="(en-US|x-default)" href="https://www.example.com/en-us/sciatica/texas/waco/">',
        "",
        "place",
    ),
    Edit('(?<=hreflang="en-US" href="https://www.example.com)/en-us/', "/", "home"),
)


@rule(
    severity="stop",
    evidence=documented(
        "https://developers.google.com/search/docs/specialty/international/localized-versions", "2026-11-22"
    ),
    scope=Facts,
)
def hreflang_self(facts: Facts) -> Iterator[Finding]:
    for path, count in facts.query(_NOT_ITSELF, facts.origin):
        named = "one version is named" if count == 1 else f"{count} versions are named"
        yield Finding(path, f"{named}, and none of them is this page", "List this page, too, with its own language.")
