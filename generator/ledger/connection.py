"""The ledger's file: opened, brought up to date, and its failures in words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import msgspec

from generator.errors import Finding, SiteError
from generator.ledger.schema import APPLICATION_ID, TABLES, UPGRADES, VERSION

T = TypeVar("T")

PATIENCE = 10.0
"""Seconds to wait for another program that is writing the ledger."""


class Damaged(sqlite3.DatabaseError):
    """Damage that SQLite cannot see: a value that no build has written."""

    sqlite_errorname = "SQLITE_CORRUPT"


def parsed(text: str, kind: type[T]) -> T:
    """The value of type ``kind`` that a build has written as JSON; raises Damaged where it is none."""
    try:
        return msgspec.json.decode(text, type=kind)
    except msgspec.MsgspecError as error:
        raise Damaged(str(error)) from error


def empty() -> sqlite3.Connection:
    """A ledger in memory, of nothing."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(TABLES)
    return connection


def connect(file: Path, read_only: bool) -> sqlite3.Connection:
    """The ledger in ``file``, brought up to date unless it is ``read_only``; raises SiteError where it is none."""
    uri = f"{file.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    connection = sqlite3.connect(uri, uri=True, timeout=PATIENCE)
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if application != APPLICATION_ID and (application or version or tables):
            fix = "Move it out of the way; the build then starts a ledger, and claims no dates."
            raise SiteError([Finding(file.as_posix(), "this database is not a ledger", fix)])
        if version > VERSION:
            what = f"a newer version of the generator wrote this ledger (its format is {version}, known is {VERSION})"
            raise SiteError([Finding(file.as_posix(), what, "Use that version. Nothing was changed.")])
        if read_only and version < VERSION:
            what = "an earlier version of the generator wrote this ledger"
            raise SiteError([Finding(file.as_posix(), what, "Run make pages first, which brings it up to date.")])
        connection.execute("PRAGMA synchronous = NORMAL")
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL")
        if not read_only and version < VERSION:
            steps = "".join(UPGRADES[step] for step in range(version, VERSION)) if application else TABLES
            connection.executescript(
                f"BEGIN; {steps} PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {VERSION}; COMMIT;"
            )
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def in_words(file: Path) -> Iterator[None]:
    """Turn SQLite's failures into findings that say what to do."""
    shown = file.as_posix()
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "") or ""
        if name.startswith("SQLITE_FULL"):
            finding = Finding(shown, "the disk is full", "Make room, then run again; what is written so far is sound.")
        elif name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
            fix = "Check the folder's permissions, then run again."
            finding = Finding(shown, "the ledger cannot be written", fix)
        elif name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
            fix = "Put back a copy of it, or move it away: the build then starts a new one, and claims no dates."
            finding = Finding(shown, "the ledger is damaged", fix)
        elif name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            finding = Finding(shown, "another program is using the ledger", "Close that program, then run again.")
        else:
            finding = Finding(shown, f"the ledger cannot be used ({error})", "Check the disk, then run again.")
        raise SiteError([finding]) from error
