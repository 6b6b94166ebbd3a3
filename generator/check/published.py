"""A built tree, as somebody meets it who reads the site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from generator.check.document import Document
from generator.tree_paths import page_address, page_file

_REMEMBERED = 256
"""Parsed pages that are kept: a page and its translations are asked for one after another."""


class Address(NamedTuple):
    """An address on the site: the path as files are named, and what stands behind ``?`` and ``#``."""

    path: str
    query: str
    fragment: str


class Published:
    """The files of a built site in ``folder``.

    ``origin`` is where they are published, ``https://www.example.com``; empty where nobody knows. ``hosts`` are
    other hosts from which its pages may load something.
    """

    def __init__(self, folder: Path, origin: str = "", hosts: frozenset[str] = frozenset()) -> None:
        self.folder = folder
        self.origin = origin
        self.hosts = hosts
        self.document = lru_cache(_REMEMBERED)(self._document)

    def __getstate__(self) -> dict[str, object]:
        return {"folder": self.folder, "origin": self.origin, "hosts": self.hosts}

    def __setstate__(self, state: Mapping[str, object]) -> None:
        self.__dict__.update(state)
        self.document = lru_cache(_REMEMBERED)(self._document)

    def has(self, path: str) -> bool:
        """Whether a file answers to the address ``path``."""
        return "\x00" not in path and (self.folder / page_file(path)[1:]).is_file()

    def read(self, path: str) -> bytes | None:
        file = self.folder / page_file(path)[1:]
        return file.read_bytes() if self.has(path) else None

    def text(self, path: str) -> str:
        """The file behind ``path`` as text; empty when there is none."""
        return (self.read(path) or b"").decode("utf-8", "replace")

    def size(self, path: str) -> int:
        return (self.folder / page_file(path)[1:]).stat().st_size if self.has(path) else 0

    def pages(self) -> Iterator[str]:
        """The addresses of all HTML files, in order."""
        for file in sorted(self.folder.rglob("*.html")):
            if file.is_file():
                yield page_address("/" + file.relative_to(self.folder).as_posix())

    def _document(self, path: str) -> Document | None:
        """The page at ``path``; None where there is none."""
        body = self.read(path)
        return None if body is None else Document(path, body, self)

    @cached_property
    def redirects(self) -> Mapping[str, str]:
        """What ``_redirects`` says, target by source; a line that is no redirect is passed over."""
        lines = (line.split("#")[0].split() for line in self.text("/_redirects").splitlines())
        return {parts[0]: parts[1] for parts in lines if len(parts) >= 2 and parts[0].startswith("/")}

    def local(self, href: str, base: str = "/") -> Address | None:
        """What ``href`` means on the page at ``base``, if it is an address of this site; None where it is not.

        A path that cannot be one of a file is one all the same, to which nothing answers.
        """
        if not href or href[0] == "#":
            return Address(base, "", href[1:])
        if href[0] == "/" and href[:2] != "//" and not any(mark in href for mark in "?#%.\\"):
            return Address(href, "", "")
        try:
            joined, fragment = urldefrag(urljoin(f"{self.origin or 'http://site.invalid'}{base}", href.strip()))
            parts = urlsplit(joined)
        except ValueError:
            return None
        if f"{parts.scheme}://{parts.netloc}" != (self.origin or "http://site.invalid"):
            return None
        return Address(unquote(parts.path) or "/", parts.query, unquote(fragment))
