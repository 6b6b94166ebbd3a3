"""No way leads from the home page to this page, though other pages link to it.

Links lead in a circle that nobody enters: to a reader who begins at the home page, the page does not exist. Usually one
link is missing, from a page that everybody reaches to one of that circle. Pages that nothing links to are found as
`orphan`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Statement
from generator.check.links import FAR, Links
from generator.check.rule import BUILD, rule
from generator.errors import Finding

GOOD = (
    Statement("UPDATE pages SET links = replace(links, '/en-us/sciatica/texas/waco/', '')"),
    Statement("DELETE FROM pages WHERE path = '/'"),
)
BAD = (
    Statement("UPDATE pages SET links = replace(links, 'louisiana', '') WHERE path NOT LIKE '%louisiana%'"),
    Statement("UPDATE pages SET links = '' WHERE path = '/'"),
)


@rule(severity="error", evidence=BUILD, scope=Links)
def unreachable(links: Links) -> Iterator[Finding]:
    if links.home is None:
        return
    for index, path in links.where(links.is_indexable & (links.depth == FAR) & (links.into > 0)):
        if index != links.home:
            count = int(links.into[index])
            linking = "1 page links" if count == 1 else f"{count:,} pages link"
            what = f"no way leads here from the home page, though {linking} here"
            yield Finding(path, what, "Link to it, or to the page above it, from a page that can be reached.")
