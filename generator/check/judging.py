"""Judgement of pages before they are published, by every rule that may keep one back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.check.document import Document
from generator.check.facts import PageFacts, no_facts
from generator.check.hints import rows_with_hints
from generator.check.published import Published, own_site
from generator.check.registry import all_rules, load_rules
from generator.check.rule import Rule
from generator.config import SiteConfig
from generator.errors import Finding
from generator.ledger.cache import Cache, packing
from generator.load.rule_settings import STOPPING, apply_settings
from generator.render.made_pages import MadePages
from generator.render.recorded_content import is_fitting, wording_values, wordings_of
from generator.render.traced import TracedPage
from generator.render.ways_seen import WaysSeen
from generator.tracing.columns import Columns
from generator.tracing.expressions import LOOP, PASSAGE, Expressions, Part, operands
from generator.tracing.loops import bodies_of

TOGETHER = frozenset({"title_duplicate"})
"""Rules of the facts of many pages that a batch is held against when its pages are written."""


class Judge:
    """Judges the pages of the site in ``folder``; travels to other processes, where the rules are loaded anew.

    Pages of one variant differ in their values only, so what rules find on one of them they find on all, but for what
    stands in the values. One page of a variant is held against all rules, and besides it those in whose values
    something stands by which a rule can find more (``Rule.hints``), and those that the settings of the site name.
    """

    def __init__(self, config: SiteConfig, folder: Path, rules: Collection[str]) -> None:
        """``rules`` are the ids that ``judging_rules`` gives."""
        self._config = config
        self._folder = folder
        self._ids = rules
        self._failed: set[int] = set()
        """Variants of which a page was judged that stands for others, and did not pass."""
        self._standing = WaysSeen()
        self._values: dict[int, tuple[TracedPage, tuple[int, ...]]] = {}
        """Variants that were looked at, which are held so that no other gets their number, and their values."""
        self._worded: set[tuple[int, int, int]] = set()

    def __reduce__(self) -> tuple[type[Judge], tuple[SiteConfig, Path, Collection[str]]]:
        return Judge, (self._config, self._folder, self._ids)

    @cached_property
    def _published(self) -> Published:
        return own_site(self._folder, self._config)

    @cached_property
    def _rules(self) -> tuple[Rule[Any], ...]:
        """The rules of pages that may keep one back: the usual ones, and those that the site takes as seriously."""
        raised = {setting.rule for setting in self._config.checks if setting.severity in STOPPING}
        found = load_rules({*self._ids, *raised})
        return tuple(rule for rule in found if rule.scope is Document and not rule.reads_other_files)

    @cached_property
    def _hints(self) -> tuple[str, ...] | None:
        """Pieces of text in a value on account of which its page is judged; None where every page is."""
        hints: dict[str, None] = {}
        for rule in self._rules:
            if rule.hints is None:
                return None
            hints.update(dict.fromkeys(rule.hints))
        return tuple(hints)

    @cached_property
    def _patterns(self) -> tuple[str, ...]:
        """Addresses for which the site has settings of their own, which those of no other page follow."""
        return tuple(pattern for setting in self._config.checks for pattern in setting.paths)

    def doubtful(self, pages: MadePages, expressions: Expressions) -> tuple[list[int], list[int]]:
        """The numbers of those of ``pages`` that are to be judged, and which of them stand for others.

        Those are none where such have been judged before, or where each page is. Tell ``learn`` what came of them.
        """
        if self._hints is None or id(pages.page) in self._failed:
            return [*range(len(pages.rows))], []
        named = {number for number, route in enumerate(pages.routes) if self._is_named(route.path)}
        unusual = self._unusual_among(pages, expressions)
        first = self._standing.new(pages, named)
        wanted = [
            number for number, row in enumerate(pages.rows) if row in unusual or number in named or number in first
        ]
        return wanted, first

    def learn(self, pages: MadePages, *, is_sound: bool) -> None:
        """Note what came of the pages that stand for others: if one fails, every other must be looked at."""
        if not is_sound:
            self._failed.add(id(pages.page))

    def _is_named(self, path: str) -> bool:
        return any(fnmatchcase(path, pattern) for pattern in self._patterns)

    def _unusual_among(self, pages: MadePages, expressions: Expressions) -> set[int]:
        """The rows in whose values something stands on account of which their pages are judged."""
        key = id(pages.page)
        if key not in self._values:
            found = [value for slot in pages.page.body.slots for value in _values(expressions, slot)]
            self._values[key] = pages.page, tuple(dict.fromkeys(found))
        unusual: set[int] = set()
        for value in self._values[key][1]:
            if is_fitting(expressions, value):
                unusual |= self._newly_worded(pages, value, expressions)
            else:
                unusual |= self._unusual_rows(pages.columns, value)
        return unusual

    def faults(self, path: str, topic: str, body: bytes) -> list[Finding]:
        """The faults that keep the page at ``path`` from being published, the worst first.

        ``topic`` is the id of its own.
        """
        return sorted(self._found(path, topic, body), key=lambda finding: (STOPPING.index(finding.severity), finding))

    def _found(self, path: str, topic: str, body: bytes) -> Iterator[Finding]:
        document = Document(path, body, self._published)
        for rule in self._rules:
            for found in rule.findings(document):
                finding, _ = apply_settings(found, self._config.checks, lambda _: topic)
                if finding and finding.severity in STOPPING:
                    yield finding

    def _unusual_rows(self, columns: Columns, value: int) -> frozenset[int]:
        """The rows of a block in whose value something stands on account of which their pages are judged."""
        shared, key = columns.base_of(value), (self, value)
        found: frozenset[int] | None = shared.kept.get(key)
        if found is None:
            is_loop = shared.expressions.rows[value][0] == LOOP
            rows = (
                self._rows_of_items(shared, value)
                if is_loop
                else rows_with_hints(shared.texts(value), self._hints or ())
            )
            found = shared.kept[key] = frozenset(rows)
        return found

    def _rows_of_items(self, columns: Columns, loop: int) -> Iterator[int]:
        """The rows that have an item of which the same is true."""
        for body, items, members in bodies_of(columns, loop):
            for value in dict.fromkeys(value for part in body for value in _values(columns.expressions, part)):
                found = self._unusual_rows(items, value)
                yield from (items.standings[item].owner for item in (found.intersection(members) if members else found))

    def _newly_worded(self, pages: MadePages, choice: int, expressions: Expressions) -> set[int]:
        """The first row of each wording that was chosen to fit and that no judged page of the variant has."""
        chosen = wordings_of(expressions, choice, pages.columns)
        first = {chosen[row]: row for row in reversed(pages.rows)}
        keys = {(id(pages.page), choice, number): row for number, row in first.items()}
        found = {row for key, row in keys.items() if key not in self._worded}
        self._worded.update(keys)
        return found


def _values(expressions: Expressions, number: Part) -> Iterator[int]:
    """The values of which an expression is put together, and the choices of wordings and the loops in it."""
    if isinstance(number, str) or expressions.rows[number][0] == PASSAGE:
        return
    row = expressions.rows[number]
    if is_fitting(expressions, number):
        yield number
        for value in wording_values(row):
            yield from _values(expressions, value)
    elif row[0] in ("letters", "fill", "plain"):
        for operand in operands(row):
            yield from _values(expressions, operand)
    else:
        yield number


def judging_rules(cache: Cache) -> frozenset[str]:
    """The ids of the rules of pages that keep one back unless a site says otherwise.

    To load all rules, to see which these are, takes longer than to remember them.
    """
    found = cache.recall("rules that judge", b"", _judging_rules, *packing(list[str]))
    return frozenset(found)


def _judging_rules() -> list[str]:
    return [
        rule.id
        for rule in all_rules().values()
        if rule.scope is Document and rule.severity in STOPPING and not rule.reads_other_files
    ]


def found_together(pages: Sequence[tuple[str, str, str]]) -> list[Finding]:
    """Faults of the pages of one batch together, of which path, state and title are given; before settings apply."""
    titles = [title for _, state, title in pages if state == "live"]
    if len({*titles}) == len(titles):
        return []  # To ask the rule would take longer than to make a page.
    with no_facts() as facts:
        for path, state, title in pages:
            facts.add_page(PageFacts(path, state, title=title))
        return [finding for rule in load_rules(TOGETHER) for finding in rule.findings(facts)]
