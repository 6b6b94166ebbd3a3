"""The ledger says that a page stands in the tree, and its file is not there.

Whatever is published from this tree answers “not found” at an address that sitemaps, links and search engines know. A
file was deleted, or only a part of the tree was copied. Build once more, which puts it back; a page that is to go must
go by its topic or its place, so that a redirect can be made.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Statement
from generator.check.links import Links
from generator.check.rule import BUILD, rule
from generator.errors import Finding

_MOVED = "UPDATE pages SET path = '/en-us/sciatica/texas/lost/'{} WHERE path = '/en-us/sciatica/texas/waco/'"
GOOD = (
    Statement(_MOVED.format(", state = 'gone'")),
    Statement(_MOVED.format(", state = 'redirected'")),
)
BAD = (
    Statement(_MOVED.format("")),
    Statement(_MOVED.format(", state = 'frozen'")),
)


@rule(severity="stop", evidence=BUILD, scope=Links)
def url_lost(links: Links) -> Iterator[Finding]:
    for path in links.pages:
        if not links.published.has(path):
            yield Finding(path, "the file of this page is missing in the tree", "Build the site once more.")
