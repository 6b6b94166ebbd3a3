"""Judgement of the site as a whole before anything is written: its pages together, their links, and its files."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from generator.build.batch import BatchBuilder, Task
from generator.build.judge import is_of_article
from generator.build.page_judge import Judged
from generator.build.picture import Picture
from generator.build.titles import repeated
from generator.check.facts import Facts, no_facts
from generator.check.judging import RuleIds, load_judging, worst_first
from generator.check.planned import Planned
from generator.check.rule import Rule
from generator.check.subjects import articles_of
from generator.errors import Finding
from generator.executors.executor import Workers
from generator.ledger.records import BatchFacts
from generator.ledger.store import Ledger
from generator.load.rule_settings import STOPPING, apply_settings
from generator.plan.routes import Plan

_SHARE = 0.9
"""Part of the pages that may share an author's date before all are looked at (``lastmod_bulk``)."""


class SiteFaults(Struct, frozen=True):
    """Faults of ``pages`` that would change, each by its address, and of the site as a whole."""

    pages: Mapping[str, Sequence[Finding]]
    site: tuple[Finding, ...]


class SiteJudge:
    """Judges what ``published`` is to be; ``ledger``, which lies in ``file``, knows what it was."""

    def __init__(
        self, plan: Plan, published: Planned, rules: RuleIds, ledger: Ledger, file: Path, today: datetime.date
    ) -> None:
        self._plan = plan
        self._published = published
        self._ids = rules
        self._ledger = ledger
        self._file = file
        self._today = today

    def faults(self, found: Mapping[str, Judged], tasks: Sequence[Task], workers: Workers[BatchBuilder]) -> SiteFaults:
        """Faults that the site would have once the batches ``found``, those of ``tasks``, are written."""
        known = self._ledger.batches()
        is_changed = any(self._is_changed(path) for path in ("/robots.txt", "/_headers"))
        rules = self._rules("Facts")
        is_whole = self._is_whole(found, known, rules)
        is_compared = any(rule.compares_titles for rule in rules)
        with no_facts(self._published.origin) as facts:
            picture = Picture(facts, self._plan, self._published, self._today)
            if is_whole and self._file.exists():  # A first build has no ledger yet.
                picture.add_known(self._ledger, self._file, found)
            titles = frozenset[tuple[str, str]]()
            if is_compared and len(found) < len(self._plan.batches):
                new = frozenset(title for one in found.values() for title in one.titles.new)
                titles = picture.add_alike(self._ledger, new, found)
            digests = repeated(one.titles for one in found.values()) if is_compared else frozenset()
            sought = [task for task in tasks if is_whole or found[task.name].titles.has_any(digests, titles)]
            seek = partial(BatchBuilder.facts, digests=digests, titles=titles, is_whole=is_whole)
            some = workers.map(seek, sought, attrgetter("place")) if sought else ()
            picture.add(found.values(), [page for pages in some for page in pages])
            picture.finish()
            faults = list(_asked(rules, facts))
            is_linked = is_whole or is_changed or any(seen.page.links for one in found.values() for seen in one.seen)
            if is_linked:
                faults += self._of_links(facts, picture, is_whole=is_whole)
            faults += _asked(self._rules("Published"), self._published)
            of_articles = self._rules("Article")
            for article in articles_of(self._plan.site, self._today) if of_articles else ():
                faults += _asked(of_articles, article)
            return self._sorted(faults, facts, picture)

    def _rules(self, scope: str) -> list[Rule[Any]]:
        return load_judging(scope, self._ids, self._plan.site.config.checks)

    def _is_whole(
        self, found: Mapping[str, Judged], known: Mapping[str, BatchFacts], rules: Sequence[Rule[Any]]
    ) -> bool:
        """Whether single pages cannot tell what rules would find on all."""
        usual = {*self._ids.get("Facts", ()), *self._ids.get("Links", ())}
        raised = {setting.rule for setting in self._plan.site.config.checks if setting.severity in STOPPING} - usual
        is_raised = any(rule.id in raised for rule in (*rules, *(self._rules("Links") if raised else ())))
        is_unlisted = any(one.unlisted for one in found.values()) or any(
            batch.unlisted for name, batch in known.items() if name not in found
        )
        return is_raised or is_unlisted or self._may_share_date()

    def _may_share_date(self) -> bool:
        """Whether nearly all pages may have one date of their authors'."""
        updated = {(topic.id, topic.locale): topic.updated for topic in self._plan.site.topics if topic.updated}
        sizes: Counter[datetime.date | None] = Counter()
        for batch in self._plan.batches if updated else ():
            sizes[updated.get((batch.topic.id, batch.locale)) if batch.topic else None] += batch.size
        most = max((size for day, size in sizes.items() if day), default=0)
        return most > _SHARE * sum(sizes.values())

    def _is_changed(self, path: str) -> bool:
        file = self._published.folder / path[1:]
        return not file.is_file() or file.read_bytes() != self._published.read(path)

    def _of_links(self, facts: Facts, picture: Picture, *, is_whole: bool) -> Iterator[Finding]:
        if not is_whole:
            picture.link_all()
        # Imported here: most builds in which little changes have no need of the libraries that it uses.
        from generator.check.links import find_links

        yield from _asked(self._rules("Links"), find_links(facts, self._published))

    def _sorted(self, faults: Iterable[Finding], facts: Facts, picture: Picture) -> SiteFaults:
        """``faults`` as they count on this site, by the pages that would change."""
        pages: dict[str, list[Finding]] = {}
        site: list[Finding] = []
        rows = facts.query("SELECT path, topic, locale, title FROM pages")
        known = {path: (topic, locale, title) for path, topic, locale, title in rows}
        for fault in faults:
            where = fault.where
            topic = where.split("/")[2] if is_of_article(fault) else known.get(where, ("",))[0]
            finding, _ = apply_settings(fault, self._plan.site.config.checks, {where: topic}.__getitem__)
            if finding is None or finding.severity not in STOPPING:
                continue
            if where not in known:
                site.append(replace(finding, what=f"{finding.what} ({finding.rule})"))
                continue
            for path in self._concerned(finding, known, picture):
                pages.setdefault(path, []).append(finding)
        return SiteFaults({path: sorted(found, key=worst_first) for path, found in pages.items()}, tuple(sorted(site)))

    def _concerned(
        self, finding: Finding, known: Mapping[str, tuple[str, str, str]], picture: Picture
    ) -> Iterator[str]:
        """The pages that would change and that have the fault: the one that it names, or all that share its value."""
        rule = next((rule for rule in self._rules("Facts") if rule.id == finding.rule), None)
        if rule and rule.compares_titles:
            _, locale, title = known[finding.where]
            yield from (path for path in picture.blamed if path in known and known[path][1:] == (locale, title))
        elif finding.where in picture.blamed:
            yield picture.blamed[finding.where]


def _asked(rules: Iterable[Rule[Any]], subject: object) -> Iterator[Finding]:
    for rule in rules:
        yield from rule.findings(subject)
