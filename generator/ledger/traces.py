"""Traces of pages as the ledger keeps them for later builds."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from msgspec import Struct

from generator.ledger.reprint import Query


class Traces(Struct, frozen=True):
    """Traces of the pages of a topic, packed, by their names; ``digest`` is that of all they were made of."""

    locale: str
    topic: str
    digest: str
    values: Mapping[str, bytes]


def kept_traces(query: Query, locale: str, topic: str, digest: str) -> dict[str, bytes]:
    """What is kept of a topic's pages, by names, if it was made of what now has ``digest``."""
    found = "SELECT name, value FROM traces WHERE locale = ? AND topic = ? AND digest = ?"
    return dict(query(found, (locale, topic, digest)))


def keep_traces(connection: sqlite3.Connection, traces: Traces) -> None:
    """Keep ``traces`` beside others that were made of the same, and drop those that were not."""
    owner = (traces.locale, traces.topic)
    outdated = "DELETE FROM traces WHERE locale = ? AND topic = ? AND digest != ?"
    connection.execute(outdated, (*owner, traces.digest))
    rows = [(name, *owner, traces.digest, value) for name, value in traces.values.items()]
    connection.executemany("INSERT OR REPLACE INTO traces VALUES (?, ?, ?, ?, ?)", rows)


def drop_traces(connection: sqlite3.Connection) -> None:
    """Drop those of topics that have no page any more."""
    connection.execute("DELETE FROM traces WHERE (locale, topic) NOT IN (SELECT locale, topic FROM origins)")
