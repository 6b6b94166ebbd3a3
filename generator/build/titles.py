"""Titles by which pages may be alike, told by digests, so that they need not travel and take eight bytes a page."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import pairwise

from msgspec import Struct

from generator.ledger.records import PUBLISHED, History
from generator.plan.routes import Route
from generator.render.made_page import MadePage
from generator.render.made_pages import MadePages

_SIZE = 8


class Titles(Struct, frozen=True):
    """The titles of pages that are to be indexed: ``digests`` of all, and those that are ``new``.

    ``new`` are with the language, and only where anything was published before.
    """

    digests: bytes = b""
    new: tuple[tuple[str, str], ...] = ()

    def __add__(self, other: Titles) -> Titles:
        return Titles(self.digests + other.digests, self.new + other.new)

    def has_any(self, digests: Collection[bytes], titles: Collection[tuple[str, str]]) -> bool:
        """Whether one of the titles has one of ``digests``, or is new and among ``titles``."""
        starts = range(0, len(self.digests), _SIZE) if digests else ()
        return any(self.digests[start : start + _SIZE] in digests for start in starts) or any(
            title in titles for title in (self.new if titles else ())
        )


def titles_of(made: MadePage | MadePages, history: History) -> Titles:
    """The titles of these pages; ``history`` knows those that they had before."""
    digests: list[bytes] = []
    new: list[tuple[str, str]] = []
    for route, title in _titled(made):
        digests.append(_digest(route.locale, title))
        before = history.pages.get(route.path)
        if before is None or before.state not in PUBLISHED or before.title != title:
            new.append((route.locale, title))
    return Titles(b"".join(digests), tuple(new))


def with_titles(
    made: MadePage | MadePages, digests: Collection[bytes], titles: Collection[tuple[str, str]]
) -> Iterator[tuple[Route, str]]:
    """Those of the pages whose titles have one of ``digests``, or are among ``titles``, each with its title."""
    for route, title in _titled(made):
        if (route.locale, title) in titles or (digests and _digest(route.locale, title) in digests):
            yield route, title


def _titled(made: MadePage | MadePages) -> Iterator[tuple[Route, str]]:
    """Each page that is to be indexed and has a title."""
    for route, title in zip(made.routes, _texts(made), strict=True):
        if title and route.is_indexable:
            yield route, title


def _texts(pages: MadePage | MadePages) -> Sequence[str]:
    if isinstance(pages, MadePages):
        return pages.texts(pages.text.title)
    return pages.said.texts(pages.said.title)


def _digest(locale: str, title: str) -> bytes:
    return blake2b(f"{locale}\0{title}".encode("utf-8", "surrogatepass"), digest_size=_SIZE).digest()


def repeated(found: Iterable[Titles]) -> frozenset[bytes]:
    """The digests of titles that stand on several pages."""
    numbers = array("q")
    for titles in found:
        numbers.frombytes(titles.digests)
    ordered = sorted(numbers)
    twice = {one for one, following in pairwise(ordered) if one == following}
    return frozenset(array("q", [number]).tobytes() for number in twice)
