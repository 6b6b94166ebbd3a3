"""Pages as they were last published, from the values that the ledger keeps."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec

from generator.ledger.connection import Damaged
from generator.ledger.printed import PrintedPages, unpack, unpack_parts

Query = Callable[[str, Sequence[Any]], Iterator[tuple[Any, ...]]]
"""Answers SQL from a ledger."""


def printed_pages(query: Query, batch: str = "") -> Iterator[PrintedPages]:
    """The texts and values of the pages of a batch, or of every batch, by variant."""
    rows = query("SELECT pages FROM printed WHERE batch = ?1 OR ?1 = ''", (batch,))
    for (packed,) in rows:
        with _undamaged():
            found = unpack(packed)
        yield from found


def reprinted(query: Query, pages: PrintedPages) -> list[bytes]:
    """Each of ``pages`` as it was last published; nothing of those that were made one by one."""
    for (packed,) in query("SELECT parts FROM variants WHERE digest = ?", (pages.variant,)):
        with _undamaged():
            parts = unpack_parts(packed)
        return [body.encode("utf-8", "xmlcharrefreplace") for body in pages.texts(parts)]
    return []


@contextmanager
def _undamaged() -> Iterator[None]:
    try:
        yield
    except (zlib.error, msgspec.MsgspecError) as error:
        raise Damaged(str(error)) from error
