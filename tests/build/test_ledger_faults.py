"""A ledger or a disk that does not work: one clear line, exit code 1, and nothing lost."""

from __future__ import annotations

import datetime
import os
import shlex
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from generator.errors import SiteError
from generator.ledger.records import PageRow
from generator.ledger.schema import VERSION
from generator.ledger.store import open_ledger
from tests.sites import EN, NOW, REPOSITORY, build, change, make_site, publish, remembered, topic_text, tree

LEDGER = "output/ledger.sqlite"


def failure(site: Path) -> str:
    """What a build that fails says, which leaves the tree and the ledger alone."""
    before = tree(site / "output")
    with pytest.raises(SiteError) as caught:
        build(site)
    assert tree(site / "output") == before
    (finding,) = caught.value.findings
    return str(finding).removeprefix(f"{site.as_posix()}/")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that was built and then changed."""
    site = make_site(tmp_path / "site")
    publish(site)
    change(site, {EN: topic_text("\nNew.\n")})
    return site


DAMAGED = (
    f"{LEDGER}: the ledger is damaged. Put back a copy of it, or move it away: the build then starts a new one, and"
    " claims no dates."
)


def test_a_file_that_is_no_database(site: Path) -> None:
    (site / LEDGER).write_text("This is no database. " * 100)
    assert failure(site) == DAMAGED


@pytest.mark.parametrize("key", ["summary", "leaving"])
def test_a_value_that_no_build_has_written(site: Path, key: str) -> None:
    with closing(sqlite3.connect(site / LEDGER)) as connection, connection:
        connection.execute("UPDATE build SET value = 'x{' WHERE key = ?", (key,))
    assert failure(site) == DAMAGED


def test_a_ledger_that_was_cut_off(site: Path) -> None:
    file = site / LEDGER
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 3])
    assert failure(site) == DAMAGED


def test_an_empty_file_is_a_new_ledger(site: Path) -> None:
    (site / LEDGER).write_bytes(b"")
    assert not build(site).summary.is_dated
    assert remembered(site)["pages"]


def test_a_database_of_another_program(site: Path) -> None:
    (site / LEDGER).unlink()
    with closing(sqlite3.connect(site / LEDGER)) as other:
        other.execute("CREATE TABLE notes (text TEXT)")
    assert failure(site) == (
        f"{LEDGER}: this database is not a ledger. Move it out of the way; the build then starts a ledger, and claims"
        " no dates."
    )


def test_a_ledger_of_a_newer_generator(site: Path) -> None:
    with closing(sqlite3.connect(site / LEDGER)) as ledger:
        ledger.execute(f"PRAGMA user_version = {VERSION + 1}")
    assert failure(site) == (
        f"{LEDGER}: a newer version of the generator wrote this ledger (its format is {VERSION + 1}, known is"
        f" {VERSION}). Use that version. Nothing was changed."
    )


WIDE = """
CREATE TABLE wide (
    path TEXT PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('live', 'noindex', 'redirected', 'gone', 'held')),
    kind TEXT NOT NULL, locale TEXT NOT NULL, topic TEXT NOT NULL, cluster TEXT NOT NULL, batch TEXT NOT NULL,
    first_built TEXT NOT NULL, content_changed TEXT, content_digest BLOB NOT NULL, bytes_digest BLOB NOT NULL,
    size INTEGER NOT NULL, title TEXT NOT NULL, description TEXT NOT NULL, h1 TEXT NOT NULL, canonical TEXT NOT NULL,
    verdict TEXT NOT NULL, reason TEXT NOT NULL, links TEXT NOT NULL, modified_ns INTEGER NOT NULL,
    folder_modified_ns INTEGER NOT NULL, local_words INTEGER, local_digest BLOB,
    content_cause TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
INSERT INTO wide SELECT path, state, kind, locale, topic, '', batch, first_built, content_changed, content_digest,
    bytes_digest, size, title, '', '', CASE WHEN is_indexable THEN 'https://www.example.com' || path ELSE '' END,
    verdict, reason, '', modified_ns, folder_modified_ns, NULL, NULL, content_cause FROM pages;
DROP INDEX pages_left; DROP VIEW pages; DROP TABLE built; DROP TABLE origins;
DROP TABLE statuses; DROP TABLE printed; DROP TABLE variants; DROP TABLE traces;
ALTER TABLE wide RENAME TO pages;
CREATE INDEX pages_left ON pages (state) WHERE state IN ('gone', 'redirected');
"""
"""What makes a ledger one of version 4, whose table of pages had all that was known of each."""


def test_a_ledger_of_the_first_format_is_brought_up_to_date_and_forgets_nothing(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    publish(site, is_first=True)
    before = remembered(site)
    with closing(sqlite3.connect(site / LEDGER)) as ledger:
        ledger.executescript(WIDE)
        for column in ("local_words", "local_digest", "content_cause"):
            ledger.execute(f"ALTER TABLE pages DROP COLUMN {column}")
        ledger.execute("ALTER TABLE batches DROP COLUMN verdicts")
        ledger.execute("ALTER TABLE batches DROP COLUMN unlisted")
        ledger.executescript("DROP INDEX pages_left; DROP TABLE unbuilt; DROP TABLE surveys;")
        ledger.execute("UPDATE batches SET fingerprint = x''")
        ledger.execute("DELETE FROM build WHERE key = 'inputs'")
        ledger.execute("PRAGMA user_version = 1")
        ledger.commit()
    build(site, now=NOW + datetime.timedelta(days=3))
    # What had changed a page's content cannot be known.
    cause = PageRow._fields.index("content_cause")
    known = [row[:cause] + row[cause + 1 :] for row in before["pages"]]
    assert [row[:cause] + row[cause + 1 :] for row in remembered(site)["pages"]] == known


def test_a_ledger_of_wide_pages_keeps_every_date_digest_and_status(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    publish(site, is_first=True)
    before = remembered(site)["pages"]
    with closing(sqlite3.connect(site / LEDGER)) as ledger:
        ledger.executescript(WIDE)
        ledger.execute("UPDATE pages SET state = 'held', verdict = 'hold' WHERE path = '/en-us/sciatica/texas/waco/'")
        ledger.execute("PRAGMA user_version = 4")
        ledger.commit()
    with open_ledger(site / LEDGER) as upgraded:
        states = dict(upgraded.query("SELECT path, state || ' ' || verdict FROM pages"))
        assert states.pop("/en-us/sciatica/texas/waco/") == "frozen withhold"
        assert {*states.values()} == {"live index", "noindex noindex"}
        assert [row[0] for row in upgraded.query("SELECT path FROM pages WHERE is_indexable")] == [
            row[0] for row in before if row[2]
        ]


def test_a_ledger_that_another_program_is_writing(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.ledger.connection.PATIENCE", 0.1)
    with closing(sqlite3.connect(site / LEDGER, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert failure(site) == (f"{LEDGER}: another program is using the ledger. Close that program, then run again.")
    build(site)


def test_a_ledger_without_room(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="the disk is full"):
        _fill(tmp_path / "ledger.sqlite")


def _fill(file: Path) -> None:
    with open_ledger(file) as ledger:
        ledger.begin(True, [])
        raise _full_error()


def _full_error() -> sqlite3.Error:
    """SQLite's own, from a database that may not grow."""
    with closing(sqlite3.connect(":memory:")) as small:
        small.execute("PRAGMA max_page_count = 1")
        try:
            small.execute("CREATE TABLE big AS SELECT randomblob(100000)")
        except sqlite3.Error as error:
            return error
    raise AssertionError("the database has grown")


def _in_namespace(command: str) -> list[str]:
    """``command`` with mounts of its own, for which neither root nor a real disk is needed."""
    return ["unshare", "--map-root-user", "--mount", "sh", "-c", command]


HAS_NAMESPACES = shutil.which("unshare") is not None and not subprocess.run(
    _in_namespace("mount -t tmpfs tmpfs /mnt"), capture_output=True, check=False
).returncode  # fmt: skip


def build_on_disk(site: Path, options: str, before: str = "") -> subprocess.CompletedProcess[str]:
    """Build on a disk of its own, mounted over ``output`` with ``options``, after the commands ``before``."""
    output = site / "output"
    build_it = f"{shlex.quote(sys.executable)} -m generator pages --site . --output output --now 2026-06-01 --jobs 1"
    script = f"cp -a output kept && mount -t tmpfs -o {options} tmpfs output && cp -a kept/. output/ ; {before}"
    after = f"{build_it}; code=$?; mount -o remount,rw output; cp -a output/. kept/; exit $code"
    output.mkdir(exist_ok=True)
    done = subprocess.run(
        _in_namespace(f"{script} {after}"), cwd=site, env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        capture_output=True, encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    shutil.rmtree(output)
    (site / "kept").rename(output)
    return done


@pytest.mark.skipif(not HAS_NAMESPACES, reason="this system lets nobody mount a disk of its own")
@pytest.mark.parametrize("kilobytes", [150, 400, 700])
def test_a_full_disk_is_one_line_and_the_next_build_completes_what_was_begun(tmp_path: Path, kilobytes: int) -> None:
    whole = publish(make_site(tmp_path / "whole"))
    site = make_site(tmp_path / "site")
    done = build_on_disk(site, f"size={kilobytes}k")
    assert done.returncode == 1
    (line,) = [line for line in done.stderr.splitlines() if not line.startswith("Building: ")]
    assert line.startswith("output/")
    assert "No space left on device" in line or "the disk is full" in line
    assert line.endswith("Make room, then run again; what is written so far is sound.")
    assert tree(build(site).folder) == tree(whole.folder)
    assert remembered(site) == remembered(tmp_path / "whole")


@pytest.mark.skipif(not HAS_NAMESPACES, reason="this system lets nobody mount a disk of its own")
def test_an_output_that_cannot_be_written_is_one_line_and_stays_as_it_is(site: Path) -> None:
    before = tree(site / "output")
    done = build_on_disk(site, "size=9m", "mount -o remount,ro output;")
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line == "output/ledger.sqlite: the ledger cannot be written. Check the folder's permissions, then run again."
    assert tree(site / "output") == before
