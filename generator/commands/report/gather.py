"""Collection of the report's contents from a built site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby

from generator.build.summary import GateOutcome, recall
from generator.check.facts import Facts
from generator.check.registry import all_rules
from generator.check.results import SEVERITIES, Outcome
from generator.check.search_features import SEEN, feature_of
from generator.commands.built_site import BuiltSite
from generator.commands.check import check_built
from generator.commands.report.contents import Report, RuleFindings, Said, StructuredType
from generator.commands.report.like_groups import like_groups
from generator.commands.report.numbers import areas, mapped_places, own_word_counts, own_words, similarity, weight
from generator.commands.report.remedies import remedies, ways_to_the_index
from generator.executors.executor import Executor
from generator.similarity.duplicates import compare_site
from generator.similarity.measure import make_signatures, measure_pages


def gather(built: BuiltSite, executor: Executor, *, every_page: bool = False) -> Report:
    """Report on ``built``; compares its pages, and checks it; ``every_page`` asks to read all of them whole."""
    facts, rendering, now = built.facts, built.rendering, built.options.now
    plan = rendering.plan
    signatures = make_signatures(rendering, built.code, built.ledger, executor)
    compared = tuple(compare_site(plan, signatures))
    own = own_words(compared)
    outcome = check_built(built, compared, executor, every_page=every_page)
    rules = tuple(_rules(outcome))
    last = built.ledger.last_build()
    summary = recall(last.summary, built.published.folder, 0)
    pages = _standing(facts, "kind")
    ways = ways_to_the_index(plan, now, measure_pages(plan, signatures, now))
    return Report(
        brand=plan.site.config.brand,
        base_url=plan.site.config.base_url,
        made=now,
        built=last.valid_from,
        is_current=not outcome.is_outdated,
        pages=pages,
        locales=_standing(facts, "locale"),
        everywhere=summary.gate.everywhere,
        is_enforced=summary.gate.is_enforced,
        kept_back=tuple(_said(summary.gate)),
        unbuilt=summary.gate.unbuilt,
        remedies=remedies(plan.site, ways, summary.findings, rules, outcome, sum(pages.values())),
        places=mapped_places(plan, facts),
        similarity=similarity(compared),
        words=own_word_counts(facts, own),
        weight=weight(facts),
        areas=areas(plan, facts, compared, own),
        like_groups=tuple(like_groups(rendering, compared)),
        structured=tuple(_structured(facts)),
        registry_seen=SEEN,
        rules=rules,
        counts={severity: outcome.count(severity) for severity in SEVERITIES},
        read=outcome.read,
    )


def _standing(facts: Facts, column: str) -> Mapping[str, int]:
    """Numbers of pages in the tree, by the value of ``column``."""
    rows = facts.query(f"SELECT {column}, count(*) FROM standing GROUP BY {column}")  # noqa: S608
    return {str(name): int(count) for name, count in rows}


def _said(gate: GateOutcome) -> Iterator[Said]:
    for decision, cause, count in sorted(gate.kept_back, key=lambda said: (-said[2], said)):
        yield Said(decision, cause, count)  # type: ignore[arg-type]  # the ledger keeps what the gate decided


def _structured(facts: Facts) -> Iterator[StructuredType]:
    for kind, pages in facts.query("SELECT type, count(*) FROM types GROUP BY type ORDER BY count(*) DESC, type"):
        known = feature_of(kind)
        if known:
            yield StructuredType(kind, pages, known.status, known.feature, known.note, known.since, known.source)
        else:
            yield StructuredType(kind, pages, "unknown", "", "Nobody has looked it up for the registry.", "", "")


def _rules(outcome: Outcome) -> Iterator[RuleFindings]:
    rules = all_rules()
    reasons = _noted(outcome)
    for (severity, name), found in groupby(outcome.findings, lambda finding: (finding.severity, finding.rule)):
        rule = rules[name]
        reason, count = reasons.get((name, severity), ""), outcome.counts[name, severity]
        yield RuleFindings(name, rule.category, severity, rule.summary, rule.evidence.kind, reason, count, tuple(found))


def _noted(outcome: Outcome) -> Mapping[tuple[str, str], str]:
    """Reasons of rule settings that leave all findings of a rule and severity as they are."""
    found: dict[tuple[str, str], list[str]] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for decision in outcome.applied:
        key = (decision.rule, decision.severity)
        found.setdefault(key, []).append(decision.reason)
        counts[key] += decision.count
    total = {(rule, str(severity)): count for (rule, severity), count in outcome.counts.items()}
    return {key: " ".join(dict.fromkeys(said)) for key, said in found.items() if counts[key] == total.get(key)}
