"""Gathers what a report says of a built site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from generator.check.facts import Facts
from generator.check.outcome import SEVERITIES, Outcome
from generator.check.registry import all_rules
from generator.check.search_features import SEEN, feature_of
from generator.checking import BuiltSite, check_built
from generator.executors.executor import Executor
from generator.inputs import digest_inputs
from generator.ledger.facts import PUBLISHED
from generator.ledger.store import Ledger
from generator.likeness import compare_site
from generator.outcome import GateOutcome, recall
from generator.report.contents import Report, RuleFindings, Said, StructuredType
from generator.report.like_groups import like_groups
from generator.report.numbers import areas, local_words, mapped_places, similarity, weight
from generator.report.remedies import noted, remedies
from generator.surveying import measure_pages, survey_pages
from generator.verdicts import NOT_MEASURED


def gather(built: BuiltSite, executor: Executor) -> Report:
    """What there is to say of ``built``; reads its pages, compares them, and checks all of it."""
    order, ledger, rendering = built.order, built.ledger, built.rendering
    plan = rendering.plan
    surveys = survey_pages(rendering, built.code, ledger, executor)
    compared = tuple(compare_site(plan, surveys))
    asks = plan.site.config.gate.asks_of_texts
    measured = measure_pages(plan, surveys, order.now) if asks else NOT_MEASURED
    outcome = check_built(built, compared, executor)
    last = ledger.last_build()
    summary = recall(last.summary, built.published.folder, 0)
    pages, locales = _standing(ledger, "kind"), _standing(ledger, "locale")
    total = sum(pages.values())
    return Report(
        brand=built.config.brand,
        base_url=built.config.base_url,
        made=order.now,
        built=last.valid_from,
        # After an error the ledger does not say what was read, since the next build has to read it again.
        is_current=last.holds(digest_inputs(order.root, order.settings, built.code), order.now) or summary.has_errors,
        pages=pages,
        locales=locales,
        everywhere=summary.gate.everywhere,
        is_enforced=summary.gate.is_enforced,
        kept_back=tuple(_said(summary.gate)),
        unbuilt=summary.gate.unbuilt,
        remedies=remedies(plan, order.now, measured, summary.findings, outcome, total),
        places=mapped_places(plan, ledger),
        similarity=similarity(compared),
        words=local_words(ledger),
        weight=weight(ledger),
        areas=areas(plan, ledger, compared),
        like_groups=tuple(like_groups(rendering, compared)),
        structured=tuple(_structured(built.facts)),
        registry_seen=SEEN,
        rules=tuple(_rules(outcome)),
        counts={severity: outcome.count(severity) for severity in SEVERITIES},
        read=outcome.read,
    )


def _standing(ledger: Ledger, column: str) -> Mapping[str, int]:
    """How many pages stand in the tree, by what ``column`` says."""
    rows = ledger.query(
        f"SELECT {column}, count(*) FROM pages WHERE state IN {PUBLISHED} GROUP BY {column}"  # noqa: S608
    )
    return dict(rows)


def _said(gate: GateOutcome) -> Iterator[Said]:
    for verdict, count in sorted(gate.kept_back.items(), key=lambda item: (-item[1], item[0])):
        decision, _, cause = verdict.partition(" ")
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
    reasons = noted(outcome)
    for (severity, name), found in groupby(outcome.findings, lambda finding: (finding.severity, finding.rule)):
        rule = rules[name]
        reason, count = reasons.get((name, severity), ""), outcome.counts[name, severity]
        yield RuleFindings(name, rule.category, severity, rule.summary, rule.evidence.kind, reason, count, tuple(found))
