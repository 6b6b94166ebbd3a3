"""A built tree of files, with the addresses at which they are published."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from generator.check.addresses import Address, aim_of
from generator.check.redirects import FILE, RedirectMap, read_redirects
from generator.config import SiteConfig
from generator.write.paths import page_address, page_file

_PLAIN = re.compile(r"(?!.*/\.)/(?!/)[^?#%\\\s]*(?:#[^%\\\s]*)?")
"""Addresses on a site that need no resolution."""


class Published:
    """The files of a built site in ``folder``.

    ``origin`` is where they are published, ``https://www.example.com``; empty where it is unknown. ``hosts``
    are other hosts from which its pages may load resources; None where they are not configured.
    """

    def __init__(self, folder: Path, origin: str = "", hosts: frozenset[str] | None = None) -> None:
        self.folder = folder
        self.origin = origin
        self.hosts = hosts

    def __getstate__(self) -> dict[str, object]:
        return {"folder": self.folder, "origin": self.origin, "hosts": self.hosts}

    def has(self, path: str) -> bool:
        """Whether a file answers to the address ``path``."""
        # Unlike a Path, this accepts texts that cannot be names of files.
        return os.path.isfile(self._file(path))  # noqa: PTH113

    def has_all(self, start: str, ends: Collection[str]) -> bool:
        """Whether files answer to all addresses that begin with ``start`` and end with one of ``ends``."""
        return all(self.has(start + end) for end in ends)

    def _file(self, path: str) -> str:
        return f"{self.folder}{page_file(path)}"

    def read(self, path: str) -> bytes | None:
        return Path(self._file(path)).read_bytes() if self.has(path) else None

    def text(self, path: str) -> str:
        """The file behind ``path`` as text; empty when there is none."""
        return (self.read(path) or b"").decode("utf-8", "replace")

    def size(self, path: str) -> int:
        return Path(self._file(path)).stat().st_size if self.has(path) else 0

    def pages(self) -> Iterator[str]:
        """The addresses of all HTML files, in order."""
        for file in sorted(self.folder.rglob("*.html")):
            if file.is_file():
                yield page_address("/" + file.relative_to(self.folder).as_posix())

    def files(self) -> Iterator[str]:
        """All files as the tree lists them, folder by folder, in order."""
        for inside, folders, names in os.walk(self.folder):
            folders.sort()
            base = inside.removeprefix(str(self.folder)).replace(os.sep, "/") + "/"
            yield from (base + name for name in sorted(names))

    @cached_property
    def redirects(self) -> RedirectMap:
        """The redirects of ``_redirects``."""
        return read_redirects(self.text(FILE), self.local)

    def answers(self, path: str) -> bool:
        """Whether a request for ``path`` succeeds: with a file or a redirect."""
        return self.has(path) or self.redirects.find(path) is not None

    def local(self, href: str, base: str = "/") -> Address | None:
        """Address of this site to which ``href`` resolves on the page at ``base``; None for other addresses.

        A path that cannot be a file's is an address all the same, to which nothing answers.
        """
        if not href or href[0] == "#":
            return Address(base, "", href[1:])
        own = href[len(self.origin) :] if self.origin and href.startswith(self.origin) else href
        # Most addresses are plain, and to take one apart takes ten times as long.
        if _PLAIN.fullmatch(own):
            path, _, fragment = own.partition("#")
            return Address(path, "", fragment)
        aim = aim_of(href, self.origin + base)
        return aim._replace(origin="") if aim and aim.origin == self._home else None

    @cached_property
    def _home(self) -> str:
        """The origin as addresses have it that are resolved."""
        home = aim_of("", f"{self.origin}/")
        return home.origin if home else ""


def own_site(folder: Path, config: SiteConfig) -> Published:
    """The site that ``config`` describes, published from ``folder``."""
    return Published(folder, config.base_url, hosts_of(config))


def hosts_of(config: SiteConfig) -> frozenset[str]:
    """The other hosts from which pages of the site may load something."""
    return frozenset({urlsplit(config.analytics.script).netloc} if config.analytics else ())
