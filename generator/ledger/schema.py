"""The tables of the ledger; ``docs/ledger.md`` explains them and is held to this file by a test."""

from __future__ import annotations

APPLICATION_ID = 0x4C504731
"""Marks a SQLite file as a ledger ("LPG1"), so that no other database is taken for one."""

VERSION = 4

_GATE = """
CREATE TABLE unbuilt (
    path TEXT PRIMARY KEY,
    batch TEXT NOT NULL,
    verdict TEXT NOT NULL,
    reason TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE surveys (
    batch TEXT PRIMARY KEY,
    digest BLOB NOT NULL,
    pages BLOB NOT NULL
) WITHOUT ROWID;
"""
_LEFT = "CREATE INDEX pages_left ON pages (state) WHERE state IN ('gone', 'redirected');"
"""So that few addresses of the past are found among many pages."""

TABLES = f"""
CREATE TABLE pages (
    path TEXT PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('live', 'noindex', 'redirected', 'gone', 'held')),
    kind TEXT NOT NULL,
    locale TEXT NOT NULL,
    topic TEXT NOT NULL,
    cluster TEXT NOT NULL,
    batch TEXT NOT NULL,
    first_built TEXT NOT NULL,
    content_changed TEXT,
    content_digest BLOB NOT NULL,
    bytes_digest BLOB NOT NULL,
    size INTEGER NOT NULL,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    h1 TEXT NOT NULL,
    canonical TEXT NOT NULL,
    verdict TEXT NOT NULL,
    reason TEXT NOT NULL,
    links TEXT NOT NULL,
    modified_ns INTEGER NOT NULL,
    folder_modified_ns INTEGER NOT NULL,
    local_words INTEGER,
    local_digest BLOB,
    content_cause TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;

{_LEFT}

CREATE TABLE batches (
    name TEXT PRIMARY KEY,
    locale TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    parts TEXT NOT NULL,
    pages TEXT NOT NULL,
    size INTEGER NOT NULL,
    facts_read TEXT NOT NULL,
    verdicts TEXT NOT NULL DEFAULT '{{}}',
    findings TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
{_GATE}
CREATE TABLE files (
    path TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE folders (
    path TEXT PRIMARY KEY,
    modified_ns INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE kept (
    name TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    value BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE build (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
"""

UPGRADES = {
    1: "ALTER TABLE pages ADD COLUMN local_words INTEGER; ALTER TABLE pages ADD COLUMN local_digest BLOB;",
    2: f"""
        ALTER TABLE pages ADD COLUMN content_cause TEXT NOT NULL DEFAULT '';
        ALTER TABLE batches ADD COLUMN verdicts TEXT NOT NULL DEFAULT '{{}}';
        {_GATE} {_LEFT}
    """,
    3: "ALTER TABLE batches ADD COLUMN findings TEXT NOT NULL DEFAULT '';",
}
"""What makes a ledger of each earlier version one of the next."""
