"""Records of the report's contents, without layout; ``report.json`` is these records as they are."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from generator.errors import Finding, Severity
from generator.model import Decision

Urgency = Literal["stop", "error", "gate", "warning", "info"]
"""Urgency of a remedy: a finding's severity, or that the publish gate keeps pages back for the fault."""

Standing = Literal["index", "some", "noindex", "fold", "withhold"]
"""Status of the pages of a place: the decision on all of them, or ``some`` where only some are indexed."""


class Said(Struct, frozen=True):
    """Number of pages with a verdict of the gate, and its reason."""

    decision: Decision
    cause: str
    pages: int


class Step(Struct, frozen=True):
    """A fault, its file or its page, and what to do there."""

    where: str
    what: str
    fix: str


class Remedy(Struct, frozen=True):
    """A fault to mend, and the effect of mending it.

    ``pages`` are those that it concerns, as far as that is known: for the gate, those that could be indexed once it is
    mended, and not before; each of several steps lifts the pages that it names. ``effect`` says it in words. ``known``
    is the reason why the site's own people leave it as it is, ``rule`` the id of the rule that found it; both may be
    empty. ``others`` are steps that are left out because there are too many.
    """

    urgency: Urgency
    what: str
    steps: tuple[Step, ...]
    pages: int
    effect: str
    known: str = ""
    rule: str = ""
    others: int = 0


class Distribution(Struct, frozen=True):
    """Histogram of a measure over pages, in bins of one width.

    ``first`` is where the first bin begins; the last one also holds all that is more. ``median`` is None where nothing
    is known; ``unknown`` pages are in no bin.
    """

    first: float
    width: float
    counts: tuple[int, ...]
    median: float | None
    unknown: int = 0


class MappedPlace(Struct, frozen=True):
    """A place and the status of its pages; degrees north and east."""

    name: str
    region: str
    country: str
    latitude: float
    longitude: float
    standing: Standing


class Area(Struct, frozen=True):
    """A topic's pages of places in one language and region.

    ``indexed`` counts those that the gate would let be indexed. ``words`` is the median of a page's own words,
    ``alike`` that of the share of a page's text that its most similar page has too; None where it is not known.
    """

    topic: str
    locale: str
    region: str
    pages: int
    indexed: int
    words: float | None
    alike: float | None


class Contrast(Struct, frozen=True):
    """A difference between two pages; ``where`` is a fact's name, or a file and line."""

    where: str
    one: str
    other: str


class LikeGroup(Struct, frozen=True):
    """Pages of one language that are joined by being alike, with two of them side by side.

    ``most`` is the share from which pages count as alike, ``share`` that of the two samples, whose addresses ``one``
    and ``other`` are. Of the ``runs`` of five words in the main text of ``one``, ``own_runs`` have a word that it alone
    has.
    """

    locale: str
    pages: int
    most: float
    one: str
    other: str
    share: float
    runs: int
    own_runs: int
    contrasts: tuple[Contrast, ...]


class StructuredType(Struct, frozen=True):
    """A schema.org type of the structured data on ``pages`` of the pages that were read, and its search feature.

    ``status`` is that of the registry of search features, or ``unknown``; ``since`` is a day, or empty.
    """

    type: str
    pages: int
    status: Literal["live", "retired", "none", "unknown"]
    feature: str
    note: str
    since: str
    source: str


class RuleFindings(Struct, frozen=True):
    """Findings of one rule with one severity: ``count`` in all, of which ``findings`` are the first."""

    rule: str
    category: str
    severity: Severity
    summary: str
    evidence: str
    known: str
    count: int
    findings: tuple[Finding, ...]


class Report(Struct, frozen=True):
    """Report on a built site on the day ``made``; ``built`` is the day of its last build.

    ``is_current`` is false where content has changed since. ``pages`` counts the pages that stand in the tree by kind,
    ``locales`` by language. ``everywhere`` is why no page at all is indexed, or empty. ``kept_back`` is what the gate
    says, and does where it ``is_enforced``. ``read`` pages were read word by word.
    """

    brand: str
    base_url: str
    made: datetime.date
    built: str
    is_current: bool
    pages: Mapping[str, int]
    locales: Mapping[str, int]
    everywhere: str
    is_enforced: bool
    kept_back: tuple[Said, ...]
    unbuilt: int
    remedies: tuple[Remedy, ...]
    places: tuple[MappedPlace, ...]
    similarity: Distribution
    words: Distribution
    weight: Distribution
    areas: tuple[Area, ...]
    like_groups: tuple[LikeGroup, ...]
    structured: tuple[StructuredType, ...]
    registry_seen: str
    rules: tuple[RuleFindings, ...]
    counts: Mapping[Severity, int]
    read: int

    @property
    def total(self) -> int:
        return sum(self.pages.values())
