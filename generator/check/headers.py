"""Parser of ``_headers``, which tells a static host the headers of its responses.

The form is that of Cloudflare (https://developers.cloudflare.com/pages/configuration/headers/) and Netlify
(https://docs.netlify.com/manage/routing/headers/): a line that is an address, and under it, indented, its headers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from msgspec import Struct

from generator.check.hosts import host_name
from generator.check.placeholders import expression
from generator.check.published import Published

FILE = "/_headers"
_PLACEHOLDER = re.compile(r"\*|:[A-Za-z]\w*")


class HeaderRule(Struct, frozen=True, dict=True):
    """Headers added to responses for addresses that match ``pattern``, and headers removed from them.

    Names are in small letters. ``*`` stands for anything, ``:name`` for anything up to a slash. A pattern may begin
    with a scheme and a host, and then holds for that host only.
    """

    pattern: str
    headers: tuple[tuple[str, str], ...]
    removed: frozenset[str]

    @cached_property
    def _expressions(self) -> tuple[re.Pattern[str] | None, re.Pattern[str]]:
        if "://" not in self.pattern:
            return None, expression(self.pattern, _PLACEHOLDER, "/")
        host, slash, path = self.pattern.partition("://")[2].partition("/")
        return expression(host, _PLACEHOLDER, "."), expression(slash + path or "/", _PLACEHOLDER, "/")

    def covers(self, path: str, origin: str) -> bool:
        """Whether an answer for ``path`` is meant; of another host than that of ``origin`` it never is."""
        host, address = self._expressions
        if host is not None and not host.fullmatch(host_name(origin)):
            return False
        return address.fullmatch(path) is not None


def read_headers(published: Published) -> tuple[HeaderRule, ...]:
    """The rules of the tree's ``_headers``, in order; lines that are neither an address nor a header are ignored."""
    rules: list[HeaderRule] = []
    pattern, headers, removed = "", list[tuple[str, str]](), set[str]()

    def finish() -> None:
        if pattern:
            rules.append(HeaderRule(pattern, tuple(headers), frozenset(removed)))

    for line in published.text(FILE).splitlines():
        said = line.strip()
        if not said or said.startswith("#"):
            continue
        if not line[0].isspace() and (said.startswith("/") or "://" in said.partition(" ")[0]):
            finish()
            pattern, headers, removed = said, [], set()
        elif said.startswith("!"):
            removed.add(said[1:].strip().lower())
        elif ":" in said:
            name, _, value = said.partition(":")
            headers.append((name.strip().lower(), value.strip()))
    finish()
    return tuple(rules)


def headers_of(path: str, rules: Iterable[HeaderRule], origin: str) -> Mapping[str, str]:
    """The headers of the answer for ``path``: of one that several rules add all values, with commas between them."""
    found: dict[str, str] = {}
    for rule in rules:
        if rule.covers(path, origin):
            found = {name: value for name, value in found.items() if name not in rule.removed}
            for name, value in rule.headers:
                found[name] = f"{found[name]}, {value}" if name in found else value
    return found
