"""Obstacles of the publish gate to indexing, with where and how each is mended."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from msgspec import Struct

from generator.config import GateConfig, SiteConfig
from generator.model import INDEX, Decision, Site, Status, Topic
from generator.plan.statuses import Measured, topic_key

_STRICTEST_FIRST: tuple[Decision, ...] = ("withhold", "fold", "noindex")
_SETTINGS = "content/site.yaml"


class Obstacle(Struct, frozen=True):
    """A reason to keep a page back: the status that it gives, the file to mend, and what to do there.

    ``rule`` is the id of the check's rule that finds the same, if there is one.
    """

    status: Status
    where: str
    fix: str
    rule: str = ""


def of_site(config: SiteConfig) -> Iterator[Obstacle]:
    """Obstacles to every page, whatever the policy says."""
    mode, base, production = config.gate.mode, config.base_url, config.gate.production_url
    if mode is None:
        status = Status("noindex", f"gate.mode is not set in {_SETTINGS}.")
        yield Obstacle(status, _SETTINGS, "Set gate.mode to report or to enforce.")
    if base != production:
        status = Status("noindex", f"{base} is not the production address, {production}.")
        fix = f"Build for {production}; or set gate.production_url, if search engines shall find the site at {base}."
        yield Obstacle(status, _SETTINGS, fix)


def of_topic(topic: Topic, gate: GateConfig, today: datetime.date) -> Iterator[Obstacle]:
    """Obstacles to every page of a topic; the first one gives their status."""
    if gate.translation_reviewed and topic.translation_pending:
        status = Status("noindex", "The translation has not been reviewed.", f"({topic.source})")
        fix = "Have somebody read it who knows both languages and the field, then set translation: reviewed."
        yield Obstacle(status, topic.source, fix)
    if gate.reviewed_within_days is None or not topic.is_medical:
        return
    if topic.reviewer is None or topic.last_reviewed is None:
        missing = "reviewer" if topic.reviewer is None else "date of review"
        status = Status("noindex", f"The medical topic names no {missing}.", f"({topic.source})")
        named = {"reviewer": topic.reviewer, "last_reviewed": topic.last_reviewed}
        keys = " and ".join(key for key, said in named.items() if said is None)
        fix = f"Have a clinician review the article, then write {keys} into it."
        yield Obstacle(status, topic.source, fix, "reviewer_missing")
    elif topic.last_reviewed + datetime.timedelta(gate.reviewed_within_days) < today:
        cause = f"The medical topic was last reviewed more than {gate.reviewed_within_days:,} days ago."
        status = Status("noindex", cause, f"({topic.source}: {topic.last_reviewed})")
        fix = "Have it reviewed again, then change last_reviewed to that day."
        yield Obstacle(status, topic.source, fix)


def of_places(topic: Topic, site: Site, measured: Measured) -> Iterator[tuple[int, Obstacle]]:
    """Obstacles to the pages of places of a topic, by the place's id; the first one gives a page's status."""
    gate = site.config.gate
    conditions = sorted(
        zip(range(len(gate.conditions)), gate.conditions, site.gated, strict=True),
        key=lambda known: _STRICTEST_FIRST.index(known[1].verdict),
    )
    for number, condition, ids in conditions:
        if not condition.topics or topic.id in condition.topics:
            fix = f"Change what makes gate.conditions[{number}] true: {condition.where}"
            obstacle = Obstacle(Status(condition.verdict, condition.reason), _SETTINGS, fix)
            yield from ((place, obstacle) for place in ids)
    for name in gate.required:
        yield from _missing(name, site)
    yield from _measured(topic, gate, measured)


def _missing(name: str, site: Site) -> Iterator[tuple[int, Obstacle]]:
    """The places without a fact; ``name`` is what a text reads: ``place.COLUMN`` or ``place.region.COLUMN``."""
    owner, _, column = name.rpartition(".")
    is_of_place = owner == "place"
    tables = site.config.tables.values()
    files = [table.file for table in tables if column in table.columns and (table.attach == "region") != is_of_place]
    file = f"content/{files[0]}" if files else ""
    status = Status("noindex", f"{name} is empty.")
    rows: dict[str, Obstacle] = {}
    for place in site.places:
        if (place.facts if is_of_place else place.region.facts).get(column) in (None, ""):
            row = str(place.id) if is_of_place else place.region.key
            if row not in rows:
                said = f"{place.name}, {place.region.name}" if is_of_place else place.region.name
                fix = f"Fill in {column} for {said}."
                rows[row] = Obstacle(status, file or place.source, fix)
            yield place.id, rows[row]


def _measured(topic: Topic, gate: GateConfig, measured: Measured) -> Iterator[tuple[int, Obstacle]]:
    fewest, most = gate.min_local_words or 0, gate.max_similarity or 0.0
    for number, words in measured.words.get(topic_key(topic), {}).items():
        cause = f"It has fewer than {fewest:,} words of its own."
        fix = f"Let the article say more of each place: at least {fewest:,} words that few other pages print."
        yield number, Obstacle(Status("noindex", cause, f"(It has {words}.)"), topic.source, fix)
    for number, alike in measured.alike.get(topic_key(topic), {}).items():
        detail = f"({int(alike.share * 100)} % the same as {alike.path})"
        fix = f"Let the article say what differs from place to place, until pages share less than {most:.0%}."
        yield number, Obstacle(Status("noindex", "It is too much like another page.", detail), topic.source, fix)


def firsts(found: Iterator[tuple[int, Obstacle]]) -> dict[int, Status]:
    """The status of each place's page: that of its first obstacle."""
    said: dict[int, Status] = {}
    for place, obstacle in found:
        said.setdefault(place, obstacle.status)
    return said


def first(found: Iterator[Obstacle]) -> Status:
    """The status of the first obstacle; INDEX where there is none."""
    return next((obstacle.status for obstacle in found), INDEX)
