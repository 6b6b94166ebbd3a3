"""Reading of places and finding of their neighbours in a second process, while this one reads and imports the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from generator.check.data import rulebook
from generator.config import SiteConfig
from generator.executors.executor import Executor
from generator.ledger.cache import Cache, Packed
from generator.load.geography import choose_places
from generator.load.places_cache import places_digest
from generator.load.settings import load_settings
from generator.load.yaml_file import YamlDocument
from generator.options import Options
from generator.plan.surroundings_cache import find_neighbours

_FOUND = ("places", "surroundings")


@contextmanager
def begin_reading(options: Options, code: str, cache: Cache, executor: Executor) -> Iterator[None]:
    """Begin to find what ``cache`` will be asked for, if it does not hold the places as they are: it waits for them.

    Best before libraries are imported that places do not need, for they are imported meanwhile. ``code`` is the
    digest of the generator.
    """
    config, document, _ = load_settings(options.root, options.settings)
    if config is None or cache.holds("places", places_digest(options.root / "content", config.checks)):
        yield
        return
    with executor.ahead(partial(_read, options.root, config, document, code)) as coming:
        cache.expect(_FOUND, coming)
        yield


def _read(root: Path, config: SiteConfig, document: YamlDocument, code: str) -> Iterator[Mapping[str, Packed]]:
    cache = Cache(code=code)
    loaded, selected = choose_places(root, config, document, cache, rulebook())
    yield cache.take()
    find_neighbours(selected, loaded.places, cache)
    yield cache.take()
