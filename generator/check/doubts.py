"""Doubts about pages of a variant: what in their values, beside hints, one of them may have and another may not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from generator.check.markup import candidates
from generator.check.published import Published
from generator.render.made_pages import MadePages
from generator.render.robots_tag import asks_to_be_left_out
from generator.tracing.expressions import Expressions

_ADDRESS = r"(?:/(?!(?:n(?:one|ull|an)|undefined)(?:[/.\n]|\Z))[a-z0-9.-]+)+/?"
_PLAIN, _ALL_PLAIN = re.compile(_ADDRESS), re.compile(rf"(?:{_ADDRESS}\n)*")
"""Addresses of small plain letters, in which no part looks like a value that is missing: one, and several lines."""

_WITHOUT_BLANKS = re.compile(r"\S*")
_WIDTH = re.compile(r"\s[\d.]+[wx]\s*(?:,|$)")
"""The width or density that follows an address in a ``srcset``."""

_LARGE = 500_000
"""Bytes, from which on each page is judged by itself: a quarter of what search engines read of a page."""

_WIDEST = 24
"""Bytes that one character of a value can become on a page: four, each of them escaped in six."""

_REMEMBERED = 50_000
"""Addresses that are known to lead somewhere, before they are forgotten."""


class Doubts:
    """Search for doubtful pages in one process; ``published`` says which addresses answer."""

    def __init__(self, published: Published) -> None:
        self._published = published
        self._fine: set[str] = set()

    def rows(self, pages: MadePages, expressions: Expressions, longest: int) -> set[int]:
        """The rows of ``pages`` that are to be judged whole; ``longest`` is how many characters their values have."""
        numbers = set[int]()
        if not _ALL_PLAIN.fullmatch("".join([f"{route.path}\n" for route in pages.routes])):
            numbers = {number for number, route in enumerate(pages.routes) if not _PLAIN.fullmatch(route.path)}
        if sum(map(len, pages.page.body.constants)) + _WIDEST * longest > _LARGE:
            numbers |= {number for number, body in enumerate(pages.bodies()) if len(body) > _LARGE}
        if pages.page.asks is not False:
            indexable = [number for number, route in enumerate(pages.routes) if route.is_indexable]
            numbers |= {number for number in indexable if asks_to_be_left_out(pages.body(number))}
        found = {pages.rows[number] for number in numbers}
        return found.union(self._rows_astray(pages, expressions))

    def _rows_astray(self, pages: MadePages, expressions: Expressions) -> Iterable[int]:
        """The rows on whose pages a link or a picture may lead nowhere."""
        links, columns = pages.page.links, pages.columns
        found = set[int]()
        if links.has_loops:
            linked = links.of(columns, pages.rows)
            if linked is None or links.shows_items(columns):
                return pages.rows
            # Those of a list to parts of its own page are as long as that: one page of each way stands for the others.
            astray = self._astray({link for of_page in linked for link in of_page if link[:1] != "#"})
            if astray:
                found = {row for row, of_page in zip(pages.rows, linked, strict=True) if not astray.isdisjoint(of_page)}
        for number in (*(() if links.has_loops else links.addresses()), *links.pictures()):
            if not _differs(expressions.rows[number]) or self._is_of_pages(pages, expressions.rows[number]):
                continue
            texts = columns.texts(number)
            if astray := self._astray(texts):
                found |= {row for row in pages.rows if texts[row] in astray}
        return found

    def _is_of_pages(self, pages: MadePages, row: tuple[Any, ...]) -> bool:
        """Whether an expression of addresses is one of pages alone: the start of all, and the end of each."""
        if row[0] != "fill" or len(row) != 4 or not isinstance(row[2], str) or not isinstance(row[3], int):
            return False
        return self._published.has_all(row[2], {*pages.columns.texts(row[3])})

    def astray(self, links: Iterable[str]) -> Iterator[str]:
        """Those of ``links``, addresses of the site, at which there is nothing."""
        for link in links:
            if link in self._fine:
                continue
            if not self._published.answers(link.partition("#")[0].partition("?")[0]):
                yield link
            elif "#" not in link:
                self._fine.add(link)

    def _astray(self, addresses: Iterable[str]) -> set[str]:
        """Those of ``addresses`` that may lead nowhere."""
        new = {*addresses} - self._fine
        astray = {address for address in new if not self._leads_somewhere(address)} if new else new
        self._fine |= new - astray
        if len(self._fine) > _REMEMBERED:
            self._fine.clear()
        return astray

    def _leads_somewhere(self, address: str) -> bool:
        if address[:1] == "/" == address[-1:] and self._published.has(address):
            return True  # Most are those of pages, as they are written.
        if not _WITHOUT_BLANKS.fullmatch(address) and not _WIDTH.search(address):
            return False
        return all(_answers(self._published, one) for one in candidates(address))


def _answers(published: Published, address: str) -> bool:
    """Whether an address leads to something on this site, or elsewhere; one to a part of a page may not."""
    found = published.local(address)
    return found is None or (not found.fragment and published.answers(found.path))


def _differs(row: tuple[Any, ...]) -> bool:
    """Whether an expression of addresses has a value in it."""
    return row[0] != "fill" or any(isinstance(part, int) for part in row[2:])
