"""A page that was made by itself, by plain Jinja."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from generator.ledger.printed import PrintedPages
from generator.plan.routes import Route, cluster_key
from generator.render.links import own_links
from generator.render.plain_page import PlainPage


class MadePage(Struct, frozen=True):
    """One page, with the fields that ``MadePages`` has for those of a variant, one value each."""

    routes: tuple[Route]
    whole: bytes
    digests: tuple[bytes]
    changed: tuple[str | None]
    is_same: tuple[bool]
    said: PrintedPages

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        return len(self.whole)

    def bodies(self) -> Iterator[bytes]:
        """The page in bytes."""
        yield self.whole

    def printed(self) -> PrintedPages:
        """Its content, as the ledger keeps it."""
        return self.said


def said_on(page: PlainPage, route: Route, text: str) -> PrintedPages:
    """Content of ``page``, which was printed as ``text``, as the ledger keeps it."""
    return PrintedPages(
        [route.path],
        [cluster_key(route)],
        columns=[],
        title=(page.title,),
        description=(page.description,),
        h1=(page.h1,),
        canonical=(page.canonical,),
        links=[(link,) for link in own_links(text)],
    )
