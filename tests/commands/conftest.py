from __future__ import annotations

import pytest

from tests.check.example_site import ExampleSite, make_example_site


@pytest.fixture(scope="session")
def example_site(tmp_path_factory: pytest.TempPathFactory) -> ExampleSite:
    return make_example_site(tmp_path_factory.mktemp("example"))
