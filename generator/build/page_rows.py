"""Records of made pages for the ledger: the rows once they are written, and facts of them before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from generator.check.facts import PageFacts
from generator.check.seen import planned_page
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


def facts_of(pages: MadePage | MadePages, batch: str, history: History, today: str) -> Iterator[PageFacts]:
    """The facts of these pages of ``batch``; ``history`` knows what they were, ``today`` is an ISO date."""
    said = pages.printed()
    texts = map(said.texts, (said.title, said.description, said.h1, said.canonical))
    rows = zip(pages.routes, *texts, said.own_links(), pages.changed, pages.digests, pages.bodies(), strict=True)
    for route, title, description, h1, canonical, links, changed, digest, body in rows:
        before = history.pages.get(route.path)
        yield planned_page(route, batch)._replace(
            variant=said.variant,
            title=title,
            description=description,
            h1=h1,
            canonical=canonical,
            links="\n".join(links),
            first_built=before.first_built if before else today,
            content_changed=changed,
            content_digest=digest,
            size=len(body),
        )
