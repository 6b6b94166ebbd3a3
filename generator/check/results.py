"""Results of a check: findings collected, counted and ordered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field

from generator.config import CheckConfig
from generator.errors import Finding, Severity
from generator.load.rule_settings import TopicOf, apply_settings

KEPT = 1_000
"""Findings of one rule and severity that are kept; of more than that only the number is known."""

SEVERITIES: tuple[Severity, ...] = ("stop", "error", "warning", "info")
"""Severities, from faults that keep a site from being published to mere information."""


class AppliedSetting(Struct, frozen=True):
    """A rule setting of ``site.yaml`` that changed something: how many findings, and why."""

    rule: str
    severity: str
    reason: str
    count: int


class Outcome(Struct, frozen=True):
    """Result of a check of the site in the folder ``tree``.

    ``findings`` are in order of severity, rule and place; of those with the same rule and severity at most ``KEPT``.
    ``counts`` has the number of all, by rule and severity. ``pages`` stand in the tree; ``read`` of them were parsed.
    ``is_outdated`` says whether content, templates or settings are not those from which the site was built.
    """

    tree: str
    findings: tuple[Finding, ...]
    counts: Mapping[tuple[str, Severity], int]
    applied: tuple[AppliedSetting, ...]
    pages: int
    read: int
    is_outdated: bool = False

    def count(self, severity: Severity) -> int:
        return sum(number for (_, known), number in self.counts.items() if known == severity)

    @property
    def has_errors(self) -> bool:
        return bool(self.count("stop") or self.count("error"))


class Collected(Struct):
    """Collector of findings, which counts all and keeps a limited number of each kind."""

    settings: Sequence[CheckConfig]
    topic_of: TopicOf
    kept: dict[tuple[str, Severity], list[Finding]] = field(default_factory=dict)
    counts: dict[tuple[str, Severity], int] = field(default_factory=dict)
    applied: dict[int, int] = field(default_factory=dict)

    def add(self, findings: Iterable[Finding]) -> None:
        for found in findings:
            finding, number = apply_settings(found, self.settings, self.topic_of)
            if number is not None:
                self.applied[number] = self.applied.get(number, 0) + 1
            if finding is None:
                continue
            key = (finding.rule, finding.severity)
            self.counts[key] = self.counts.get(key, 0) + 1
            same = self.kept.setdefault(key, [])
            same.append(finding)
            if len(same) >= 2 * KEPT:
                # The first by place, so that the same are kept in whatever order they come.
                self.kept[key] = sorted(same)[:KEPT]

    def outcome(self, tree: str, pages: int, read: int) -> Outcome:
        found = [finding for same in self.kept.values() for finding in sorted(same)[:KEPT]]
        found.sort(key=lambda finding: (SEVERITIES.index(finding.severity), finding.rule, finding))
        applied = (
            AppliedSetting(setting.rule, setting.severity, setting.reason, self.applied[number])
            for number, setting in enumerate(self.settings)
            if number in self.applied
        )
        return Outcome(tree, tuple(found), dict(sorted(self.counts.items())), tuple(applied), pages, read)
