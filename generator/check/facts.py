"""Facts of every page of a site, as tables that rules query in SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from msgspec.structs import astuple

from generator.check.sitemap import SitemapFacts
from generator.ledger.records import PUBLISHED, PageFacts
from generator.ledger.schema import TABLES

Query = Callable[[str, Sequence[Any]], Iterable[tuple[Any, ...]]]

# Kept apart from the ledger, which a check only reads; in a file where memory is short.
_ADDED = (
    f"CREATE TEMP VIEW standing AS SELECT * FROM pages WHERE state IN {PUBLISHED}",  # noqa: S608
    "CREATE TEMP TABLE documents (path TEXT PRIMARY KEY, language TEXT NOT NULL, modified TEXT NOT NULL,"
    " is_indexable INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TEMP TABLE alternates (path TEXT NOT NULL, code TEXT NOT NULL, href TEXT NOT NULL, target TEXT,"
    " PRIMARY KEY (path, code, href)) WITHOUT ROWID",
    "CREATE TEMP TABLE types (path TEXT NOT NULL, type TEXT NOT NULL, PRIMARY KEY (path, type)) WITHOUT ROWID",
    "CREATE TEMP TABLE sitemaps (path TEXT PRIMARY KEY, kind TEXT NOT NULL, size INTEGER NOT NULL,"
    " entries INTEGER NOT NULL, fault TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TEMP TABLE listed (sitemap TEXT NOT NULL, loc TEXT NOT NULL, path TEXT, lastmod TEXT NOT NULL,"
    " others TEXT NOT NULL)",
)


_AT_ONCE = 100
"""Rows that one statement adds, of the 999 values that old versions of SQLite take."""

_PAGE = f"INSERT OR REPLACE INTO pages VALUES ({', '.join('?' * len(PageFacts.__struct_fields__))})"  # noqa: S608


class DocumentFacts(NamedTuple):
    """What one page that was read says: its language, when it changed, whether it may be indexed, its translations.

    Each of these is a code, the address as it stands there, and its path on this site, None elsewhere. ``types`` are
    those of schema.org that its structured data is about.
    """

    path: str
    language: str
    modified: str
    is_indexable: bool
    alternates: tuple[tuple[str, str, str | None], ...]
    types: tuple[str, ...] = ()


class Facts:
    """Answers SQL over these tables.

    ``pages`` is the ledger's, which docs/ledger.md explains: pages with the state ``live`` are there to be indexed;
    ``standing`` are those that stand in the tree. The others are what was found in the files.
    In the pages that were read whole: ``documents`` (``path``, ``language``, ``modified``, ``is_indexable``),
    ``alternates`` (``path``, ``code``, ``href``, ``target``) and ``types`` (``path``, ``type``). In the sitemaps:
    ``sitemaps`` (``path``, ``kind``, ``size``, ``entries``, ``fault``) and ``listed`` (``sitemap``, ``loc``, ``path``,
    ``lastmod``, ``others``). ``target`` and the ``path`` of ``listed`` are NULL where the address is not one of this
    site.

    ``origin`` is where the site is published; empty where nobody knows.
    """

    def __init__(self, query: Query, origin: str = "") -> None:
        self._query = query
        self.origin = origin
        for table in _ADDED:
            query(table, ())

    def query(self, sql: str, *parameters: Any) -> Iterator[tuple[Any, ...]]:
        yield from self._query(sql, parameters)

    def add_page(self, facts: PageFacts) -> None:
        self._query(_PAGE, astuple(facts))

    def add_document(self, found: DocumentFacts) -> None:
        row = (found.path, found.language, found.modified, found.is_indexable)
        self._query("INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?)", row)
        for code, href, target in found.alternates:
            self._query("INSERT OR IGNORE INTO alternates VALUES (?, ?, ?, ?)", (found.path, code, href, target))
        for kind in found.types:
            self._query("INSERT OR IGNORE INTO types VALUES (?, ?)", (found.path, kind))

    def add_sitemap(self, found: SitemapFacts) -> None:
        row = (found.path, found.kind, found.size, len(found.entries), found.fault)
        self._query("INSERT OR REPLACE INTO sitemaps VALUES (?, ?, ?, ?, ?)", row)
        for start in range(0, len(found.entries), _AT_ONCE):
            entries = found.entries[start : start + _AT_ONCE]
            rows = ", ".join(["(?, ?, ?, ?, ?)"] * len(entries))
            values = [value for entry in entries for value in (found.path, *entry)]
            self._query(f"INSERT INTO listed VALUES {rows}", values)  # noqa: S608


@contextmanager
def no_ledger(origin: str = "") -> Iterator[Facts]:
    """Facts of pages that are yet to be added, since no ledger knows them."""
    # A database without a name lies in a file of its own where memory is short.
    connection = sqlite3.connect("")
    try:
        connection.executescript(TABLES)
        yield Facts(connection.execute, origin)
    finally:
        connection.close()
