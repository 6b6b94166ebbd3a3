"""Facts of pages that were judged whole, for rules on many pages."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from generator.check.document import Document
from generator.check.facts import DocumentFacts, PageFacts
from generator.check.page_facts import document_facts
from generator.plan.routes import Alternate, Route, cluster_key


class Seen(Struct, frozen=True):
    """One page: what a ledger would say of it, but only those of its links at which there is nothing, and what it says.

    ``alternates`` are its translations as planned, with their codes.
    """

    page: PageFacts
    document: DocumentFacts
    alternates: tuple[Alternate, ...]

    def is_usual(self, origin: str, today: str) -> bool:
        """Whether the page says of itself what was planned, so that others of its variant need not be looked at."""
        planned = [(alternate.hreflang, origin + alternate.path) for alternate in self.alternates]
        return (
            self.page.canonical in ("", origin + self.page.path)
            and [(code, href) for code, href, _ in self.document.alternates] == planned
            and self.document.is_indexable == self.page.is_indexable
            and self.document.modified[:10] <= today
            and not self.page.links
        )


def see(
    document: Document,
    route: Route,
    batch: str,
    astray: Sequence[str],
    first_built: str,
    changed: str | None,
    *,
    is_compared: bool,
    is_left_out: bool,
) -> Seen:
    """``document``, the page of ``route`` in ``batch``, ``astray`` being links at which there is nothing.

    Where it ``is_compared`` with its translations, it tells what words it has. It ``is_left_out`` where it asks any
    search engine for that.
    """
    said = document_facts(document, with_words=is_compared)
    if is_left_out:
        said = said._replace(is_indexable=False)
    known = planned_page(route, batch)._replace(
        title=document.title,
        description=document.description,
        h1=document.h1,
        canonical=document.canonical,
        links="\n".join(astray),
        first_built=first_built,
        content_changed=changed,
        size=len(document.body),
    )
    return Seen(known, said, route.alternates)


def planned_page(route: Route, batch: str) -> PageFacts:
    """Facts of the page of ``route``, as far as its plan tells them."""
    return PageFacts(
        path=route.path,
        state="live" if route.is_indexable else "noindex",
        is_indexable=route.is_indexable,
        verdict=route.status.said.state,
        reason=route.status.said.reason,
        kind=route.kind,
        locale=route.locale,
        topic=route.topic.id if route.topic else "",
        cluster=cluster_key(route),
        batch=batch,
    )


def planned_document(path: str, alternates: Sequence[Alternate], origin: str) -> DocumentFacts:
    """Translations that the page at ``path``, which is to be indexed, is to name."""
    language = next((one.hreflang for one in alternates if one.path == path), "")
    named = tuple((one.hreflang, origin + one.path, one.path) for one in alternates)
    return DocumentFacts(path, language, "", True, named)
