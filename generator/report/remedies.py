"""What to mend first, grouped by what causes it, with what each would change."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

from generator.check.outcome import Outcome
from generator.check.registry import all_rules
from generator.errors import Finding, Severity
from generator.model import Site, Topic
from generator.plan.obstacles import Obstacle, of_places, of_site, of_topic
from generator.report.contents import Remedy, Step, Urgency
from generator.routing import Plan
from generator.verdicts import Measured

_STEPS = 5
"""Steps of one remedy that are named."""
_ORDER: tuple[Urgency, ...] = ("stop", "error", "gate", "warning", "info")
_Way = tuple[Obstacle, ...]
"""All that stands between a page and the index."""


def remedies(
    plan: Plan, today: datetime.date, measured: Measured, build: Iterable[Finding], outcome: Outcome, total: int
) -> tuple[Remedy, ...]:
    """What to mend, most urgent first, and of the same urgency what concerns most pages.

    ``build`` is what the last build found, ``outcome`` what the check did; the site has ``total`` pages.
    """
    site = plan.site
    found = [
        *_of_site(site, total),
        *_of_gate(plan, today, measured),
        *_of_build(build, site),
        *_of_check(outcome, site),
    ]
    return tuple(sorted(found, key=lambda remedy: (_ORDER.index(remedy.urgency), bool(remedy.known), -remedy.pages)))


def _of_site(site: Site, total: int) -> Iterator[Remedy]:
    for obstacle in of_site(site.config):
        effect = f"As long as that is so, none of the {total:,} pages may be indexed."
        yield Remedy("gate", obstacle.verdict.cause, (_step(obstacle),), total, effect)


def _step(obstacle: Obstacle) -> Step:
    return Step(obstacle.where, "", obstacle.fix)


def _of_gate(plan: Plan, today: datetime.date, measured: Measured) -> Iterator[Remedy]:
    """One for each set of obstacles, since a page is lifted only when all of its own are gone."""
    ways: Counter[tuple[Step, ...]] = Counter()
    causes: dict[tuple[Step, ...], list[str]] = {}
    for topic in plan.site.topics:
        for way, pages in _ways(plan, topic, today, measured).items():
            steps = tuple(dict.fromkeys(map(_step, way)))
            ways[steps] += pages
            causes[steps] = list(dict.fromkeys(obstacle.verdict.cause for obstacle in way))
    is_enforced = plan.site.config.gate.mode == "enforce"
    for steps, pages in ways.items():
        of_pages = "1 page" if pages == 1 else f"{pages:,} pages"
        effect = f"Then {of_pages} could be indexed."
        if not is_enforced:
            effect = f"Then the gate would have nothing against {of_pages}."
        yield Remedy("gate", " ".join(causes[steps]), steps[:_STEPS], pages, effect, others=len(steps[_STEPS:]))


def _ways(plan: Plan, topic: Topic, today: datetime.date, measured: Measured) -> Counter[_Way]:
    """How many pages of ``topic`` each set of obstacles keeps back."""
    site = plan.site
    shared = tuple(of_topic(topic, site.config.gate, today))
    of_place: dict[int, list[Obstacle]] = {}
    for number, obstacle in of_places(topic, site, measured):
        of_place.setdefault(number, []).append(obstacle)
    countries = _countries(topic, site)
    regions = plan.regions_of(topic)
    # The topic's own page, and those of its regions, lack nothing that only a place can have.
    ways: Counter[_Way] = Counter({shared: 1 + len(regions)})
    for place in site.places:
        if place.country in countries:
            ways[*shared, *of_place.get(place.id, ())] += 1
    del ways[()]
    return ways


def _of_build(found: Iterable[Finding], site: Site) -> Iterator[Remedy]:
    """What the last build said, by file: rows of a table are faulty together more often than not."""
    # Of these the gate has more to say.
    pending = {topic.source for topic in site.topics if topic.translation_pending}
    said = pending if site.config.gate.translation_reviewed else set()
    by_file: dict[tuple[Severity, str], list[Finding]] = {}
    for finding in found:
        if finding.where not in said:
            by_file.setdefault((finding.severity, finding.where.partition(":")[0]), []).append(finding)
    for (severity, file), findings in by_file.items():
        steps = tuple(Step(finding.where, finding.what, finding.fix) for finding in findings)
        what = f"The last build found {len(steps):,} things in {file}." if len(steps) > 1 else _sentence(steps[0].what)
        effect = "The pages that need it stay as they were." if severity == "error" else ""
        yield Remedy(severity, what, steps[:_STEPS], 0, effect, others=len(steps[_STEPS:]))


def _of_check(outcome: Outcome, site: Site) -> Iterator[Remedy]:
    rules = all_rules()
    reasons = {(decision.rule, decision.severity): decision.reason for decision in outcome.decided}
    sizes = {topic.source: _pages_of(topic, site) for topic in site.topics}
    for (severity, rule), found in groupby(outcome.findings, lambda finding: (finding.severity, finding.rule)):
        findings = list(found)
        count = outcome.counts[rule, severity]
        files = {finding.where.partition(":")[0] for finding in findings}
        pages = sum(sizes[file] for file in files if file in sizes)
        on_pages = sum(finding.where.startswith("/") for finding in findings)
        if on_pages == len(findings):
            on_pages = count
        steps = tuple(Step(finding.where, finding.what, finding.fix) for finding in findings[:_STEPS])
        what = _sentence(rules[rule].summary)
        known = reasons.get((rule, severity), "")
        effect = _concerned(pages, on_pages, outcome)
        yield Remedy(severity, what, steps, pages + on_pages, effect, known, rule, count - len(steps))


def _pages_of(topic: Topic, site: Site) -> int:
    """Pages that show the article: its own, and those of places."""
    countries = _countries(topic, site)
    return 1 + sum(place.country in countries for place in site.places)


def _countries(topic: Topic, site: Site) -> Collection[str]:
    return next(locale.countries for locale in site.locales if locale.tag == topic.locale)


def _concerned(of_topics: int, on_pages: int, outcome: Outcome) -> str:
    if of_topics:
        return f"It concerns {of_topics:,} pages."
    if on_pages and outcome.read < outcome.pages:
        return f"It was found on {on_pages:,} pages; {outcome.read:,} of {outcome.pages:,} were read word by word."
    return f"It was found on {on_pages:,} pages." if on_pages > 1 else ""


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")
