"""Measurement of the pages of places before they are built: their own words, and the pages that they are like."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from functools import partial

import numpy as np
from msgspec import Struct, field

from generator.executors.executor import Executor
from generator.ledger.store import Ledger
from generator.model import Topic
from generator.plan.gate import decide, kept_back
from generator.plan.routes import Batch, Plan
from generator.plan.verdicts import NOT_MEASURED, Alike, Measured, TopicKey, topic_key
from generator.render.fingerprint import Fingerprints
from generator.render.pages import Glimpse
from generator.render.renderer import Rendering
from generator.similarity.nearest import NOBODY, Likeness, Rows, find_alike
from generator.similarity.shingling import MainTexts
from generator.similarity.signatures import UNKNOWN, Survey, Surveyed, joined, survey_of, unpacked


class Surveys(Struct, frozen=True):
    """The surveys of a plan's batches of places, packed, by the names of the batches.

    ``fresh`` are those that were made now, each with the digest of what it was made from.
    """

    packed: Mapping[str, bytes] = field(default_factory=dict)
    fresh: Mapping[str, tuple[bytes, bytes]] = field(default_factory=dict)


def survey_pages(rendering: Rendering, code: str, ledger: Ledger, executor: Executor) -> Surveys:
    """Survey the pages of places, but for batches whose survey is known and still true; ``code`` is its digest."""
    fingerprints = Fingerprints(rendering.plan, rendering.appearance, code)
    known = ledger.surveys()
    packed: dict[str, bytes] = {}
    digests: dict[str, bytes] = {}
    stale: list[Batch] = []
    for batch in rendering.plan.batches:
        if batch.kind == "region":
            digests[batch.name] = fingerprints.of(batch).digest
            digest, found = known.get(batch.name, (b"", b""))
            if digest == digests[batch.name]:
                packed[batch.name] = found
            else:
                stale.append(batch)
    fresh: dict[str, tuple[bytes, bytes]] = {}
    # Largest first, so that no process is left alone with a large one at the end.
    stale.sort(key=lambda batch: -batch.size)
    if stale:
        with executor.workers(partial(_Surveyor, rendering)) as workers:
            for name, found in workers.map(_Surveyor.survey, stale):
                packed[name] = found
                fresh[name] = (digests[name], found)
    return Surveys(packed, fresh)


class _Surveyor:
    """One process's survey of batches."""

    def __init__(self, rendering: Rendering) -> None:
        self._renderer = rendering.renderer
        self._texts = MainTexts()

    def survey(self, batch: Batch) -> tuple[str, bytes]:
        """The name of ``batch`` and its survey, packed."""
        return batch.name, survey_of([*map(self._surveyed, self._renderer.glimpses(batch))]).packed()

    def _surveyed(self, page: Glimpse) -> Surveyed:
        shown = len({repr(fact) for fact in page.facts if fact not in (None, "")})
        text = None if page.main is None else self._texts.make(page.main, page.facts, page.names)
        return Surveyed(page.place, UNKNOWN if page.words is None else page.words, shown, text)


class Compared(Struct, frozen=True):
    """The pages of places of one language, one topic after another, and what each of them is most like.

    ``topic_of`` gives the topic of each row of ``survey``; ``among`` are the rows of each topic that were compared.
    """

    topics: tuple[Topic, ...]
    topic_of: Rows
    survey: Survey
    among: tuple[Rows, ...]
    likeness: Likeness

    def name(self, row: int) -> tuple[Topic, int]:
        """The topic and the place of a row."""
        return self.topics[int(self.topic_of[row])], int(self.survey.places[row])


def compare_pages(
    plan: Plan, packed: Mapping[str, bytes], locale: str, left_out: Mapping[TopicKey, Collection[int]]
) -> Compared:
    """Compare the pages of places of one language with one another, but for those of places that are ``left_out``.

    ``packed`` are the surveys of all batches of places, by name.
    """
    topics = plan.topics_in(locale)
    names: dict[TopicKey, list[str]] = {topic_key(topic): [] for topic in topics}
    for batch in plan.batches:
        if batch.topic and batch.locale == locale:
            names[topic_key(batch.topic)].append(batch.name)
    parts = [unpacked(packed[name] for name in found) for found in names.values()]
    survey = joined(parts)
    topic_of = np.repeat(np.arange(len(parts)), [len(part.places) for part in parts])
    population = {place.id: place.population for place in plan.site.places}
    size = np.array([population[number] for number in survey.places.tolist()], dtype=np.int64)
    # The largest place first; of equals the lower id, then the first topic.
    order = np.lexsort((topic_of, survey.places, -size))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    among = []
    for number, key in enumerate(names):
        rows = np.flatnonzero(topic_of == number)
        among.append(rows[~np.isin(survey.places[rows], list(left_out.get(key, ())))])
    return Compared(topics, topic_of, survey, tuple(among), find_alike(survey, among, rank))


def measure_pages(plan: Plan, surveys: Surveys, today: datetime.date) -> Measured:
    """What the gate has to know of the pages: those with few words of their own, and those too much like another.

    A page that is kept back for another reason makes no other one a copy. A gate that asks for none of this is told
    nothing.
    """
    gate = plan.site.config.gate
    if not gate.asks_of_texts:
        return NOT_MEASURED
    topics = decide(plan.site, today).topics
    words: dict[TopicKey, dict[int, int]] = {}
    alike: dict[TopicKey, dict[int, Alike]] = {}
    places = {place.id: place for place in plan.site.places}
    left_out = {
        topic_key(topic): places.keys() if topic_key(topic) in topics else kept_back(topic, plan.site).keys()
        for topic in plan.site.topics
    }
    for locale in plan.site.locales:
        compared = compare_pages(plan, surveys.packed, locale.tag, left_out)
        survey, likeness = compared.survey, compared.likeness
        for row in np.flatnonzero((survey.words != UNKNOWN) & (survey.words < (gate.min_local_words or 0))).tolist():
            topic, place = compared.name(row)
            words.setdefault(topic_key(topic), {})[place] = int(survey.words[row])
        most = gate.max_similarity
        found = likeness.before != NOBODY
        found &= likeness.before_share >= (most if most is not None else 2)
        for row in np.flatnonzero(found).tolist():
            topic, place = compared.name(row)
            other, larger = compared.name(int(likeness.before[row]))
            page = Alike(plan.place_path(other, places[larger]), float(likeness.before_share[row]))
            alike.setdefault(topic_key(topic), {})[place] = page
    return Measured(words, alike)
