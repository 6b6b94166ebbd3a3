"""Parser and matcher of robots.txt after RFC 9309: https://www.rfc-editor.org/rfc/rfc9309."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from msgspec import Struct

MOST_BYTES = 500 * 1024
"""Bytes that a crawler reads at least, and Google at most; what stands behind them may be overlooked."""

_ANY = "*"
_LINE_END = re.compile(r"\r\n?|\n")
_TOKEN = re.compile(r"[a-z_-]+|\*", re.IGNORECASE)
_ENCODED = re.compile(r"%([0-9a-fA-F]{2})")
_KEPT = "".join(chr(code) for code in range(0x21, 0x7F))
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


class RobotsLine(NamedTuple):
    """A line that says something, without its remark; ``key`` is in small letters, empty where there is no colon."""

    number: int
    key: str
    value: str


class RobotsRule(Struct, frozen=True):
    """One ``Allow`` or ``Disallow``; ``*`` in its pattern is any text, ``$`` at its end the end of the address."""

    allows: bool
    pattern: str
    line: int

    def matches(self, path: str) -> bool:
        """Whether the rule is about ``path``, which is percent-encoded."""
        return _expression(self.pattern).match(path) is not None


@lru_cache
def _expression(pattern: str) -> re.Pattern[str]:
    first, *pieces = map(re.escape, pattern.removesuffix("$").split(_ANY))
    # The leftmost place for each piece leaves most room for the next: no need to go back.
    middle = "".join(f"(?>.*?{piece})" for piece in pieces[:-1])
    last = f".*{pieces[-1]}" if pieces else ""
    end = r"\Z" if pattern.endswith("$") else ""
    return re.compile(f"{first}{middle}{last}{end}", re.DOTALL)


class Robots(Struct, frozen=True):
    """The rules of a robots.txt by the crawlers that they are for, whose names are in small letters."""

    groups: Mapping[str, tuple[RobotsRule, ...]]

    def rules(self, crawler: str) -> tuple[RobotsRule, ...]:
        """The rules that ``crawler`` keeps: those for its name, else those for all."""
        name = crawler.lower()
        return self.groups[name] if name in self.groups else self.groups.get(_ANY, ())

    def decisive(self, crawler: str, path: str) -> RobotsRule | None:
        """The rule that decides about ``path``: the longest that matches, of equal ones the one that allows."""
        if path == "/robots.txt":
            return None
        encoded = encode(path)
        matching = (rule for rule in self.rules(crawler) if rule.matches(encoded))
        return max(matching, key=lambda rule: (len(rule.pattern), rule.allows), default=None)


def robots_lines(text: str) -> Iterator[RobotsLine]:
    """The lines of a robots.txt that are neither empty nor a remark."""
    for number, line in enumerate(_LINE_END.split(text.removeprefix("\ufeff")), 1):
        said = line.partition("#")[0].strip()
        if said:
            key, colon, value = said.partition(":")
            yield RobotsLine(number, key.strip().lower(), value.strip()) if colon else RobotsLine(number, "", said)


def read_robots(text: str) -> Robots:
    """The rules of ``text``; what is no rule, or stands before the first ``User-agent``, says nothing."""
    groups: dict[str, list[RobotsRule]] = {}
    crawlers: list[str] = []
    is_in_rules = False
    for line in robots_lines(text):
        if line.key == "user-agent":
            if is_in_rules:
                crawlers, is_in_rules = [], False
            if name := crawler_name(line.value):
                crawlers.append(name)
                groups.setdefault(name, [])
        elif line.key in {"allow", "disallow"}:
            is_in_rules = True
            # An empty pattern forbids nothing.
            if line.value:
                rule = RobotsRule(line.key == "allow", encode(line.value), line.number)
                for name in crawlers:
                    groups[name].append(rule)
    return Robots({name: tuple(rules) for name, rules in groups.items()})


def crawler_name(value: str) -> str:
    """The name of a crawler without its version, in small letters; empty where there is none."""
    match = _TOKEN.match(value)
    return match[0].lower() if match else ""


def encode(path: str) -> str:
    """``path`` in the one way of writing it in which paths are compared."""
    if path.isascii() and path.isprintable() and "%" not in path and " " not in path:
        return path
    return quote(_ENCODED.sub(_decoded, path), safe=_KEPT, errors="replace")


def _decoded(match: re.Match[str]) -> str:
    char = chr(int(match[1], 16))
    return char if char in _UNRESERVED else f"%{match[1].upper()}"
