"""A sitemap that crawlers would refuse stops a build before anything is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build.pipeline import make_plan
from generator.check.data import rulebook
from generator.errors import SiteError
from generator.ledger.cache import Cache
from generator.load.site import read_site
from generator.render.files.sitemaps import check_sizes
from tests.sites import NOW, make_site


def test_the_largest_sitemap_is_measured_as_it_will_be(tmp_path: Path) -> None:
    loaded = read_site(make_site(tmp_path), (), NOW, Cache(), rulebook()).site
    assert loaded
    plan = make_plan(loaded, lambda _: False, Cache())
    check_sizes(plan)
    check_sizes(plan, most=5_000)
    with pytest.raises(SiteError, match="one sitemap has 2,") as caught:
        check_sizes(plan, most=2_000)
    assert {finding.rule for finding in caught.value.findings} == {"sitemap_limits"}
