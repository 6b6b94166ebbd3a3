"""What the site's own people decided about rules: how much each matters here, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from generator.config import CheckConfig
from generator.errors import Finding, did_you_mean

TopicOf = Callable[[str], str]
"""Gives the topic of the page at an address; empty where it has none."""


def unknown_rules(decisions: Sequence[CheckConfig], known: Iterable[str], where: Callable[[int], str]) -> list[Finding]:
    """Decisions about rules that do not exist; ``where`` names the place of the decision of that number."""
    names = sorted(known)
    return [
        Finding(where(number), f'there is no rule "{decision.rule}"', did_you_mean(decision.rule, names))
        for number, decision in enumerate(decisions)
        if decision.rule not in names
    ]


def decide(finding: Finding, decisions: Sequence[CheckConfig], topic_of: TopicOf) -> tuple[Finding | None, int | None]:
    """The finding as it counts here, None where it is switched off; and the number of the decision, if there is one.

    Of several decisions about the rule the last one holds that fits the page or the file.
    """
    for number in reversed(range(len(decisions))):
        decision = decisions[number]
        if decision.rule == finding.rule and _fits(decision, finding, topic_of):
            kept = None if decision.severity == "off" else replace(finding, severity=decision.severity)
            return kept, number
    return finding, None


def _fits(decision: CheckConfig, finding: Finding, topic_of: TopicOf) -> bool:
    if decision.paths and not any(fnmatchcase(finding.where, pattern) for pattern in decision.paths):
        return False
    return not decision.topics or topic_of(finding.where) in decision.topics
