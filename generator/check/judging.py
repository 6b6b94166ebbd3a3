"""Judgement of pages before they are published, by every rule that may keep one back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any

from generator.check.document import Document
from generator.check.doubts import Doubts
from generator.check.hints import rows_with_hints
from generator.check.published import Published
from generator.check.registry import all_rules, load_rules
from generator.check.rule import Rule
from generator.config import CheckConfig, SiteConfig
from generator.errors import Finding
from generator.ledger.cache import Cache, packing
from generator.load.rule_settings import STOPPING, apply_settings
from generator.render.made_pages import MadePages
from generator.render.recorded_content import is_fitting, wording_values, wordings_of
from generator.render.traced_page import TracedPage
from generator.render.ways_seen import WaysSeen
from generator.tracing.columns import Columns
from generator.tracing.expressions import LOOP, PASSAGE, Expressions, Part, operands
from generator.tracing.loops import bodies_of

JUDGED = ("Article", "Document", "Facts", "Links", "Published")
"""Names of what rules read that a build judges before it writes; rows and plans are judged where they are made."""

RuleIds = Mapping[str, Collection[str]]
"""Ids of rules by the names of what they read, so that those of one kind can be loaded without the others."""


class Judge:
    """Judges pages by themselves.

    Pages of one variant differ in their values only, so what rules find on one of them they find on all, but for what
    stands in the values. One page of a variant is held against all rules, and besides it those in whose values
    something stands by which a rule can find more (``Rule.hints``), and those that the settings of the site name.
    """

    def __init__(self, config: SiteConfig, published: Published, rules: RuleIds) -> None:
        """``rules`` are the ids that ``judging_rules`` gives; ``published`` is the site as it is to be."""
        self._config = config
        self._published = published
        self._ids = rules
        self._doubts = Doubts(published)
        self._failed: set[int] = set()
        """Variants of which a page was judged that stands for others, and did not pass."""
        self._standing = WaysSeen(trusts_known=False)
        self._values: dict[int, tuple[TracedPage, Mapping[int, int]]] = {}
        """Variants that were looked at, which are held so that no other gets their number, and how often each of their
        values stands on them."""
        self._worded: set[tuple[int, int, int]] = set()

    @cached_property
    def _rules(self) -> tuple[Rule[Any], ...]:
        """The rules of pages that may keep one back: the usual ones, and those that the site takes as seriously."""
        return tuple(load_judging("Document", self._ids, self._config.checks))

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
            self._values[key] = pages.page, Counter(found)
        unusual: set[int] = set()
        longest = 0
        for value, count in self._values[key][1].items():
            if is_fitting(expressions, value):
                unusual |= self._newly_worded(pages, value, expressions)
            else:
                rows, length = self._look_at(pages.columns, value)
                unusual |= rows
                longest += count * length
        return unusual | self._doubts.rows(pages, expressions, longest)

    def document(self, path: str, body: bytes) -> Document:
        """The page as rules read it."""
        return Document(path, body, self._published)

    def astray(self, links: Iterable[str]) -> tuple[str, ...]:
        """Those of ``links``, addresses of the site, at which there is nothing."""
        return tuple(self._doubts.astray(links))

    def faults(self, document: Document, topic: str) -> list[Finding]:
        """The faults that keep a page from being published, the worst first; ``topic`` is the id of its own."""
        return sorted(self._found(document, topic), key=worst_first)

    def _found(self, document: Document, topic: str) -> Iterator[Finding]:
        for rule in self._rules:
            for found in rule.findings(document):
                finding, _ = apply_settings(found, self._config.checks, lambda _: topic)
                if finding and finding.severity in STOPPING:
                    yield finding

    def _look_at(self, columns: Columns, value: int) -> tuple[frozenset[int], int]:
        """The rows of a block in whose value something stands on account of which their pages are judged.

        And how many characters the longest value has, or all items of a loop.
        """
        shared, key = columns.base_of(value), (self, value)
        found: tuple[frozenset[int], int] | None = shared.kept.get(key)
        if found is None:
            if shared.expressions.rows[value][0] == LOOP:
                found = self._look_at_items(shared, value)
            else:
                texts = shared.texts(value)
                found = frozenset(rows_with_hints(texts, self._hints or ())), max(map(len, texts), default=0)
            shared.kept[key] = found
        return found

    def _look_at_items(self, columns: Columns, loop: int) -> tuple[frozenset[int], int]:
        """The same of a loop: the rows that have an item of which that is true."""
        unusual: set[int] = set()
        length = 0
        for body, items, members in bodies_of(columns, loop):
            count = len(items.rows) if members is None else len(members)
            length += count * sum(len(part) for part in body if isinstance(part, str))
            for value in dict.fromkeys(value for part in body for value in _values(columns.expressions, part)):
                found, longest = self._look_at(items, value)
                length += count * longest
                unusual.update(
                    items.standings[item].owner for item in (found.intersection(members) if members else found)
                )
        return frozenset(unusual), length

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


def worst_first(finding: Finding) -> tuple[int, Finding]:
    """The key by which findings that keep pages back are sorted."""
    return STOPPING.index(finding.severity), finding


def load_judging(scope: str, ids: RuleIds, checks: Sequence[CheckConfig]) -> list[Rule[Any]]:
    """The rules that read a ``scope``, of ``ids`` and those that a site takes as seriously.

    Left out are those that it lowers everywhere.
    """
    raised = {setting.rule for setting in checks if setting.severity in STOPPING}
    last = {setting.rule: setting for setting in checks}
    lowered = {
        name
        for name, setting in last.items()
        if setting.severity not in STOPPING and not setting.paths and not setting.topics
    }
    return [rule for rule in load_rules({*ids.get(scope, ()), *raised} - lowered) if rule.scope.__name__ == scope]


def judging_rules(cache: Cache) -> RuleIds:
    """The rules that keep pages or the whole site from being published unless a site says otherwise.

    To load all rules, to see which these are, takes longer than to remember them.
    """
    return cache.recall("rules that judge", b"", _judging_rules, *packing(dict[str, list[str]]))


def _judging_rules() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {scope: [] for scope in JUDGED}
    for rule in all_rules().values():
        if rule.scope.__name__ in JUDGED and rule.severity in STOPPING:
            found[rule.scope.__name__].append(rule.id)
    return found
