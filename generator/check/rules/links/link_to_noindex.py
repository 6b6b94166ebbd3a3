"""Many of a page's links lead to pages that search engines are told not to show.

A link says that a page is worth a visit, `noindex` says that it is not. Where that happens often, a gate keeps back
more pages than the lists know of. Leave held-back pages out of the lists, or let them be shown. Found are pages where
more than every tenth link is of that kind and at least three are: numbers of our own, above what legal notices make.
Pages that this site's own gate keeps back with its reason stay in the lists, for readers, and are not counted.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from generator.check.examples import Statement
from generator.check.links import Links
from generator.check.rule import HEURISTIC, rule
from generator.errors import Finding

_SHARE = 0.1
_FEWEST = 3
GOOD = (
    Statement("UPDATE pages SET state = 'noindex' WHERE path = '/en-us/sciatica/texas/waco/'"),
    Statement("UPDATE pages SET state = 'noindex' WHERE path != '/'"),
    Statement("UPDATE pages SET state = 'noindex', reason = 'No provider works there.' WHERE kind = 'place'"),
    Statement("UPDATE pages SET links = '/404.html' WHERE kind = 'place'"),
)
BAD = (Statement("UPDATE pages SET state = 'noindex' WHERE kind = 'place'"),)


@rule(severity="warning", evidence=HEURISTIC, scope=Links)
def link_to_noindex(links: Links) -> Iterator[Finding]:
    unexplained = ~links.is_indexable & ~links.has_reason
    chosen = links.is_indexable[links.sources] & unexplained[links.targets]
    sources, targets = links.sources[chosen], links.targets[chosen]
    pages, first, counts = np.unique(sources, return_index=True, return_counts=True)
    for page, at, count in zip(pages, first, counts, strict=True):
        out = int(links.out[page])
        if count >= _FEWEST and count > _SHARE * out:
            what = (
                f"{count:,} of its {out:,} links lead to pages with noindex, one of them to {links.pages[targets[at]]}"
            )
            yield Finding(links.pages[page], what, "Leave these pages out of its lists, or let them be shown.")
