"""What the site's own people decided about rules: how much each matters here, and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from fnmatch import fnmatchcase

from generator.config import CheckConfig
from generator.data_rows import row_of
from generator.errors import Finding, did_you_mean

STOPPING = ("stop", "error")
"""Severities of what keeps a page from being published."""

_LINE = re.compile(r":[0-9]+$")

TopicOf = Callable[[str], str]
"""Gives the topic of the page at an address; empty where it has none."""


FIXED = frozenset(
    """
    cell_disagrees cell_missing cell_type file_hides_page row_cells row_key_repeated row_key_unknown slug_repeated
    url_collision url_reserved
    """.split()
)
"""Rules with whose faults no page can be made, so that nobody can decide that they matter less."""


def wrong_decisions(
    decisions: Sequence[CheckConfig],
    rules: Collection[str],
    of_rows: Collection[str],
    topics: Collection[str],
    where: Callable[[int], str],
) -> list[Finding]:
    """Decisions about rules or topics that do not exist, and those that nobody can make.

    ``rules`` are the ids of all rules, ``of_rows`` of those that read rows, ``topics`` of the site's topics; ``where``
    names the place of the decision of that number.
    """
    findings = []
    for number, decision in enumerate(decisions):
        rule = decision.rule
        if rule not in rules:
            findings.append(Finding(where(number), f'there is no rule "{rule}"', did_you_mean(rule, rules)))
        elif rule in FIXED and decision.severity not in STOPPING:
            what = f'"{rule}" cannot matter less than an error: with such a fault no page can be made'
            findings.append(Finding(where(number), what, "Mend what it finds, or take it out."))
        elif rule in of_rows and decision.topics:
            what = f'"{rule}" reads rows of data, which belong to no topic'
            findings.append(Finding(where(number), what, "Name files or rows under paths instead."))
        for topic in decision.topics:
            if topic not in topics:
                findings.append(Finding(where(number), f'there is no topic "{topic}"', did_you_mean(topic, topics)))
    return findings


def decide(finding: Finding, decisions: Sequence[CheckConfig], topic_of: TopicOf) -> tuple[Finding | None, int | None]:
    """The finding as it counts here, None where it is switched off; and the number of the decision, if there is one.

    Of several decisions about the rule the last one holds that fits the page or the file.
    """
    for number in reversed(range(len(decisions))):
        decision = decisions[number]
        if decision.rule == finding.rule and _fits(decision, finding, topic_of):
            if decision.severity == "off":
                return None, number
            # Some rules find the same on every page.
            return Finding(finding.where, finding.what, finding.fix, decision.severity, finding.rule), number
    return finding, None


def _fits(decision: CheckConfig, finding: Finding, topic_of: TopicOf) -> bool:
    if decision.paths and not any(_names(pattern, finding.where) for pattern in decision.paths):
        return False
    return not decision.topics or topic_of(finding.where) in decision.topics


def _names(pattern: str, where: str) -> bool:
    """Whether it means the place, or the row or the file in which that is."""
    line = row_of(where)
    return any(fnmatchcase(place, pattern) for place in (where, line, _LINE.sub("", line)))
