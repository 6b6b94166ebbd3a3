"""The structured data is of a type for which Google no longer shows anything.

The data is valid and does no harm: the vocabulary is that of schema.org, and other programs may read it. Only nobody
should expect a special search result of it. Keep it if something else needs it, and promise nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.rule import documented, rule
from generator.check.search_features import FEATURES, SEEN
from generator.errors import Finding

GOOD = (
    Edit('"@type":"WebPage"', '"@type":"AboutPage"', "home"),
    Edit("</body>", '<p>FAQPage</p><script type="application/ld+json">{"name":"HowTo"}</script></body>', "home"),
)
BAD = (
    Edit("</body>", '<script type="application/ld+json">{"@type":["WebPage","FAQPage"]}</script></body>', "home"),
    Edit("</body>", '<script type="application/ld+json">{"@graph":[{"@type":"HowTo"}]}</script></body>', "home"),
    Edit('"@type":"WebSite",', '"@type":"WebSite","potentialAction":{"@type":"SearchAction"},', "home"),
)


@rule(severity="info", evidence=documented("https://developers.google.com/search/updates", SEEN), scope=Document)
def json_ld_retired(document: Document) -> Iterator[Finding]:
    for kind in document.typed:
        feature = FEATURES.get(kind)
        if feature is not None and feature.status == "retired":
            what = f"{kind} is valid, but Google has shown no {feature.feature} since {feature.since}"
            yield Finding(document.path, what, "Keep it only if something other than Google Search reads it.")
