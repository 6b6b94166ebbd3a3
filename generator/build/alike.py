"""Values by which pages may be alike, told by digests, so that they need not travel and take eight bytes a page."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import pairwise

from msgspec import Struct

from generator.check.facts import PageFacts
from generator.check.seen import planned_page
from generator.ledger.records import PUBLISHED, History
from generator.plan.routes import Route
from generator.render.made_page import MadePage
from generator.render.made_pages import MadePages

_SIZE = 8


class Alike(Struct, frozen=True):
    """The titles of the pages of a batch that are to be indexed: ``digests`` of all, and those that are ``new``.

    ``new`` are with the language, and only where anything was published before.
    """

    digests: bytes
    new: tuple[tuple[str, str], ...] = ()


def values_of(made: MadePage | MadePages, history: History) -> Alike:
    """The values of these pages; ``history`` knows those that they had before."""
    digests: list[bytes] = []
    new: list[tuple[str, str]] = []
    for route, title in _titled(made):
        digests.append(_digest(route.locale, title))
        before = history.pages.get(route.path)
        if before is None or before.state not in PUBLISHED or before.title != title:
            new.append((route.locale, title))
    return Alike(b"".join(digests), tuple(new))


def with_values(
    made: MadePage | MadePages, batch: str, digests: Collection[bytes], titles: Collection[tuple[str, str]]
) -> Iterator[PageFacts]:
    """Those of the pages of ``batch`` whose titles have one of ``digests``, or are among ``titles``."""
    for route, title in _titled(made):
        if (route.locale, title) in titles or (digests and _digest(route.locale, title) in digests):
            yield planned_page(route, batch)._replace(title=title)


def _titled(made: MadePage | MadePages) -> Iterator[tuple[Route, str]]:
    """Each page that is to be indexed and has a title."""
    for route, title in zip(made.routes, _titles(made), strict=True):
        if title and route.is_indexable:
            yield route, title


def joined(found: Iterable[Alike]) -> Alike:
    """The values of several of them as one."""
    parts = tuple(found)
    return Alike(b"".join([part.digests for part in parts]), tuple(title for part in parts for title in part.new))


def _titles(pages: MadePage | MadePages) -> Sequence[str]:
    if isinstance(pages, MadePages):
        return pages.texts(pages.text.title)
    return pages.said.texts(pages.said.title)


def _digest(locale: str, title: str) -> bytes:
    return blake2b(f"{locale}\0{title}".encode("utf-8", "surrogatepass"), digest_size=_SIZE).digest()


def repeated(found: Iterable[Alike]) -> frozenset[bytes]:
    """The digests of values that stand on several pages."""
    numbers = array("q")
    for alike in found:
        numbers.frombytes(alike.digests)
    ordered = sorted(numbers)
    twice = {one for one, following in pairwise(ordered) if one == following}
    return frozenset(array("q", [number]).tobytes() for number in twice)


def has_any(alike: Alike, digests: Collection[bytes], titles: Collection[tuple[str, str]]) -> bool:
    """Whether one of the pages has one of the values."""
    starts = range(0, len(alike.digests), _SIZE) if digests else ()
    return any(alike.digests[start : start + _SIZE] in digests for start in starts) or any(
        title in titles for title in (alike.new if titles else ())
    )
