"""All that a ledger would say of made pages before they are written."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.facts import PageFacts
from generator.check.seen import planned_page
from generator.ledger.records import History
from generator.render.made_page import MadePage
from generator.render.made_pages import MadePages


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
