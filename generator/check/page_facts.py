"""The facts of a page, read from the page itself."""

from __future__ import annotations

from hashlib import blake2b

from generator.check.document import Document
from generator.check.facts import DocumentFacts, PageFacts
from generator.check.json_ld import types_of
from generator.check.languages import X_DEFAULT, primary
from generator.check.structured_data import top_nodes
from generator.ledger.records import DIGEST_SIZE
from generator.plan.routes import NOT_FOUND

_LEAST = 20
"""Words of a text that says something: names alone may well be the same in two languages (the figure is ours)."""


def page_facts(document: Document) -> PageFacts:
    """Facts that a ledger would hold of the page, as far as the page tells them.

    Its kind, topic and history stay empty. The digest of its content is that of its main text, which can be
    compared with that of other pages read in the same way only.
    """
    is_live = document.is_indexable and document.path != NOT_FOUND
    return PageFacts(
        path=document.path,
        state="live" if is_live else "noindex",
        is_indexable=is_live,
        reason="" if is_live else "The page says so.",
        locale=document.language,
        title=document.title,
        description=document.description,
        h1=document.h1,
        canonical=document.canonical,
        links="\n".join(own_links(document)),
        content_digest=_digest(document.main_text.encode("utf-8", "surrogatepass")),
        size=len(document.body),
    )


def document_facts(document: Document, *, with_words: bool = True) -> DocumentFacts:
    """The page's own facts: its language, its last change, its translations and its structured data.

    ``with_words`` asks for ``words``, which take most of the time.
    """
    modified = (str(node["dateModified"]) for node in document.nodes if node.get("dateModified"))
    alternates = ((code, href, _path(document, href)) for code, href in document.alternates)
    language, is_indexable = document.language, document.is_indexable
    # A question is a part of the page that asks it.
    types = dict.fromkeys(kind for node in top_nodes(document) for kind in types_of(node) if kind != "Question")
    return DocumentFacts(
        document.path,
        language,
        next(modified, ""),
        is_indexable,
        tuple(alternates),
        tuple(types),
        _digest_of_words(document) if with_words else b"",
    )


def _digest_of_words(document: Document) -> bytes:
    """A digest of the main text of a page that has versions in other languages; empty where names may be all of it."""
    own = primary(document.language)
    if all(code.lower() == X_DEFAULT or primary(code) == own for code, _ in document.alternates):
        return b""
    words = document.main_text.split()
    return _digest(" ".join(words).encode("utf-8", "surrogatepass")) if len(words) >= _LEAST else b""


def _path(document: Document, href: str) -> str | None:
    address = document.published.local(href, document.path)
    return address.path if address else None


def own_links(document: Document) -> tuple[str, ...]:
    """Addresses of this site that the page links to, each once, in order, without what stands behind ``?`` or ``#``."""
    found = (link.target.path for link in document.links if link.href is not None and link.target is not None)
    return tuple(dict.fromkeys(path for path in found if path != document.path))


def _digest(body: bytes) -> bytes:
    return blake2b(body, digest_size=DIGEST_SIZE).digest()
