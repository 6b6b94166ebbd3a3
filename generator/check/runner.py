"""Runner of rules over a site, each over its scope."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from generator.check.document import Document, read_document
from generator.check.facts import DocumentFacts, Facts, PageFacts
from generator.check.links import Links, find_links
from generator.check.page_facts import document_facts, page_facts
from generator.check.published import Published
from generator.check.registry import all_rules
from generator.check.rule import Rule
from generator.check.sitemap import SitemapFacts, read_sitemap
from generator.errors import Finding

_PAGES, _SITEMAPS = 100, 10
"""Files that one process reads at a time."""


class Portion(Struct, frozen=True):
    """Paths of pages and of sitemaps that are read together."""

    pages: Sequence[str] = ()
    sitemaps: Sequence[str] = ()


class Read(Struct, frozen=True):
    """Facts of ``pages`` pages, the findings of rules on them, and facts of sitemaps."""

    pages: int
    findings: tuple[Finding, ...]
    documents: tuple[DocumentFacts, ...]
    facts: tuple[PageFacts, ...]
    sitemaps: tuple[SitemapFacts, ...]


class Reader:
    """One process's share of the files; rules do not travel, so it looks them up by their ``ids``."""

    def __init__(self, published: Published, ids: Collection[str], with_facts: bool) -> None:
        self._published = published
        self._rules = rules_of(Document, ids)
        self._with_facts = with_facts

    def read(self, portion: Portion) -> Read:
        findings: list[Finding] = []
        documents: list[DocumentFacts] = []
        facts: list[PageFacts] = []
        for path in portion.pages:
            document = read_document(self._published, path)
            if document is None:
                continue  # It was removed while the others were read; the next check reports it.
            for rule in self._rules:
                findings += rule.findings(document)
            documents.append(document_facts(document))
            if self._with_facts:
                facts.append(page_facts(document))
        sitemaps = tuple(read_sitemap(path, self._published) for path in portion.sitemaps)
        return Read(len(portion.pages), tuple(findings), tuple(documents), tuple(facts), sitemaps)


def rules_of(scope: type, ids: Collection[str]) -> tuple[Rule[Any], ...]:
    """The rules among ``ids`` that read a ``scope``."""
    return tuple(rule for name, rule in all_rules().items() if rule.scope is scope and name in ids)


def portions(pages: Sequence[str], sitemaps: Sequence[str]) -> list[Portion]:
    """The paths in as many as one process reads at a time."""
    return [
        *(Portion(pages=pages[start : start + _PAGES]) for start in range(0, len(pages), _PAGES)),
        *(Portion(sitemaps=sitemaps[start : start + _SITEMAPS]) for start in range(0, len(sitemaps), _SITEMAPS)),
    ]


def check_each(scope: type, found: Iterable[object], ids: Collection[str]) -> Iterator[Finding]:
    """Findings of the rules that read one ``scope`` after another; without such rules ``found`` is not consumed."""
    if rules := rules_of(scope, ids):
        for subject in found:
            yield from _found(rules, subject)


def check_site(published: Published, facts: Facts, ids: Collection[str]) -> Iterator[Finding]:
    """Findings of the rules that read the site as a whole: its facts, its links and its files.

    ``facts`` must hold all facts of the pages and the sitemaps that were read.
    """
    yield from _found(rules_of(Facts, ids), facts)
    linking = rules_of(Links, ids)
    if linking:
        yield from _found(linking, find_links(facts, published))
    yield from _found(rules_of(Published, ids), published)


def _found(rules: Iterable[Rule[Any]], subject: object) -> Iterator[Finding]:
    for rule in rules:
        yield from rule.findings(subject)
