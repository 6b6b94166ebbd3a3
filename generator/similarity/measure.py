"""Measurement of the pages of places before they are built: their own words, and the pages that they are like."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial

import numpy as np
from msgspec import Struct, field

from generator.executors.executor import Executor
from generator.ledger.store import Ledger
from generator.model import Topic
from generator.plan.gate import kept_back
from generator.plan.obstacles import of_topic
from generator.plan.routes import Batch, Plan
from generator.plan.statuses import NOT_MEASURED, Alike, Measured, TopicKey, topic_key
from generator.render.fingerprint import Fingerprints
from generator.render.pages import PageText
from generator.render.renderer import Rendering
from generator.similarity.nearest import NOBODY, Nearest, Rows, find_nearest
from generator.similarity.own_words import Words, count_own_words
from generator.similarity.sentences import own_pieces, whole_sentences
from generator.similarity.shingling import TextSketcher
from generator.similarity.signatures import (
    FOLLOWED,
    UNKNOWN,
    WHOLE,
    PageSignature,
    Signatures,
    joined,
    known_in,
    signatures_of,
    unpacked,
)


class PackedSignatures(Struct, frozen=True):
    """The signatures of a plan's batches of places, packed, by the names of the batches.

    ``fresh`` are those that were made now, each with the digest of what it was made from.
    """

    packed: Mapping[str, bytes] = field(default_factory=dict)
    fresh: Mapping[str, tuple[bytes, bytes]] = field(default_factory=dict)


def make_signatures(rendering: Rendering, code: str, ledger: Ledger, executor: Executor) -> PackedSignatures:
    """The signatures of the pages of places, made anew where those known are not true; ``code`` is its digest."""
    fingerprints = Fingerprints(rendering.plan, rendering.appearance, code)
    known = ledger.surveys()
    batches = [batch for batch in rendering.plan.batches if batch.kind == "region"]
    digests = {batch.name: fingerprints.of(batch).digest for batch in batches}
    packed = {name: known[name][1] for name, digest in digests.items() if known.get(name, (b"",))[0] == digest}
    fresh: dict[str, tuple[bytes, bytes]] = {}
    for wanted in (_stale, _with_other_siblings):
        tasks = [*wanted(batches, packed)]
        # Largest first, so that no process is left alone with a large one at the end.
        tasks.sort(key=lambda task: -task[0].size)
        maker = partial(_SignatureMaker, rendering)
        if tasks:
            with executor.workers(maker) as workers:
                for name, found in workers.map(_SignatureMaker.make, tasks):
                    packed[name] = found
                    fresh[name] = (digests[name], found)
    return PackedSignatures(packed, fresh)


_Task = tuple[Batch, bool]
"""A batch, and whether pages whose text is followed are to be known by the sentences of their whole text as well."""


def _stale(batches: Sequence[Batch], packed: Mapping[str, bytes]) -> Iterator[_Task]:
    yield from ((batch, False) for batch in batches if batch.name not in packed)


def _with_other_siblings(batches: Sequence[Batch], packed: Mapping[str, bytes]) -> Iterator[_Task]:
    """Batches whose followed pages have siblings that are not, or have none any more.

    Text that only untraced pages have is found by whole texts alone, which are not worth their time elsewhere.
    """
    known = {batch.name: known_in(packed[batch.name]) for batch in batches}
    mixed = {_siblings(batch) for batch in batches if WHOLE in known[batch.name]}
    for batch in batches:
        is_mixed = _siblings(batch) in mixed
        if (FOLLOWED if is_mixed else FOLLOWED | WHOLE) in known[batch.name]:
            yield batch, is_mixed


def _siblings(batch: Batch) -> TopicKey | None:
    return topic_key(batch.topic) if batch.topic else None


class _SignatureMaker:
    """One process's maker of signatures."""

    def __init__(self, rendering: Rendering) -> None:
        self._renderer = rendering.renderer
        self._sketcher = TextSketcher()

    def make(self, task: _Task) -> tuple[str, bytes]:
        """The name of a batch and its signatures, packed."""
        batch, is_whole = task
        pages = self._renderer.page_texts(batch, is_whole=is_whole)
        return batch.name, signatures_of([*map(self._signature, pages)]).packed()

    def _signature(self, page: PageText) -> PageSignature:
        if page.main is None:
            return PageSignature(page.place) if page.whole is None else _of_whole_text(page)
        sketch = self._sketcher.make(page.main, page.facts, page.names)
        pieces = own_pieces(page)
        if page.whole is None:
            return PageSignature(page.place, FOLLOWED, sketch, pieces)
        pieces = {**dict.fromkeys(whole_sentences(page), 0), **pieces}
        return PageSignature(page.place, FOLLOWED | WHOLE, sketch, pieces)


def _of_whole_text(page: PageText) -> PageSignature:
    return PageSignature(page.place, WHOLE, None, whole_sentences(page))


class Compared(Struct, frozen=True):
    """The pages of places of one language, one topic after another, and the nearest neighbour of each.

    ``topic_of`` gives the topic of each row of ``signatures``; ``among`` are the rows of each topic that were compared.
    ``words`` counts the own words of each page; UNKNOWN where its text fails.
    """

    topics: tuple[Topic, ...]
    topic_of: Rows
    signatures: Signatures
    words: Words
    among: tuple[Rows, ...]
    nearest: Nearest

    def name(self, row: int) -> tuple[Topic, int]:
        """The topic and the place of a row."""
        return self.topics[int(self.topic_of[row])], int(self.signatures.places[row])

    def row(self, topic: Topic, place: int) -> int:
        """The row of a topic and a place."""
        is_of_topic = self.topic_of == self.topics.index(topic)
        return int(np.flatnonzero(is_of_topic & (self.signatures.places == place))[0])


def compare_pages(
    plan: Plan, packed: Mapping[str, bytes], locale: str, left_out: Mapping[TopicKey, Collection[int]]
) -> Compared:
    """Compare the pages of places of one language with one another, but for those of places that are ``left_out``.

    ``packed`` are the signatures of all batches of places, by name. Own words do not depend on what is left out: they
    are those among pages that the gate's conditions do not keep back, so that they are the same wherever they are told.
    """
    topics = plan.topics_in(locale)
    names: dict[TopicKey, list[str]] = {topic_key(topic): [] for topic in topics}
    for batch in plan.batches:
        if batch.topic and batch.locale == locale:
            names[topic_key(batch.topic)].append(batch.name)
    parts = [unpacked(packed[name] for name in found) for found in names.values()]
    signatures = joined(parts)
    topic_of = np.repeat(np.arange(len(parts)), [len(part.places) for part in parts])
    population = {place.id: place.population for place in plan.site.places}
    size = np.array([population[number] for number in signatures.places.tolist()], dtype=np.int64)
    # The largest place first; of equals the lower id, then the first topic.
    order = np.lexsort((topic_of, signatures.places, -size))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    among = []
    for number, key in enumerate(names):
        rows = np.flatnonzero(topic_of == number)
        among.append(rows[~np.isin(signatures.places[rows], list(left_out.get(key, ())))])
    words = [
        count_own_words(part, kept_back(topic, plan.site).keys()) for topic, part in zip(topics, parts, strict=True)
    ]
    return Compared(
        topics,
        topic_of,
        signatures,
        np.concatenate([*words, np.zeros(0, dtype=np.int32)]),
        tuple(among),
        find_nearest(signatures, among, rank),
    )


def measure_pages(plan: Plan, signatures: PackedSignatures, today: datetime.date) -> Measured:
    """Measures of the pages for the gate: those with few words of their own, and those too much like another.

    A page that is kept back for another reason makes no other one a copy. A gate that asks for none of this gets none.
    """
    gate = plan.site.config.gate
    if not gate.asks_of_texts:
        return NOT_MEASURED
    words: dict[TopicKey, dict[int, int]] = {}
    alike: dict[TopicKey, dict[int, Alike]] = {}
    places = {place.id: place for place in plan.site.places}
    left_out = {
        topic_key(topic): (places if any(of_topic(topic, gate, today)) else kept_back(topic, plan.site)).keys()
        for topic in plan.site.topics
    }
    for locale in plan.site.locales:
        compared = compare_pages(plan, signatures.packed, locale.tag, left_out)
        nearest = compared.nearest
        is_short = (compared.words != UNKNOWN) & (compared.words < (gate.min_local_words or 0))
        for row in np.flatnonzero(is_short).tolist():
            topic, place = compared.name(row)
            words.setdefault(topic_key(topic), {})[place] = int(compared.words[row])
        most = gate.max_similarity
        found = nearest.before != NOBODY
        found &= nearest.before_share >= (most if most is not None else 2)
        for row in np.flatnonzero(found).tolist():
            topic, place = compared.name(row)
            other, larger = compared.name(int(nearest.before[row]))
            page = Alike(plan.place_path(other, places[larger]), float(nearest.before_share[row]))
            alike.setdefault(topic_key(topic), {})[place] = page
    return Measured(words, alike)
