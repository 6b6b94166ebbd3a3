"""Facts of every page of a site, as tables that rules query in SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import repeat
from pathlib import Path
from typing import Any, NamedTuple

from generator.check.sitemap import SitemapFacts
from generator.ledger.records import PUBLISHED
from generator.ledger.reprint import printed_pages
from generator.ledger.store import Ledger

_TABLES = f"""
CREATE TABLE pages (
    path TEXT PRIMARY KEY, state TEXT NOT NULL, is_indexable INTEGER NOT NULL, verdict TEXT NOT NULL,
    reason TEXT NOT NULL, kind TEXT NOT NULL, locale TEXT NOT NULL, topic TEXT NOT NULL, cluster TEXT NOT NULL,
    batch TEXT NOT NULL, variant BLOB NOT NULL, title TEXT NOT NULL, description TEXT NOT NULL, h1 TEXT NOT NULL,
    canonical TEXT NOT NULL, links TEXT NOT NULL, first_built TEXT NOT NULL, content_changed TEXT,
    content_digest BLOB NOT NULL, size INTEGER NOT NULL
) WITHOUT ROWID;
CREATE VIEW standing AS SELECT * FROM pages WHERE state IN {PUBLISHED};
CREATE TABLE documents (
    path TEXT PRIMARY KEY, language TEXT NOT NULL, modified TEXT NOT NULL, is_indexable INTEGER NOT NULL,
    words BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE alternates (
    path TEXT NOT NULL, code TEXT NOT NULL, href TEXT NOT NULL, target TEXT, PRIMARY KEY (path, code, href)
) WITHOUT ROWID;
CREATE TABLE types (path TEXT NOT NULL, type TEXT NOT NULL, PRIMARY KEY (path, type)) WITHOUT ROWID;
CREATE TABLE sitemaps (
    path TEXT PRIMARY KEY, kind TEXT NOT NULL, size INTEGER NOT NULL, entries INTEGER NOT NULL, fault TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE listed (
    sitemap TEXT NOT NULL, loc TEXT NOT NULL, path TEXT, lastmod TEXT NOT NULL, others TEXT NOT NULL
);
CREATE TABLE said (
    path TEXT PRIMARY KEY, cluster TEXT NOT NULL, variant BLOB NOT NULL, description TEXT NOT NULL, h1 TEXT NOT NULL,
    canonical TEXT NOT NULL, links TEXT NOT NULL
) WITHOUT ROWID;
"""  # noqa: S608

_AT_ONCE = 100
"""Rows that one statement adds, in half the time: of the 999 values that old versions of SQLite take."""


class PageFacts(NamedTuple):
    """One page, as far as rules on many pages need it without opening HTML.

    Its fields in the ledger, as ``docs/ledger.md`` explains them, and its content. ``cluster`` is the key that the page
    and its translations share, ``variant`` that of pages that differ in values only, empty where it is unknown.
    ``links`` are the site's own addresses that the page links to, each once, in order, one a line.
    """

    path: str
    state: str
    is_indexable: bool = True
    verdict: str = ""
    reason: str = ""
    kind: str = ""
    locale: str = ""
    topic: str = ""
    cluster: str = ""
    batch: str = ""
    variant: bytes = b""
    title: str = ""
    description: str = ""
    h1: str = ""
    canonical: str = ""
    links: str = ""
    first_built: str = ""
    content_changed: str | None = None
    content_digest: bytes = b""
    size: int = 0


_SAID = ("cluster", "variant", "description", "h1", "canonical", "links")
_COLUMNS = (f"ifnull(said.{name}, '')" if name in _SAID else f"known.{name}" for name in PageFacts._fields)
_JOIN = (
    f"INSERT INTO pages SELECT {', '.join(_COLUMNS)}"  # noqa: S608
    " FROM ledger.pages AS known LEFT JOIN said USING (path) ORDER BY path"
)
_PAGE = f"INSERT OR REPLACE INTO pages VALUES ({', '.join('?' * len(PageFacts._fields))})"  # noqa: S608


class DocumentFacts(NamedTuple):
    """Facts read from one page: its language, its last change, whether it may be indexed, its translations.

    Each translation is a code, the address as written, and its path on this site, None elsewhere. ``types`` are
    those of schema.org that its structured data is about. ``words`` is a digest of its main text where pages in other
    languages might say the same, else empty.
    """

    path: str
    language: str
    modified: str
    is_indexable: bool
    alternates: tuple[tuple[str, str, str | None], ...]
    types: tuple[str, ...] = ()
    words: bytes = b""


class Facts:
    """Answers SQL over these tables.

    ``pages`` has the fields of ``PageFacts``: pages with the state ``live`` are there to be indexed; ``standing`` are
    those that stand in the tree. The others are what was found in the files.
    In the pages that were read whole: ``documents`` (``path``, ``language``, ``modified``, ``is_indexable``,
    ``words``), ``alternates`` (``path``, ``code``, ``href``, ``target``) and ``types`` (``path``, ``type``). In the
    sitemaps: ``sitemaps`` (``path``, ``kind``, ``size``, ``entries``, ``fault``) and ``listed`` (``sitemap``, ``loc``,
    ``path``, ``lastmod``, ``others``). ``target`` and the ``path`` of ``listed`` are NULL where the address is not one
    of this site.

    ``origin`` is where the site is published; empty where that is unknown.
    """

    def __init__(self, connection: sqlite3.Connection, origin: str = "") -> None:
        self._connection = connection
        self.origin = origin

    def query(self, sql: str, *parameters: Any) -> Iterator[tuple[Any, ...]]:
        yield from self._connection.execute(sql, parameters)

    def add_page(self, facts: PageFacts) -> None:
        self._connection.execute(_PAGE, facts)

    def add_known(self, ledger: Ledger, file: Path) -> None:
        """Add every page that ``ledger``, which lies in ``file``, knows."""
        for some in printed_pages(ledger.query):
            texts = map(some.texts, (some.description, some.h1, some.canonical))
            links = map("\n".join, some.own_links())
            rows = zip(some.paths, some.clusters, repeat(some.variant), *texts, links, strict=False)
            self._connection.executemany("INSERT OR REPLACE INTO said VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        self._connection.execute("ATTACH ? AS ledger", (f"{file.absolute().as_uri()}?mode=ro",))
        self._connection.execute(_JOIN)
        self._connection.execute("DELETE FROM said")

    def add_document(self, found: DocumentFacts) -> None:
        row = (found.path, found.language, found.modified, found.is_indexable, found.words)
        self._connection.execute("INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?)", row)
        alternates = [(found.path, *alternate) for alternate in found.alternates]
        self._connection.executemany("INSERT OR IGNORE INTO alternates VALUES (?, ?, ?, ?)", alternates)
        types = [(found.path, kind) for kind in found.types]
        self._connection.executemany("INSERT OR IGNORE INTO types VALUES (?, ?)", types)

    def add_sitemap(self, found: SitemapFacts) -> None:
        row = (found.path, found.kind, found.size, len(found.entries), found.fault)
        self._connection.execute("INSERT OR REPLACE INTO sitemaps VALUES (?, ?, ?, ?, ?)", row)
        for start in range(0, len(found.entries), _AT_ONCE):
            entries = found.entries[start : start + _AT_ONCE]
            rows = ", ".join(["(?, ?, ?, ?, ?)"] * len(entries))
            values = [value for entry in entries for value in (found.path, *entry)]
            self._connection.execute(f"INSERT INTO listed VALUES {rows}", values)  # noqa: S608


@contextmanager
def no_facts(origin: str = "") -> Iterator[Facts]:
    """Facts of pages that are yet to be added."""
    # A database without a name lies in a file of its own where memory is short.
    connection = sqlite3.connect("file:", uri=True)
    try:
        connection.executescript(_TABLES)
        yield Facts(connection, origin)
    finally:
        connection.close()


@contextmanager
def facts_of(ledger: Ledger, file: Path, origin: str) -> Iterator[Facts]:
    """Facts of every page that ``ledger``, which lies in ``file``, knows."""
    with no_facts(origin) as facts:
        facts.add_known(ledger, file)
        yield facts
