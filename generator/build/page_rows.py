"""Rows of the ledger for pages that a batch has written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from generator.ledger.printed import PrintedPages
from generator.ledger.records import NEW, Dating, History, PageRow
from generator.render.made_page import MadePage
from generator.render.made_pages import MadePages


class Written(Struct, frozen=True):
    """A page in the tree: its file's digest, its size in bytes, and both times in nanoseconds."""

    digest: bytes
    size: int
    modified_ns: int
    folder_modified_ns: int
    is_written: bool
    """Whether this build wrote it; else it was there."""


def page_rows(
    made: MadePages | MadePage,
    said: PrintedPages,
    written: Mapping[str, Written],
    batch: str,
    history: History,
    dating: Dating,
) -> Iterator[PageRow]:
    """The rows of those of the pages that are ``written``."""
    today, changes = dating.today.isoformat(), ", ".join(history.changes)
    columns = (made.routes, said.texts(said.title), made.digests, made.changed, made.is_same)
    for route, title, digest, changed, is_same in zip(*columns, strict=True):
        stamp, before = written.get(route.path), history.pages.get(route.path)
        if stamp is not None:
            yield PageRow(
                path=route.path,
                state="live" if route.is_indexable else "noindex",
                is_indexable=route.is_indexable,
                verdict=route.status.said.state,
                reason=route.status.said.reason,
                kind=route.kind,
                locale=route.locale,
                topic=route.topic.id if route.topic else "",
                batch=batch,
                title=title,
                first_built=before.first_built if before else today,
                content_changed=changed,
                content_cause=NEW if before is None else before.content_cause if is_same else changes,
                content_digest=digest,
                bytes_digest=stamp.digest,
                size=stamp.size,
                modified_ns=stamp.modified_ns,
                folder_modified_ns=stamp.folder_modified_ns,
            )
