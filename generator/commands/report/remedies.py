"""Remedies in order of urgency, grouped by cause, with what each would change."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from msgspec.structs import replace

from generator.check.document import Document
from generator.check.registry import all_rules
from generator.check.results import Outcome
from generator.commands.report.contents import Remedy, RuleFindings, Step, Urgency
from generator.commands.report.row_costs import RowCost, row_costs
from generator.errors import Finding, Severity, quantity
from generator.load.rows import Rows, row_of
from generator.load.rule_settings import STOPPING
from generator.model import LikePages, Site, Topic
from generator.plan.obstacles import Obstacle, of_places, of_site, of_topic
from generator.plan.routes import Plan
from generator.plan.statuses import Measured

_STEPS = 200
"""Steps of one remedy that are named; of more only the number is told."""
_WAITING = " (with those that wait for a row)"
_THAT_WAIT = "they stay as they were, and those that never were published are missing."
_AS_THEY_WERE = "The pages that need it stay as they were; those that never were published are missing."
_ORDER: tuple[Urgency, ...] = ("stop", "error", "gate", "warning", "info")
Way = tuple[Obstacle, ...]
"""All that stands between a page and the index."""


def remedies(
    site: Site,
    ways: Sequence[tuple[Way, int]],
    build: Iterable[Finding],
    rules: Iterable[RuleFindings],
    outcome: Outcome,
    total: int,
) -> tuple[Remedy, ...]:
    """Remedies, most urgent first, and of the same urgency those that concern most pages.

    ``ways`` are the site's, ``build`` are the findings of the last build, and ``rules`` those of the check with this
    ``outcome``; the site has ``total`` pages.
    """
    said = {(obstacle.rule, obstacle.where) for way, _ in ways for obstacle in way}
    of_site = list(_of_site(site, total))
    # Obstacles of the site as a whole keep pages back all the same.
    promises = site.config.gate.mode == "enforce" and not of_site
    among = _WAITING if site.frozen or site.unreadable_places else ""
    of_gate = (*of_site, *_of_gate(ways, among, promises=promises))
    found = (*of_gate, *_of_build(build, site), *_of_check(rules, outcome, site, said))
    return tuple(sorted(found, key=lambda remedy: (_ORDER.index(remedy.urgency), bool(remedy.known), -remedy.pages)))


def _of_site(site: Site, total: int) -> Iterator[Remedy]:
    for obstacle in of_site(site.config):
        effect = f"As long as that is so, none of the {total:,} pages may be indexed."
        yield Remedy("gate", obstacle.status.cause, (Step(obstacle.where, "", obstacle.fix),), total, effect)


def _of_gate(ways: Iterable[tuple[Way, int]], among: str, *, promises: bool) -> Iterator[Remedy]:
    """One for each set of causes, since a page is lifted only when all of its own are gone.

    ``among`` says which other pages are counted.
    """
    by_causes: dict[tuple[str, ...], Counter[tuple[str, str]]] = {}
    for way, pages in ways:
        causes = tuple(dict.fromkeys(obstacle.status.cause for obstacle in way))
        files = ", ".join(dict.fromkeys(obstacle.where for obstacle in way))
        fixes = " ".join(dict.fromkeys(obstacle.fix for obstacle in way))
        by_causes.setdefault(causes, Counter())[files, fixes] += pages
    for causes, units in by_causes.items():
        pages = units.total()
        effect = f"Then {_pages(pages)}{among} could be indexed."
        if not promises:
            effect = f"Then the gate would have nothing against {_pages(pages)}{among}."
        if len(units) > 1:
            effect = f"{effect} Each of the {len(units):,} lifts the pages that stand with it."
        largest = units.most_common(_STEPS)
        steps = (Step(where, _pages(count) if len(units) > 1 else "", fix) for (where, fix), count in largest)
        yield Remedy("gate", " ".join(causes), tuple(steps), pages, effect, others=len(units) - len(largest))


def _pages(count: int) -> str:
    return quantity(count, "page", "pages")


def ways_to_the_index(plan: Plan, today: datetime.date, measured: Measured) -> list[tuple[Way, int]]:
    """All that stands between pages and the index, with how many pages of a topic it keeps back."""
    return [way for topic in plan.site.topics for way in _ways(plan, topic, today, measured).items()]


def _ways(plan: Plan, topic: Topic, today: datetime.date, measured: Measured) -> Counter[Way]:
    """How many pages of ``topic`` each set of obstacles keeps back."""
    site = plan.site
    shared = tuple(of_topic(topic, site.config.gate, today))
    of_place: dict[int, list[Obstacle]] = {}
    for number, obstacle in of_places(topic, site, measured):
        # Details of one page, such as its number of words, are no part of the remedy.
        common = replace(obstacle, status=replace(obstacle.status, detail=""))
        of_place.setdefault(number, []).append(common)
    countries = site.countries[topic.locale]
    # The topic's own page lacks nothing that only a place can have.
    ways: Counter[Way] = Counter({shared: 1})
    hubs: dict[str, list[Way]] = {}
    for place in site.places:
        if place.country in countries:
            way = (*shared, *of_place.get(place.id, ()))
            ways[way] += 1
            hubs.setdefault(place.region.key, []).append(way)
    for found in hubs.values():
        # A region has a page as soon as one of its places has one.
        with_page = [way for way in found if all(obstacle.status.has_page for obstacle in way)]
        ways[shared if with_page else Counter(found).most_common(1)[0][0]] += 1
    del ways[()]
    return ways


def _of_build(found: Iterable[Finding], site: Site) -> Iterator[Remedy]:
    """Remedies for findings of the last build, by file: rows of a table are faulty together more often than not."""
    # The remedies of the gate say more about these.
    pending = {topic.source for topic in site.topics if topic.translation_pending}
    said = pending if site.config.gate.translation_reviewed else set()
    rules = all_rules()
    by_file: dict[tuple[Severity, str], list[Finding]] = {}
    for finding in found:
        # Faults of rows are reported by the check, which reads them as they are now.
        if finding.where not in said and not _is_of_rows(finding.rule):
            place = finding.rule or finding.where.partition(":")[0]
            by_file.setdefault((finding.severity, place), []).append(finding)
    for (severity, place), findings in by_file.items():
        steps, count = _steps(findings), len(findings)
        what = f"The last build found {count:,} things in {place}." if count > 1 else _sentence(steps[0].what)
        if place in rules:
            what = f"The last build held pages back: {_sentence(rules[place].summary)}"
        effect = _AS_THEY_WERE if severity == "error" else ""
        yield Remedy(severity, what, steps, 0, effect, others=count - len(steps))


def _of_check(
    rules: Iterable[RuleFindings], outcome: Outcome, site: Site, said: Collection[tuple[str, str]]
) -> Iterator[Remedy]:
    """Remedies for findings of ``rules``; ``said`` are the rules and files that remedies of the gate cover."""
    sizes = {topic.source: _pages_of(topic, site) for topic in site.topics}
    costs = row_costs(site)
    for found in rules:
        files = {finding.where.partition(":")[0] for finding in found.findings}
        if all((found.rule, file) in said for file in files):
            continue
        scope = all_rules()[found.rule].scope
        pages = sum(sizes[file] for file in files if file in sizes)
        if scope is LikePages:
            pages -= len(files)  # The topic's own page is like no other.
        on_pages = found.count if all(finding.where.startswith("/") for finding in found.findings) else 0
        steps = _steps(found.findings)
        effect = _concerned(pages, on_pages, outcome if scope is Document else None)
        if scope is Rows and found.severity in STOPPING:
            steps, waiting = _with_costs(found.findings, steps, costs)
            pages = sum(cost.pages for cost in waiting)
            of = waiting[0].of if len({cost.of for cost in waiting}) == 1 else "places"
            effect = f"{_pages(pages)} of {of} wait for it: {_THAT_WAIT}" if pages else _AS_THEY_WERE
        what, others = _sentence(found.summary), found.count - len(steps)
        yield Remedy(found.severity, what, steps, pages or on_pages, effect, found.known, found.rule, others)


def _with_costs(
    findings: Iterable[Finding], steps: Iterable[Step], costs: Mapping[str, RowCost]
) -> tuple[tuple[Step, ...], list[RowCost]]:
    """``steps``, each with the pages that wait for its row, and what the rows of all ``findings`` cost."""
    rows = dict.fromkeys(row_of(finding.where) for finding in findings)
    told = []
    for step in steps:
        cost = costs.get(row_of(step.where))
        verb = "waits" if cost and cost.pages == 1 else "wait"
        waiting = f"; {_pages(cost.pages)} of {cost.of} {verb} for it" if cost else ""
        told.append(replace(step, what=f"{step.what}{waiting}"))
    return tuple(told), [costs[row] for row in rows if row in costs]


def _is_of_rows(rule: str) -> bool:
    return rule in all_rules() and all_rules()[rule].scope is Rows


def _steps(findings: Iterable[Finding]) -> tuple[Step, ...]:
    return tuple(Step(finding.where, finding.what, finding.fix) for finding in islice(findings, _STEPS))


def _pages_of(topic: Topic, site: Site) -> int:
    """Pages that show the article: its own, and those of places."""
    countries = site.countries[topic.locale]
    return 1 + sum(place.country in countries for place in site.places)


def _concerned(of_topics: int, on_pages: int, sampled: Outcome | None) -> str:
    """How many pages a rule's findings concern; ``sampled`` where it has read only some of them."""
    if of_topics:
        return f"It concerns {_pages(of_topics)}."
    found = f"It was found {on_pages:,} times" if on_pages > 1 else "It was found once" if on_pages else ""
    if found and sampled and sampled.read < sampled.pages:
        return f"{found}, on the {sampled.read:,} of {sampled.pages:,} pages that were read word by word."
    return f"{found}." if found else ""


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")
