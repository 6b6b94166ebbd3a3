"""Rule settings of a site: the severity that each rule has here, and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from fnmatch import fnmatchcase

from generator.config import CheckConfig
from generator.errors import Finding, did_you_mean
from generator.load.rows import Rulebook, row_of
from generator.load.yaml_file import YamlDocument

STOPPING = ("stop", "error")
"""Severities of findings that keep a page from being published."""

_LINE = re.compile(r":[0-9]+$")

TopicOf = Callable[[str], str]
"""Gives the topic of the page at an address; empty where it has none."""


FIXED = frozenset(
    """
    cell_disagrees cell_missing cell_type file_hides_page row_cells row_key_repeated row_key_unknown slug_repeated
    url_collision url_reserved
    """.split()
)
"""Rules with whose faults no page can be made, so that no setting can lower them."""


def wrong_settings(
    settings: Sequence[CheckConfig], rulebook: Rulebook, topics: Collection[str], document: YamlDocument
) -> list[Finding]:
    """Settings of rules or for topics that do not exist, and those that are not allowed.

    ``topics`` are the ids of the site's topics; the settings stand in ``document``.
    """
    rules = rulebook.names()
    findings = []
    for number, setting in enumerate(settings):
        rule, where = setting.rule, document.where(("checks", number, "rule"))
        if rule not in rules:
            findings.append(Finding(where, f'there is no rule "{rule}"', did_you_mean(rule, rules)))
        elif rule in FIXED and setting.severity not in STOPPING:
            what = f'"{rule}" cannot matter less than an error: with such a fault no page can be made'
            findings.append(Finding(where, what, "Mend what it finds, or take it out."))
        elif rule in rulebook.of_rows() and setting.topics:
            what = f'"{rule}" reads rows of data, which belong to no topic'
            findings.append(Finding(where, what, "Name files or rows under paths instead."))
        for topic in setting.topics:
            if topic not in topics:
                findings.append(Finding(where, f'there is no topic "{topic}"', did_you_mean(topic, topics)))
    return findings


def apply_settings(
    finding: Finding, settings: Sequence[CheckConfig], topic_of: TopicOf = lambda _: ""
) -> tuple[Finding | None, int | None]:
    """The finding as it counts here, None where it is switched off; and the number of the setting, if there is one.

    Of several settings of the rule the last one applies that fits the page or the file.
    """
    for number in reversed(range(len(settings))):
        setting = settings[number]
        if setting.rule == finding.rule and _fits(setting, finding, topic_of):
            if setting.severity == "off":
                return None, number
            # Some rules find the same on every page.
            return Finding(finding.where, finding.what, finding.fix, setting.severity, finding.rule), number
    return finding, None


def _fits(setting: CheckConfig, finding: Finding, topic_of: TopicOf) -> bool:
    if setting.paths and not any(_names(pattern, finding.where) for pattern in setting.paths):
        return False
    return not setting.topics or topic_of(finding.where) in setting.topics


def _names(pattern: str, where: str) -> bool:
    """Whether ``pattern`` means the place ``where``, or its row or file."""
    line = row_of(where)
    return any(fnmatchcase(place, pattern) for place in (where, line, _LINE.sub("", line)))
