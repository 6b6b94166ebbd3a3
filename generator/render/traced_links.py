"""The links of pages that are made by column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape

from generator.tracing.columns import Columns
from generator.tracing.expressions import LOOP, Expressions, Part, mark, parts_of
from generator.tracing.loops import bodies_of

_ADDRESS = re.compile(r'<a [^>]*?href="([^">]*)"')
_PICTURE = re.compile(r"<(?:img|source|video|input)\b[^>]*>")
_FILE = re.compile(r'\b(?:src|srcset|poster)="([^">]*)"')


UNESCAPE = ("unescape",)
"""The key of ``unescaped``."""


def unescaped(value: object) -> str:
    """A value of HTML as a plain text."""
    return unescape(str(value))


class Links:
    """The addresses to which the anchors of ``parts``, a page in HTML, lead; those of loops by item."""

    def __init__(self, expressions: Expressions, parts: tuple[Part, ...]) -> None:
        self._expressions = expressions
        self._found: dict[tuple[Part, ...], tuple[int, ...]] = {}
        self._parts = parts
        self._loops = [part for part in parts if isinstance(part, int) and expressions.loops(part)]
        self._addresses(parts)

    @property
    def has_loops(self) -> bool:
        """Whether some stand in a loop, so that no expression is a single one."""
        return bool(self._loops)

    def addresses(self) -> tuple[int, ...]:
        """The expressions of all addresses, where none stands in a loop."""
        return self._addresses(self._parts)

    def pictures(self) -> tuple[int, ...]:
        """The expressions of the files that pictures outside of loops show."""
        text = "".join([part if isinstance(part, str) else mark(part) for part in self._parts])
        files = [file for tag in _PICTURE.findall(text) for file in _FILE.findall(tag)]
        return tuple([self._address(parts_of(file)) for file in dict.fromkeys(files)])

    def shows_items(self, columns: Columns) -> bool:
        """Whether items of a loop show pictures."""
        return any(self._shows(columns, loop) for part in self._loops for loop in self._expressions.loops(part))

    def _shows(self, columns: Columns, loop: int) -> bool:
        for body, items, _ in bodies_of(columns, loop):
            for part in body:
                if isinstance(part, str):
                    if _PICTURE.search(part):
                        return True
                elif any(self._shows(items, inner) for inner in self._expressions.loops(part)):
                    return True
        return False

    def of(self, columns: Columns, rows: Sequence[int]) -> list[tuple[str, ...]] | None:
        """The addresses on the page of each of ``rows``, each once, in order; None where only the page can tell."""
        if any(not self._is_whole(columns, part) for part in self._loops):
            return None
        # Judging asks for them twice, and so does what is kept of the pages.
        found: list[list[str]] | None = columns.kept.get(self)
        if found is None:
            found = columns.kept[self] = self._by_row(columns, self._parts)
        return [tuple(dict.fromkeys(found[row])) for row in rows]

    def _by_row(self, columns: Columns, parts: tuple[Part, ...]) -> list[list[str]]:
        found: list[list[str]] = [[] for _ in columns.rows]
        for number in self._addresses(parts):
            if self._expressions.rows[number][0] != LOOP:
                for links, link in zip(found, columns.texts(number), strict=True):
                    links.append(link)
                continue
            ordered: dict[int, tuple[int, list[str]]] = {}
            for body, items, members in bodies_of(columns, number):
                inner = self._by_row(items, body)
                for item in range(len(items.rows)) if members is None else members:
                    ordered[item] = items.standings[item].owner, inner[item]
            for item in sorted(ordered):
                row, links = ordered[item]
                found[row] += links
        return found

    def _addresses(self, parts: tuple[Part, ...]) -> tuple[int, ...]:
        """The expressions of the addresses in a text, and of the loops that stand between its tags, in order."""
        found = self._found.get(parts)
        if found is None:
            text = "".join([part if isinstance(part, str) else mark(part) for part in parts])
            places = [(match.start(), self._address(parts_of(match[1]))) for match in _ADDRESS.finditer(text)]
            for part in parts:
                if isinstance(part, int):
                    places += [(text.find(mark(part)), loop) for loop in self._expressions.loops(part)]
            found = self._found[parts] = tuple(dict.fromkeys([number for _, number in sorted(places)]))
        return found

    def _address(self, parts: tuple[Part, ...]) -> int:
        """The expression of an address as it stands in an attribute."""
        expressions = self._expressions
        plain: list[Part] = []
        for part in parts:
            if isinstance(part, str):
                plain.append(unescape(part))
            elif expressions.rows[part][0] == "letters":
                plain.append(expressions.rows[part][2])
            else:
                function = expressions.constant(UNESCAPE, unescaped)
                plain.append(expressions.number("call", function, (("e", part),), ()))
        return expressions.fill(tuple(plain), is_markup=False)

    def _is_whole(self, columns: Columns, part: Part) -> bool:
        """Whether no tag stands partly within a loop, and no loop is printed otherwise than as it is."""
        if isinstance(part, str):
            return True
        for loop in self._expressions.loops(part):
            if loop != part:
                return False
            for body, items, _ in bodies_of(columns, loop):
                text = "".join([inner if isinstance(inner, str) else "" for inner in body])
                if not _has_whole_tags(text) or not all(self._is_whole(items, inner) for inner in body):
                    return False
        return True


def _has_whole_tags(text: str) -> bool:
    opened = False
    for sign in _signs(text):
        if (sign == "<") == opened:
            return False
        opened = sign == "<"
    return not opened


def _signs(text: str) -> Iterator[str]:
    return (sign for sign in text if sign in "<>")
