"""The ledger as a SQLite file: every URL ever built, and what each batch was built from."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import pairwise
from operator import add, attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.ledger.connection import connect, empty, in_words, parsed
from generator.ledger.printed import PrintedPages, pack
from generator.ledger.records import (
    PUBLISHED,
    BatchFacts,
    Counts,
    FileStamp,
    Fingerprint,
    History,
    LastBuild,
    PageHistory,
    PageRow,
    parent,
)
from generator.ledger.reprint import printed_pages
from generator.ledger.traces import Traces, drop_traces, keep_traces

if TYPE_CHECKING:  # A build that finds nothing changed need not wait for what the model is made of.
    from generator.model import Status

_SHARED = {"origin": ("origins", ("batch", "kind", "locale", "topic")), "status": ("statuses", ("verdict", "reason"))}
"""Values that many pages share, by the column that has their number: their table, and its columns."""

_BUILT = tuple(name for name in PageRow._fields if not any(name in columns for _, columns in _SHARED.values()))
_UPSERT = (
    f"INSERT OR REPLACE INTO built ({', '.join((*_BUILT, *_SHARED))})"  # noqa: S608
    f" VALUES ({', '.join('?' * (len(_BUILT) + len(_SHARED)))})"
)
_HISTORY = ", ".join(("path", *PageHistory.__struct_fields__))
_PUBLISHED = f"state IN {PUBLISHED}"


class Ledger:
    """One build's connection; only the main process writes, each batch in a transaction of its own."""

    def __init__(self, connection: sqlite3.Connection, file: Path, is_stored: bool) -> None:
        self._connection = connection
        self._file = file
        self._is_stored = is_stored

    @property
    def was_completed(self) -> bool:
        """Whether any build ended while this ledger was kept."""
        return self._value("completed") == "yes"

    @property
    def knows_all(self) -> bool:
        """Whether a page that is not here was never published."""
        return self.was_completed or self._value("knows_all") == "yes"

    def begin(self, knows_all: bool, leaving: Sequence[str]) -> None:
        """Note that a build starts to write, and that in the end it will remove the files ``leaving``.

        Makes a missing ledger; ``knows_all`` counts only then.
        """
        if not self._is_stored:
            self._connection.close()
            self._connection, self._is_stored = connect(self._file, read_only=False), True
        with self._connection:
            if not self._value("knows_all"):
                self._put("knows_all", "yes" if knows_all else "no")
            self._put("inputs", "")
            self._put("leaving", json.dumps(leaving))

    def last_build(self) -> LastBuild:
        last = LastBuild(*(self._value(key) for key in ("inputs", "valid_from", "valid_until", "summary")))
        parsed(last.summary or "{}", dict[str, Any])
        return last

    def cached(self, name: str, digest: str) -> bytes | None:
        """The result of an earlier build under ``name``, if that was made of what now has ``digest``."""
        row = self._connection.execute(
            "SELECT value FROM kept WHERE name = ? AND digest = ?", (name, digest)
        ).fetchone()
        return bytes(row[0]) if row else None

    def store_cached(self, results: Mapping[str, tuple[str, bytes]], names: Collection[str]) -> None:
        """Keep ``results``, each a digest and a value by its name, and of all others only those of ``names``."""
        with self._connection:
            rows = [(name, digest, value) for name, (digest, value) in results.items()]
            self._connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)
            there = [name for (name,) in self._connection.execute("SELECT name FROM kept")]
            gone = [(name,) for name in there if name not in names]
            self._connection.executemany("DELETE FROM kept WHERE name = ?", gone)

    def surveys(self) -> dict[str, tuple[bytes, bytes]]:
        """The surveys of batches by their names: the digest of what each was made from, and the survey, packed."""
        rows = self._connection.execute("SELECT batch, digest, pages FROM surveys")
        return {batch: (digest, pages) for batch, digest, pages in rows}

    def keep_surveys(self, fresh: Mapping[str, tuple[bytes, bytes]], names: Collection[str]) -> None:
        """Keep ``fresh`` surveys, and of all others only those of the batches ``names``."""
        with self._connection:
            rows = [(name, digest, pages) for name, (digest, pages) in fresh.items()]
            self._connection.executemany("INSERT OR REPLACE INTO surveys VALUES (?, ?, ?)", rows)
            known = json.dumps(sorted(names))
            self._connection.execute(
                "DELETE FROM surveys WHERE batch NOT IN (SELECT value FROM json_each(?))", (known,)
            )

    def leaving(self) -> list[str]:
        """Files that a build was to remove and, having been interrupted, may have left."""
        return parsed(self._value("leaving") or "[]", list[str])

    def failing(self) -> dict[str, list[str]]:
        """The pages, by batch, that the last build could not make and that none before it had made."""
        found: dict[str, list[str]] = {}
        for batch, path in self._connection.execute("SELECT batch, path FROM unbuilt WHERE verdict = 'absent'"):
            found.setdefault(batch, []).append(path)
        return found

    def batches(self) -> dict[str, BatchFacts]:
        rows = self._connection.execute(
            "SELECT name, locale, fingerprint, parts, pages, size, facts_read, verdicts, unlisted FROM batches"
        )
        return {
            name: BatchFacts(
                name,
                locale,
                Fingerprint(digest, parsed(parts, dict[str, str])),
                parsed(pages, Counts),
                size,
                _facts_read(read),
                parsed(verdicts, Counts),
                unlisted,
            )
            for name, locale, digest, parts, pages, size, read, verdicts, unlisted in rows
        }

    def history(self, paths: Sequence[str]) -> History:
        """Records of those of ``paths`` that were ever built."""
        rows = self._connection.execute(
            f"SELECT {_HISTORY} FROM pages WHERE path IN (SELECT value FROM json_each(?))",  # noqa: S608
            (json.dumps(paths),),
        )
        pages = {path: PageHistory(*rest) for path, *rest in rows}
        names = json.dumps(sorted({page.batch for page in pages.values()}))
        batches = "SELECT name, facts_read FROM batches WHERE name IN (SELECT value FROM json_each(?))"
        read = self._connection.execute(batches, (names,))
        return History(pages, {name: _facts_read(text) for name, text in read})

    def published_outside(self, batches: Collection[str]) -> Iterator[str]:
        """Pages that stand in the tree and belong to none of ``batches``, in order."""
        rows = self._connection.execute(
            f"SELECT path FROM pages WHERE {_PUBLISHED}"  # noqa: S608
            " AND batch NOT IN (SELECT value FROM json_each(?)) ORDER BY path",
            (json.dumps(sorted(batches)),),
        )
        return (path for (path,) in rows)

    def were_built(self, paths: Iterable[str]) -> list[str]:
        """Those of ``paths`` at which a page ever stood, in order."""
        rows = self._connection.execute(
            "SELECT path FROM pages WHERE path IN (SELECT value FROM json_each(?)) ORDER BY path",
            (json.dumps(list(paths)),),
        )
        return [path for (path,) in rows]

    def were_indexable(self, paths: Iterable[str]) -> dict[str, bool]:
        """Of those of ``paths`` that have a page: whether it was built as one that may be indexed."""
        rows = self._connection.execute(
            f"SELECT path, is_indexable FROM pages WHERE {_PUBLISHED}"  # noqa: S608
            " AND path IN (SELECT value FROM json_each(?))",
            (json.dumps(list(paths)),),
        )
        return {path: bool(is_indexable) for path, is_indexable in rows}

    def count_published(self) -> int:
        (count,) = self._connection.execute(f"SELECT count(*) FROM pages WHERE {_PUBLISHED}").fetchone()  # noqa: S608
        return int(count)

    def ranges(self, length: int) -> list[tuple[str, str]]:
        """The paths of all pages in order, cut into ranges of about ``length``: first included, last excluded."""
        # From start to start: to number every row takes three times as long.
        starts: list[str] = []
        row = self._connection.execute("SELECT path FROM pages ORDER BY path LIMIT 1").fetchone()
        while row:
            starts += row
            following = "SELECT path FROM pages WHERE path >= ? ORDER BY path LIMIT 1 OFFSET ?"
            row = self._connection.execute(following, (*row, length)).fetchone()
        return list(pairwise([*starts, ""]))

    def stamps(self, first: str, last: str) -> Iterator[tuple[str, int, int, int]]:
        """Path, size and both times of the published pages from ``first`` to before ``last``."""
        return self._connection.execute(
            "SELECT path, size, modified_ns, folder_modified_ns FROM pages"  # noqa: S608
            f" WHERE path >= ? AND (? = '' OR path < ?) AND {_PUBLISHED} ORDER BY path",
            (first, last, last),
        )

    def makes(self, path: str) -> str | None:
        """The batch that can make a published page again; none for a page that is frozen."""
        found = self._connection.execute(
            f"SELECT batch FROM pages WHERE path = ? AND {_PUBLISHED} AND state != 'frozen'",  # noqa: S608
            (path,),
        ).fetchone()
        return found[0] if found else None

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Rows of any SQL query over the tables that ``docs/ledger.md`` explains."""
        return self._connection.execute(sql, parameters)

    def is_page(self, path: str) -> bool:
        found = self._connection.execute(
            f"SELECT 1 FROM pages WHERE path = ? AND {_PUBLISHED}",  # noqa: S608
            (path,),
        )
        return found.fetchone() is not None

    def files(self) -> list[FileStamp]:
        return [FileStamp(*row) for row in self._connection.execute("SELECT path, size, modified_ns FROM files")]

    def folders(self) -> dict[str, int]:
        return dict(self._connection.execute("SELECT path, modified_ns FROM folders").fetchall())

    def record(
        self,
        batch: BatchFacts,
        pages: Sequence[PageRow],
        printed: Sequence[PrintedPages],
        variants: Mapping[bytes, bytes],
        others: Mapping[str, Status],
        staying: Collection[str],
        file: FileStamp | None,
        traces: Traces | None = None,
    ) -> None:
        """Keep the results of one batch: its pages, their texts and values, what became of its ``others``, which are
        frozen or have no page, its sitemap, and new ``traces``. ``staying`` are pages of any batch that stay, too.

        ``variants`` are what the bodies of such pages consist of, packed, by their digests. The folders around the
        pages are noted without a time, which only the end of the build can tell.
        """
        with self._connection:
            shared = [self._numbers(column, pages) for column in _SHARED]
            self._connection.executemany(_UPSERT, map(add, map(attrgetter(*_BUILT), pages), zip(*shared, strict=True)))
            self._connection.executemany("INSERT OR IGNORE INTO variants VALUES (?, ?)", variants.items())
            if staying := {*(path for path, status in others.items() if status.has_page), *staying}:
                printed = [*printed, *(some.only(staying) for some in printed_pages(self.query, batch.name))]
            printed = [some for some in printed if some.paths]
            used = " ".join(sorted({some.variant.hex() for some in printed if some.variant}))
            row = (batch.name, used, pack(printed))
            self._connection.execute("INSERT OR REPLACE INTO printed VALUES (?, ?, ?)", row)
            self._connection.execute(
                "INSERT OR REPLACE INTO batches VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    batch.name,
                    batch.locale,
                    batch.fingerprint.digest,
                    json.dumps(batch.fingerprint.parts),
                    json.dumps(batch.pages),
                    batch.size,
                    json.dumps(batch.facts_read, sort_keys=True),
                    json.dumps(batch.verdicts),
                    batch.unlisted,
                ),
            )
            if traces:
                keep_traces(self._connection, traces)
            self._connection.execute("DELETE FROM unbuilt WHERE batch = ?", (batch.name,))
            for path, status in others.items():
                if status.has_page:
                    self._freeze(path, status)
                else:
                    query = "INSERT OR REPLACE INTO unbuilt VALUES (?, ?, ?, ?)"
                    self._connection.execute(query, (path, batch.name, status.state, status.reason))
            if file:
                self._connection.execute(
                    "INSERT OR REPLACE INTO files VALUES (?, ?, ?)", (file.path, file.size, file.modified_ns)
                )
            self._connection.executemany(
                "INSERT OR IGNORE INTO folders VALUES (?, 0)",
                [(folder,) for folder in {parent(page.path) for page in pages}],
            )

    def _numbers(self, column: str, pages: Sequence[PageRow]) -> list[int]:
        """The number of the shared values of each page."""
        table, names = _SHARED[column]
        values = list(map(attrgetter(*names), pages))
        numbers = {value: self._number(table, names, value) for value in {*values}}
        return [numbers[value] for value in values]

    def _number(self, table: str, names: Sequence[str], values: tuple[str, ...]) -> int:
        columns, marks = ", ".join(names), ", ".join("?" * len(names))
        self._connection.execute(f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({marks})", values)  # noqa: S608
        found = self._connection.execute(f"SELECT id FROM {table} WHERE ({columns}) = ({marks})", values)  # noqa: S608
        return int(found.fetchone()[0])

    def note(self, exceptions: Mapping[str, Status]) -> None:
        """Note why pages stay as they were, or are absent, also those of which no batch was built."""
        with self._connection:
            for path, status in exceptions.items():
                if status.has_page:
                    self._freeze(path, status)
                self._connection.execute("UPDATE unbuilt SET reason = ? WHERE path = ?", (status.reason, path))

    def _freeze(self, path: str, status: Status) -> None:
        query = f"SELECT verdict FROM pages WHERE path = ? AND {_PUBLISHED}"  # noqa: S608
        for (verdict,) in self._connection.execute(query, (path,)).fetchall():
            number = self._number(*_SHARED["status"], (verdict, status.reason))
            self._connection.execute("UPDATE built SET state = 'frozen', status = ? WHERE path = ?", (number, path))

    def mark_removed(self, paths: Iterable[str], redirected: Collection[str]) -> None:
        with self._connection:
            self._connection.executemany(
                "UPDATE built SET state = ? WHERE path = ?",
                [("redirected" if path in redirected else "gone", path) for path in paths],
            )

    def finish(
        self,
        last: LastBuild,
        batches: Collection[str],
        files: Iterable[FileStamp],
        folders: Mapping[str, int],
        redirected: Collection[str],
    ) -> None:
        """Note that the build has ended: which batches and files there are, and what it read and told."""
        with self._connection:
            known = json.dumps(sorted(batches))
            self._connection.execute("DELETE FROM batches WHERE name NOT IN (SELECT value FROM json_each(?))", (known,))
            for table in ("unbuilt", "printed"):
                self._connection.execute(
                    f"DELETE FROM {table} WHERE batch NOT IN (SELECT value FROM json_each(?))",  # noqa: S608
                    (known,),
                )
            self._drop_unused()
            self._connection.execute("DELETE FROM files")
            self._connection.executemany(
                "INSERT INTO files VALUES (?, ?, ?)", [(file.path, file.size, file.modified_ns) for file in files]
            )
            self._connection.execute("DELETE FROM folders")
            self._connection.executemany("INSERT INTO folders VALUES (?, ?)", folders.items())
            # A redirect may come or go long after its page went.
            sources = json.dumps(sorted(redirected))
            self._connection.execute(
                "UPDATE built SET state = CASE WHEN path IN (SELECT value FROM json_each(?)) THEN 'redirected'"
                " ELSE 'gone' END WHERE state IN ('gone', 'redirected')",
                (sources,),
            )
            for key in ("inputs", "valid_from", "valid_until", "summary"):
                self._put(key, getattr(last, key))
            self._put("completed", "yes")
            self._put("leaving", "[]")

    def _drop_unused(self) -> None:
        """Drop shared values that no page has any more, and traces of topics that have none."""
        for column, (table, _) in _SHARED.items():
            self._connection.execute(f"DELETE FROM {table} WHERE id NOT IN (SELECT {column} FROM built)")  # noqa: S608
        drop_traces(self._connection)
        rows = self._connection.execute("SELECT variants FROM printed")
        used = {digest for (digests,) in rows for digest in digests.split()}
        there = [digest for (digest,) in self._connection.execute("SELECT digest FROM variants")]
        unused = [(digest,) for digest in there if digest.hex() not in used]
        self._connection.executemany("DELETE FROM variants WHERE digest = ?", unused)

    def close(self) -> None:
        self._connection.close()

    def _value(self, key: str) -> str:
        row = self._connection.execute("SELECT value FROM build WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def _put(self, key: str, value: str) -> None:
        self._connection.execute("INSERT OR REPLACE INTO build VALUES (?, ?)", (key, value))


@lru_cache(16)  # Nearly all batches were made with the same templates.
def _facts_read(text: str) -> Mapping[str, tuple[str, ...]]:
    return parsed(text, dict[str, tuple[str, ...]])


@contextmanager
def open_ledger(file: Path, read_only: bool = False) -> Iterator[Ledger]:
    """The ledger in ``file``; an empty one when that is missing, which the first write then makes.

    Raises SiteError, with nothing changed, when the file is no ledger, is damaged, or was written by a newer
    generator; and at any time when the disk is full or may not be written.
    """
    with in_words(file):
        is_stored = file.exists()
        ledger = Ledger(connect(file, read_only) if is_stored else empty(), file, is_stored)
        try:
            yield ledger
        finally:
            ledger.close()
