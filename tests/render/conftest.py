"""The usual tiny site, built once for all tests that only look at it."""

from __future__ import annotations

import pytest

from tests.sites import Built, build, make_site


@pytest.fixture(scope="session")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(make_site(tmp_path_factory.mktemp("usual")))
