"""Definition of a rule: one possible fault, its severity, and the evidence for it."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from typing import Generic, Literal, TypeVar

from msgspec import Struct

from generator.errors import Finding, Severity

SubjectT = TypeVar("SubjectT")
EvidenceKind = Literal["documented", "build", "heuristic", "legal"]


class Evidence(Struct, frozen=True):
    """Why a rule is right.

    ``documented``: a primary source says so, at ``address``, as far as known on the day ``seen`` (ISO). ``build``: the
    site contradicts itself, which needs no source. ``heuristic``: good tools look for it, and no search
    engine has confirmed that it matters. ``legal``: a law or a policy asks for it.
    """

    kind: EvidenceKind
    address: str = ""
    seen: str = ""


BUILD = Evidence("build")
HEURISTIC = Evidence("heuristic")
LEGAL = Evidence("legal")


def documented(address: str, seen: str) -> Evidence:
    return Evidence("documented", address, seen)


class Rule(Struct, Generic[SubjectT], frozen=True):
    """One rule; ``scope`` is the record that ``check`` reads, so that most rules never parse a page."""

    id: str
    category: str
    severity: Severity
    evidence: Evidence
    scope: type[SubjectT]
    check: Callable[[SubjectT], Iterator[Finding]]
    documentation: str
    """The fault in one sentence, and after an empty line why it matters and what to do."""
    hints: tuple[str, ...] | None = None
    """Of a rule about a page: pieces of text of which one stands in any value of a table or of a place by which the
    rule can find something on a page that it does not find on another of the same variant; "\n" stands for the edges
    of a value. One without a letter or a digit is always looked at, so a rule about how a page is built has none.
    None: every page is looked at."""
    compares_titles: bool = False
    """Of a rule about facts: it finds pages of one language that have the same title, and names the first of them."""

    @property
    def summary(self) -> str:
        return re.split(r"\n\s*\n", self.documentation.strip(), maxsplit=1)[0].replace("\n", " ")

    def findings(self, subject: SubjectT) -> list[Finding]:
        """Findings of the rule, with its name and its own severity."""
        found = self.check(subject)
        return [Finding(fault.where, fault.what, fault.fix, self.severity, self.id) for fault in found]


def rule(
    *,
    severity: Severity,
    evidence: Evidence,
    scope: type[SubjectT],
    hints: tuple[str, ...] | None = None,
    compares_titles: bool = False,
) -> Callable[[Callable[[SubjectT], Iterator[Finding]]], Rule[SubjectT]]:
    """Make a function a rule: its name is the rule's id, its module's docstring the documentation.

    The folder of the module is the rule's category.
    """

    def make(check: Callable[[SubjectT], Iterator[Finding]]) -> Rule[SubjectT]:
        category = check.__module__.split(".")[-2]
        documentation = sys.modules[check.__module__].__doc__ or ""
        return Rule(check.__name__, category, severity, evidence, scope, check, documentation, hints, compares_titles)

    return make
