"""The tables of the ledger; ``docs/ledger.md`` explains them and is held to this file by a test."""

from __future__ import annotations

APPLICATION_ID = 0x4C504731
"""Marks a SQLite file as a ledger ("LPG1"), so that no other database is taken for one."""

VERSION = 7

_PAGES = """
CREATE TABLE origins (
    id INTEGER PRIMARY KEY,
    batch TEXT NOT NULL,
    kind TEXT NOT NULL,
    locale TEXT NOT NULL,
    topic TEXT NOT NULL,
    UNIQUE (batch, kind, locale, topic)
);

CREATE TABLE statuses (
    id INTEGER PRIMARY KEY,
    verdict TEXT NOT NULL,
    reason TEXT NOT NULL,
    UNIQUE (verdict, reason)
);

CREATE TABLE built (
    path TEXT PRIMARY KEY,
    origin INTEGER NOT NULL,
    status INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('live', 'noindex', 'redirected', 'gone', 'frozen')),
    is_indexable INTEGER NOT NULL,
    title TEXT NOT NULL,
    first_built TEXT NOT NULL,
    content_changed TEXT,
    content_cause TEXT NOT NULL,
    content_digest BLOB NOT NULL,
    bytes_digest BLOB NOT NULL,
    size INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL,
    folder_modified_ns INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX pages_left ON built (state) WHERE state IN ('gone', 'redirected');

CREATE VIEW pages AS
SELECT path, state, is_indexable, verdict, reason, kind, locale, topic, batch, title, first_built, content_changed,
    content_cause, content_digest, bytes_digest, size, modified_ns, folder_modified_ns
FROM built JOIN origins ON origins.id = built.origin JOIN statuses ON statuses.id = built.status;
"""
"""Values that many pages share are kept once. The index finds few addresses of the past among many pages."""

_PRINTED = """
CREATE TABLE printed (
    batch TEXT PRIMARY KEY,
    variants TEXT NOT NULL,
    pages BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE variants (
    digest BLOB PRIMARY KEY,
    parts BLOB NOT NULL
) WITHOUT ROWID;
"""

_TRACES = """
CREATE TABLE traces (
    name TEXT PRIMARY KEY,
    locale TEXT NOT NULL,
    topic TEXT NOT NULL,
    digest TEXT NOT NULL,
    value BLOB NOT NULL
) WITHOUT ROWID;
"""

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

TABLES = f"""
{_PAGES}
CREATE TABLE batches (
    name TEXT PRIMARY KEY,
    locale TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    parts TEXT NOT NULL,
    pages TEXT NOT NULL,
    size INTEGER NOT NULL,
    facts_read TEXT NOT NULL,
    verdicts TEXT NOT NULL DEFAULT '[]',
    unlisted INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
{_PRINTED}{_TRACES}{_GATE}
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

_SLIM = f"""
DROP INDEX IF EXISTS pages_left;
ALTER TABLE pages RENAME TO wide;
{_PAGES}
INSERT INTO origins (batch, kind, locale, topic) SELECT DISTINCT batch, kind, locale, topic FROM wide;
UPDATE wide SET verdict = 'withhold' WHERE verdict = 'hold';
INSERT INTO statuses (verdict, reason) SELECT DISTINCT verdict, reason FROM wide;
INSERT INTO built
SELECT path, origins.id, statuses.id, CASE state WHEN 'held' THEN 'frozen' ELSE state END, canonical != '', title,
    first_built, content_changed, content_cause, content_digest, bytes_digest, size, modified_ns, folder_modified_ns
FROM wide JOIN origins USING (batch, kind, locale, topic) JOIN statuses USING (verdict, reason) ORDER BY path;
DROP TABLE wide;
UPDATE unbuilt SET verdict = 'withhold' WHERE verdict = 'hold';
UPDATE batches SET pages = '[]', verdicts = '[]';
DELETE FROM build WHERE key = 'summary';
{_PRINTED}
"""  # noqa: S608
"""Drops the contents of pages but their titles, and counts of pages, which are noted anew when they are next built."""

UPGRADES = {
    1: "",
    2: f"""
        ALTER TABLE pages ADD COLUMN content_cause TEXT NOT NULL DEFAULT '';
        ALTER TABLE batches ADD COLUMN verdicts TEXT NOT NULL DEFAULT '{{}}';
        {_GATE}
    """,
    3: "ALTER TABLE batches ADD COLUMN findings TEXT NOT NULL DEFAULT '';",
    4: _SLIM,
    5: """
        CREATE TABLE renewed (
            name TEXT PRIMARY KEY, locale TEXT NOT NULL, fingerprint BLOB NOT NULL, parts TEXT NOT NULL,
            pages TEXT NOT NULL, size INTEGER NOT NULL, facts_read TEXT NOT NULL, verdicts TEXT NOT NULL DEFAULT '{}',
            unlisted INTEGER NOT NULL DEFAULT 0
        ) WITHOUT ROWID;
        INSERT INTO renewed SELECT name, locale, fingerprint, parts, pages, size, facts_read, verdicts, 0 FROM batches;
        DROP TABLE batches;
        ALTER TABLE renewed RENAME TO batches;
    """,
    6: f"""{_TRACES}
        INSERT OR IGNORE INTO unbuilt
        SELECT page.value, batch.key, 'absent', '' FROM build, json_each(build.value) AS batch,
            json_each(batch.value) AS page WHERE build.key = 'failing';
        DELETE FROM build WHERE key = 'failing';
    """,  # noqa: S608
}
"""Migrations from each earlier version of the ledger to the next."""
