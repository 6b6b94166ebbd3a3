"""Builds of few pages and of many, which judge and write in different ways."""

from __future__ import annotations

import pytest


@pytest.fixture(params=["few pages", "many pages"])
def size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Whether the build is one of few pages, which are all made before the first is written."""
    if request.param == "many pages":
        monkeypatch.setattr("generator.build.rounds.WHOLE", 0)
    return str(request.param)
