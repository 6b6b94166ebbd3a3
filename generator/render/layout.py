"""Constant text and columns of the pages of a variant, in the form in which the ledger keeps them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b

from markupsafe import escape
from msgspec import Struct

from generator.ledger.printed import Choice, Lettered, Parts, PrintedPages, json_letters, pack_parts
from generator.ledger.printed import Part as LedgerPart
from generator.ledger.records import DIGEST_SIZE
from generator.render.links import own_links
from generator.render.recorded_content import is_fitting
from generator.render.traced_links import Links
from generator.tracing.columns import Columns
from generator.tracing.expressions import PASSAGE, Expressions, Part


class Layout(Struct, frozen=True):
    """Positions of texts and values on the pages of one variant; ``values`` are the expressions of the columns.

    Where links stand in loops ``found`` finds those of each page, which then are in a further column, one a line.
    ``body`` are the parts of whole pages, packed, and ``variant`` is their digest.
    """

    values: tuple[int, ...]
    title: Parts
    description: Parts
    h1: Parts
    canonical: Parts
    links: tuple[Parts, ...]
    found: Links | None
    body: bytes
    variant: bytes

    def printed(
        self,
        columns: Columns,
        rows: Sequence[int],
        paths: Sequence[str],
        clusters: Sequence[str],
        bodies: Callable[[], Iterable[bytes]],
    ) -> PrintedPages:
        """The pages at ``paths``, which are made from ``rows``; ``bodies`` makes them, if their links need that."""
        is_whole = len(rows) == len(columns.rows)
        # Values that are HTML already are texts like any other here.
        values = [_plain(columns.texts(value)) for value in self.values]
        if not is_whole:
            values = [[column[row] for row in rows] for column in values]
        if self.found:
            links = self.found.of(columns, rows)
            if links is None:
                links = [own_links(body.decode()) for body in bodies()]
            values.append(list(map("\n".join, links)))
        return PrintedPages(
            list(paths),
            list(clusters),
            values,
            self.title,
            self.description,
            self.h1,
            self.canonical,
            list(self.links),
            self.variant,
        )


def _plain(column: list[str]) -> list[str]:
    return column if {str}.issuperset(map(type, column)) else list(map(str.__str__, column))


def make_layout(
    expressions: Expressions,
    texts: tuple[int, int, int, int],
    links: Links,
    body: Sequence[Part],
) -> Layout:
    """The layout of pages with these expressions of title, description, h1 and canonical, of links, and this body."""
    columns: dict[int, int] = {}
    title, description, h1, canonical = ((*_parts(expressions, number, columns),) for number in texts)
    addresses = () if links.has_loops else links.addresses()
    linked = tuple((*_parts(expressions, number, columns),) for number in addresses)
    packed = pack_parts(_joined(expressions, body, columns))
    digest = blake2b(packed, digest_size=DIGEST_SIZE).digest()
    if links.has_loops:
        linked = ((len(columns),),)
    found = links if links.has_loops else None
    return Layout(tuple(columns), title, description, h1, canonical, linked, found, packed, digest)


def _parts(expressions: Expressions, number: int, columns: dict[int, int]) -> list[LedgerPart]:
    """The printed parts of an expression; values that are not known yet join ``columns``."""
    operation, *given = expressions.rows[number]
    if operation == PASSAGE:
        return []
    if operation == "plain":
        return _parts(expressions, given[0], columns)
    if operation == "fill":
        return [*_joined(expressions, given[1:], columns)]
    if operation == "letters":
        function = expressions.constants[given[0]]
        how = "html" if function is escape else "json" if function is json_letters else ""
        if how:
            return [Lettered(how, tuple(_parts(expressions, given[1], columns)))]
    if is_fitting(expressions, number):
        _, wordings, chosen = given
        # Columns get their numbers in order, so that of the choice stands before those of its wordings.
        at = columns.setdefault(chosen, len(columns))
        return [Choice(at, tuple(_joined(expressions, wording, columns) for wording in wordings))]
    return [columns.setdefault(number, len(columns))]


def _joined(expressions: Expressions, parts: Sequence[Part], columns: dict[int, int]) -> Parts:
    found: list[LedgerPart] = []
    for part in parts:
        found += [part] if isinstance(part, str) else _parts(expressions, part, columns)
    return tuple(found)
