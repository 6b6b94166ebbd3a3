"""Pages of one variant, made by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.ledger.printed import PrintedPages
from generator.plan.routes import Route, cluster_key
from generator.render.given_columns import GivenColumns
from generator.render.traced import Traced, TracedText
from generator.render.traced_page import TracedPage


class AssignedPages(Struct, frozen=True):
    """The part of ``MadePages`` that takes long to find and little room: all but values and routes."""

    traced: Traced
    text: TracedText
    page: TracedPage
    rows: Sequence[int]
    digests: Sequence[bytes]
    changed: Sequence[str | None]
    is_same: Sequence[bool]


class MadePages(Struct, frozen=True):
    """Pages of one variant: ``columns`` and the ``rows`` of them that they are made from, with the route of each.

    ``digests`` are those of their content, ``changed`` the days on which it last did, ``is_same`` whether it is that of
    the page before.
    """

    traced: Traced
    text: TracedText
    page: TracedPage
    columns: GivenColumns
    rows: Sequence[int]
    routes: Sequence[Route]
    digests: Sequence[bytes]
    changed: Sequence[str | None]
    is_same: Sequence[bool]

    def assigned(self) -> AssignedPages:
        """The part that is kept until they are made again."""
        return AssignedPages(self.traced, self.text, self.page, self.rows, self.digests, self.changed, self.is_same)

    def bodies(self) -> Iterator[bytes]:
        """The pages in bytes."""
        return self.page.body.fill(self.columns, self.rows)

    def body(self, number: int) -> bytes:
        """One of them."""
        return next(self.page.body.fill(self.columns, [self.rows[number]]))

    def texts(self, number: int) -> list[str]:
        """The values of an expression on the pages."""
        column = self.columns.texts(number)
        return [column[row] for row in self.rows]

    def printed(self) -> PrintedPages:
        """Their texts and values, as the ledger keeps them."""
        paths = [route.path for route in self.routes]
        clusters = [cluster_key(route) for route in self.routes]
        return self.page.layout.printed(self.columns, self.rows, paths, clusters, self.bodies)
