"""The facts of a site as it is to be, gathered from its plan, from pages that were judged, and from its ledger."""

from __future__ import annotations

import datetime
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from generator.build.page_judge import Judged
from generator.check.addresses import aim_of
from generator.check.facts import DocumentFacts, Facts, PageFacts
from generator.check.planned import Planned
from generator.check.seen import Seen, planned_document, planned_page
from generator.check.sitemap import Entry, SitemapFacts, first_sitemaps, read_sitemap
from generator.ledger.records import PUBLISHED
from generator.ledger.store import Ledger
from generator.plan.lookup import find_route
from generator.plan.routes import Alternate, Plan
from generator.render.files.sitemaps import sitemap_path

_FIRST = "/"
_LISTED = """
    SELECT path, batch, kind, locale, topic, content_changed FROM pages
    WHERE state = 'live' OR state = 'frozen' AND is_indexable ORDER BY path
"""


class Picture:
    """Fills ``facts``, over which rules are asked.

    ``blamed`` names the page that would change on account of which each page was added: a fault of this is a fault of
    that. Pages that were added only because others hang on them are not there.
    """

    def __init__(self, facts: Facts, plan: Plan, published: Planned, today: datetime.date) -> None:
        self.blamed: dict[str, str] = {}
        self._facts = facts
        self._plan = plan
        self._published = published
        self._today = today.isoformat()
        self._pages: dict[str, PageFacts] = {}
        self._documents: dict[str, DocumentFacts] = {}

    def add_known(self, ledger: Ledger, file: Path, stale: Collection[str]) -> None:
        """Add all pages that ``ledger``, which lies in ``file``, knows, but those of the batches ``stale``."""
        self._facts.add_known(ledger, file)
        names = json.dumps([batch.name for batch in self._plan.batches if batch.name not in stale])
        frozen = json.dumps(sorted(self._plan.frozen))
        list(
            self._facts.query(
                f"DELETE FROM pages WHERE state IN {PUBLISHED} AND batch NOT IN (SELECT value FROM json_each(?))"  # noqa: S608
                " AND path NOT IN (SELECT value FROM json_each(?))",
                names,
                frozen,
            )
        )

    def add_alike(
        self, ledger: Ledger, titles: Collection[tuple[str, str]], stale: Collection[str]
    ) -> frozenset[tuple[str, str]]:
        """Add the pages outside ``stale`` batches that have one of ``titles``, each given with its language.

        Returns those that any has.
        """
        found: set[tuple[str, str]] = set()
        query = f"SELECT path, locale, topic, batch, title FROM pages WHERE state IN {PUBLISHED} AND is_indexable"  # noqa: S608
        for path, locale, topic, batch, title in ledger.query(query) if titles else ():
            if (locale, title) in titles and batch not in stale and self._published.has(path):
                self._pages[path] = PageFacts(path, "live", topic=topic, batch=batch, locale=locale, title=title)
                found.add((locale, title))
        return frozenset(found)

    def add(self, found: Collection[Judged], pages: Iterable[PageFacts]) -> None:
        """Add pages that would change and what these name: the ``pages`` of which more is known, and those judged.

        ``pages`` are those that share a title with others, or all of them where a rule must know all.
        """
        for page in pages:
            self._pages[page.path] = page
            self.blamed[page.path] = page.path
        judged = [seen for one in found for seen in one.seen]
        for seen in judged:
            page = seen.page
            known = self._pages.get(page.path)
            self._pages[page.path] = page._replace(links=(known and known.links) or page.links)
            self._documents[page.path] = seen.document
            self.blamed[page.path] = page.path
        for document in (document for one in found for document in one.translations):
            self._documents.setdefault(document.path, document)
        for seen in judged:
            self._add_translations(seen.page.path, seen.alternates)
            self._add_named(seen)

    def finish(self) -> None:
        """Put all of that into the tables, with the first pages of the site and with its sitemaps."""
        for batch in self._plan.batches:
            for route in self._plan.routes(batch) if batch.region is None else ():
                self._pages.setdefault(route.path, planned_page(route, batch.name))
        known = {path for (path,) in self._facts.query("SELECT path FROM pages")} - self.blamed.keys()
        for path, page in self._pages.items():
            if path not in known:
                self._facts.add_page(page)
        list(self._facts.query("UPDATE pages SET first_built = ? WHERE path = ?", self._today, _FIRST))
        for document in self._documents.values():
            self._facts.add_document(document)
        for sitemap in self._sitemaps():
            self._facts.add_sitemap(sitemap)

    def link_all(self) -> None:
        """Let the first page lead to all, where each is known to be listed by the one above it."""
        listed = "SELECT group_concat(path, char(10)) FROM pages"
        list(self._facts.query(f"UPDATE pages SET links = links || char(10) || ({listed}) WHERE path = ?", _FIRST))  # noqa: S608

    def _add_translations(self, path: str, alternates: tuple[Alternate, ...]) -> None:
        """The translations of a page, as they are planned where they were not judged."""
        for one in alternates:
            if one.path not in self._pages:
                self._add_sibling(one.path)
                self.blamed.setdefault(one.path, path)
            if one.path not in self._documents:
                self._documents[one.path] = planned_document(one.path, alternates, self._published.origin)

    def _add_named(self, seen: Seen) -> None:
        """The pages that one names in its head, where they are others than planned."""
        origin = self._published.origin
        targets = {target for _, _, target in seen.document.alternates if target}
        if seen.page.canonical not in ("", origin + seen.page.path):
            own, aim = aim_of(_FIRST, origin), aim_of(seen.page.canonical, origin + seen.page.path)
            if aim and own and aim.origin == own.origin:
                targets |= {aim.path, f"{aim.path}.html"}
        for target in targets - self._pages.keys():
            self._add_planned(target)

    def _add_sibling(self, path: str) -> None:
        """A page that others name as a translation that may be indexed."""
        for topic, place in self._plan.book.places_at(path):
            key = (topic.id, topic.locale, place.region.key, self._plan.buckets.get(place.id, 0))
            batch = self._batches.get(key, "")
            self._pages[path] = PageFacts(path, "live", kind="place", locale=topic.locale, topic=topic.id, batch=batch)
            return
        self._add_planned(path)

    @cached_property
    def _batches(self) -> Mapping[tuple[str, str, str, int], str]:
        """The names of batches by topic, language, region and bucket."""
        return {
            (batch.topic.id, batch.locale, batch.region.key, batch.bucket): batch.name
            for batch in self._plan.batches
            if batch.topic and batch.region
        }

    def _add_planned(self, path: str) -> None:
        if found := find_route(self._plan, path):
            self._pages[path] = planned_page(found[1], found[0].name)
        elif any(redirect.source == path for redirect in self._plan.redirects):
            self._pages[path] = PageFacts(path, "redirected")

    def _sitemaps(self) -> Iterator[SitemapFacts]:
        """The sitemaps with those of the pages that are known here, as their batches will write them."""
        origin = self._published.origin
        updated = {(topic.id, topic.locale): topic.updated for topic in self._plan.site.topics}
        entries: dict[str, list[Entry]] = {}
        listed = {batch.name: sitemap_path(batch) for batch in self._plan.batches}
        for path, batch, kind, locale, topic, changed in list(self._facts.query(_LISTED)):
            if batch in listed and batch not in self._plan.unlisted:
                given = updated.get((topic, locale)) if kind in ("topic", "place") else None
                days = [day for day in (given.isoformat() if given else None, changed) if day]
                entries.setdefault(batch, []).append(Entry(origin + path, path, max(days, default=""), ""))
        for batch, of_batch in entries.items():
            yield SitemapFacts(listed[batch], "urlset", 1, tuple(of_batch))
        for path in first_sitemaps(self._published):
            yield read_sitemap(path, self._published)
