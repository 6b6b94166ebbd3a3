"""Reads places and finds their neighbours in a second process, while this one reads and imports all else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from generator.check.data import rulebook
from generator.config import SiteConfig
from generator.executors.executor import Executor
from generator.ledger.kept import Kept, Packed
from generator.load.geography import choose_places
from generator.load.kept_places import places_digest
from generator.load.settings import load_settings
from generator.load.yaml_file import YamlDocument
from generator.order import Order
from generator.plan.kept_surroundings import find_neighbours

_FOUND = ("places", "surroundings")


@contextmanager
def begin_reading(order: Order, code: str, kept: Kept, executor: Executor) -> Iterator[None]:
    """Begin to find what ``kept`` will be asked for, if it does not hold the places as they are: it waits for them.

    Best before libraries are imported that places do not need, for they are imported meanwhile. ``code`` is the
    digest of the generator.
    """
    config, document, _ = load_settings(order.root, order.settings)
    if config is None or kept.holds("places", places_digest(order.root / "content", config.checks)):
        yield
        return
    with executor.ahead(partial(_read, order.root, config, document, code)) as coming:
        kept.expect(_FOUND, coming)
        yield


def _read(root: Path, config: SiteConfig, document: YamlDocument, code: str) -> Iterator[Mapping[str, Packed]]:
    kept = Kept(code=code)
    chosen = choose_places(root, config, document, kept, rulebook())
    yield kept.take()
    find_neighbours(chosen.selected, chosen.overridden.places, kept)
    yield kept.take()
