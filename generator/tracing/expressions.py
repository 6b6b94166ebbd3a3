"""Expressions over the values of one row, interned in a table, and the marks that stand for them in text.

An expression is a tuple whose first item names an operation of ``Columns`` and whose other items are numbers of
expressions, literals, or numbers of constants. Two equal expressions have one number, so that a value that many
templates read of a row is worked out once. A number is a digest of what it stands for, the same in every process.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Hashable, Iterable, Iterator
from hashlib import blake2b
from typing import Any

OPEN, CLOSE = "\ufdd0", "\ufdd1"
"""Noncharacters (Unicode 16, section 23.7), which no text that is published may contain."""

_NONCE = f"{secrets.token_hex(4)}-"
"""Tells the marks of this process from letters that some text brings along; a mark never leaves its process."""

_MARK = re.compile(f"{OPEN}{_NONCE}([0-9]+){CLOSE}")

Part = str | int
"""Constant text, or the number of an expression."""

PASSAGE = "passage"
"""The operation of two expressions that print nothing: they stand where a passage begins and ends that is there because
of what only the row knows."""


ITEMS = "items"
"""The operation of the items of a list: the number of the list, and that of the row, or item, to which it belongs."""

LOOP = "loop"
"""The operation of a loop's printed text: the constant that runs it, its items, and the numbers of its decisions."""


_REFERENCE = 1 << 63
"""The highest of 64 bits: all numbers of expressions and constants have it, and no literal beside them does."""


class Refused(Exception):
    """Tracing cannot follow what a template does with a value; plain Jinja can. The message says what it is."""


class Expressions:
    """The table of interned expressions, and of constants that are no literals: functions, and values they are given.

    A constant is known by its ``key``, which must mean the same in every process.
    """

    def __init__(self) -> None:
        self.rows: dict[int, tuple[Any, ...]] = {}
        self.constants: dict[int, Any] = {}
        self.keys: dict[int, Hashable] = {}
        """The keys of constants."""
        self._numbers: dict[tuple[Any, ...], int] = {}
        self._known: dict[Hashable, int] = {}
        self._roots: dict[int, frozenset[int]] = {}
        self._loops: dict[int, tuple[int, ...]] = {}

    def number(self, *expression: Any) -> int:
        """The number of ``expression``."""
        found = self._numbers.get(expression)
        if found is None:
            found = self._numbers[expression] = _digest(expression)
            self.rows[found] = expression
        return found

    def constant(self, key: Hashable, value: Any) -> int:
        """The number of a constant."""
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = _digest(key)
            self.keys[found] = key
            self.constants[found] = value
        return found

    def behind(self, numbers: Iterable[int]) -> set[int]:
        """``numbers`` of expressions and constants, and all that they are made of."""
        found: set[int] = set()
        waiting = [*numbers]
        while waiting:
            number = waiting.pop()
            if number not in found:
                found.add(number)
                waiting += references(self.rows[number] if number in self.rows else self.keys[number])
        return found

    def roots(self, number: int) -> frozenset[int]:
        """The items of lists on which an expression depends, as expressions; none where it is of the row alone."""
        found = self._roots.get(number)
        if found is None:
            row = self.rows[number]
            found = frozenset().union(*map(self.roots, operands(row)))
            found = self._roots[number] = found | {number} if row[0] == ITEMS else found
        return found

    def loops(self, number: int) -> tuple[int, ...]:
        """The loops of which an expression is made, as expressions; those in their bodies are not among them."""
        found = self._loops.get(number)
        if found is None:
            row = self.rows[number]
            found = (number,) if row[0] == LOOP else tuple([n for other in operands(row) for n in self.loops(other)])
            self._loops[number] = found
        return found

    def fill(self, parts: tuple[Part, ...], *, is_markup: bool) -> int:
        """The expression of ``parts`` one after another, as a text or as HTML."""
        return self.number("fill", is_markup, *self.flattened(parts))

    def may_be(self, number: int, text: str) -> bool:
        """Whether the text of an expression can be ``text`` on any page, by the constant letters at its ends."""
        operation, *parts = self.rows[number]
        first, last = (parts[1], parts[-1]) if operation == "fill" and len(parts) > 1 else (number, number)
        return (not isinstance(first, str) or text.startswith(first)) and (
            not isinstance(last, str) or text.endswith(last)
        )

    def flattened(self, parts: tuple[Part, ...]) -> tuple[Part, ...]:
        """``parts`` with those that are texts of several parts taken apart, and constants next to each other joined."""
        found: list[Part] = []
        for part in self._leaves(parts):
            if isinstance(part, str) and found and isinstance(found[-1], str):
                found[-1] += part
            else:
                found.append(part)
        return tuple(found)

    def _leaves(self, parts: tuple[Part, ...]) -> Iterator[Part]:
        for part in parts:
            if isinstance(part, int) and self.rows[part][0] == "fill":
                yield from self._leaves(self.rows[part][2:])
            elif part != "":
                yield part


def _digest(said: object) -> int:
    digest = blake2b(repr(said).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") | _REFERENCE


def references(said: object) -> Iterator[int]:
    """The numbers of expressions and constants in an expression, in a key, or in parts of a text."""
    if isinstance(said, tuple):
        for item in said:
            yield from references(item)
    elif type(said) is int and said >= _REFERENCE:
        yield said


def mark(number: int) -> str:
    """The mark that stands in a text for the value of an expression."""
    return f"{OPEN}{_NONCE}{number}{CLOSE}"


def parts_of(text: str) -> tuple[Part, ...]:
    """The constant text and the marks of ``text``, in order."""
    found = _MARK.split(text)
    parts = tuple([int(part) if at % 2 else part for at, part in enumerate(found) if part])
    if any(isinstance(part, str) and (OPEN in part or CLOSE in part) for part in parts):
        raise Refused("a text with a character that stands for values here")
    return parts


def operands(row: tuple[Any, ...]) -> list[int]:
    """The numbers of the expressions of which one is made."""
    operation, *rest = row
    if operation == "fill":
        return [part for part in rest[1:] if isinstance(part, int)]
    if operation == "letters":
        return [rest[1]]
    if operation == "call":
        return [*_arguments(rest[1]), *_arguments([value for _, value in rest[2]])]
    if operation in ("row", "given", PASSAGE, "columns"):
        return []
    if operation == ITEMS:
        return rest
    if operation == LOOP:
        return rest[2:]
    return [rest[0]]


def _arguments(given: Any) -> list[int]:
    found: list[int] = []
    for argument in given:
        if isinstance(argument, tuple) and argument and argument[0] == "e":
            found.append(argument[1])
        elif isinstance(argument, tuple):
            found += _arguments(argument[1:])
    return found
