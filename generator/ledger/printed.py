"""The texts and values that the pages of a batch were made from, as the ledger keeps them."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Mapping, Sequence

import msgspec
from markupsafe import escape
from msgspec import Struct
from msgspec.structs import replace

_LEVEL = 1
"""Of zlib: higher ones take several times as long for a tenth less."""


class Lettered(Struct, frozen=True, array_like=True, tag="letters"):
    """Parts whose letters are written as HTML ("html") or as in a string of JSON inside a script ("json")."""

    how: str
    parts: tuple[str | int | Lettered | Choice, ...]


class Choice(Struct, frozen=True, array_like=True, tag="choice"):
    """Wordings of which each page has one: the column ``number`` says which, counted from 0."""

    number: int
    wordings: tuple[tuple[str | int | Lettered | Choice, ...], ...]


Part = str | int | Lettered | Choice
"""Constant text; the number of a column of values; parts written with other letters; or wordings."""

Parts = tuple[Part, ...]


class PrintedPages(Struct, frozen=True, array_like=True):
    """Pages of one variant: ``columns`` of values, each with one for every one of ``paths``, and what stands on them.

    ``clusters`` are the keys that each page and its translations share. ``links`` are addresses, one or several a
    line each, also those of other sites. Of pages that were made one by one ``variant`` is empty, and the parts of
    their bodies are unknown.
    """

    paths: list[str]
    clusters: list[str]
    columns: list[list[str]]
    title: Parts
    description: Parts
    h1: Parts
    canonical: Parts
    links: list[Parts]
    variant: bytes = b""

    def texts(self, parts: Parts) -> list[str]:
        """The text of ``parts`` on each page."""
        return texts(parts, self.columns, len(self.paths))

    def chosen(self) -> list[tuple[str, ...]]:
        """The numbers of the wordings of title and description that each page has."""
        parts = (*self.title, *self.description)
        chosen = [self.columns[part.number] for part in parts if isinstance(part, Choice)]
        return [tuple(column[number] for column in chosen) for number in range(len(self.paths))]

    def own_links(self) -> list[tuple[str, ...]]:
        """The addresses of the site that each page links to, each once, in order."""
        if not self.links:
            return [()] * len(self.paths)
        found = map("\n".join, zip(*map(self.texts, self.links), strict=True))
        return [tuple(dict.fromkeys(filter(is_own, links.split("\n")))) for links in found]

    def only(self, paths: Collection[str]) -> PrintedPages:
        """The same of those of the pages that are among ``paths``."""
        wanted = [number for number, path in enumerate(self.paths) if path in paths]
        return replace(
            self,
            paths=[self.paths[number] for number in wanted],
            clusters=[self.clusters[number] for number in wanted],
            columns=[[column[number] for number in wanted] for column in self.columns],
        )


def is_own(link: str) -> bool:
    """Whether an address is one of the site, from its first slash."""
    return link[:1] == "/" and link[:2] != "//"


def texts(parts: Parts, columns: Sequence[Sequence[str]], count: int) -> list[str]:
    """``parts`` put together for each of ``count`` pages."""
    found: list[Sequence[str]] = []
    for part in parts:
        if isinstance(part, str):
            found.append([part] * count)
        elif isinstance(part, int):
            found.append(columns[part])
        elif isinstance(part, Choice):
            wordings = [texts(wording, columns, count) for wording in part.wordings]
            found.append([wordings[int(number)][row] for row, number in enumerate(columns[part.number])])
        else:
            found.append(list(map(_LETTERS[part.how], texts(part.parts, columns, count))))
    return list(map("".join, zip(*found, strict=True))) if found else [""] * count


def json_letters(value: object) -> str:
    """``value`` as it stands in a string of JSON that is safe inside a script element."""
    return safe_in_script(msgspec.json.encode(str(value)).decode()[1:-1])


def safe_in_script(json: str) -> str:
    """``json`` without what could end a script element or be taken for a character reference."""
    return json.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


_LETTERS: Mapping[str, Callable[[str], str]] = {"html": lambda text: str(escape(text)), "json": json_letters}

_decoder = msgspec.msgpack.Decoder(list[PrintedPages])
_parts_decoder = msgspec.msgpack.Decoder(Parts)


def pack(pages: Sequence[PrintedPages]) -> bytes:
    """``pages`` in few bytes."""
    return zlib.compress(msgspec.msgpack.encode(pages), _LEVEL)


def unpack(packed: bytes) -> list[PrintedPages]:
    """The inverse of ``pack``; raises zlib.error or msgspec.MsgspecError for other bytes."""
    return _decoder.decode(zlib.decompress(packed)) if packed else []


def pack_parts(parts: Parts) -> bytes:
    """The parts of the body of a variant in few bytes."""
    return zlib.compress(msgspec.msgpack.encode(parts), 6)


def unpack_parts(packed: bytes) -> Parts:
    """The inverse of ``pack_parts``; raises what ``unpack`` does."""
    return _parts_decoder.decode(zlib.decompress(packed))
