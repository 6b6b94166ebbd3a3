"""Which pages are held against the rules before they are written."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from msgspec.structs import replace

from generator.build.judge import chosen, is_drawn
from generator.check.judging import Judge
from generator.config import CheckConfig, SiteConfig
from generator.ledger.cache import Cache
from generator.load.site import read_site
from generator.plan.routes import Plan
from generator.plan.site_plan import plan_site
from tests.sites import EN, ES, NOW, make_site, topic_text

JUDGE = Judge(SiteConfig.model_construct(checks=[]), Path())
KNEE = "content/topics/knee/en-US.md"


def plan_of(folder: Path) -> Plan:
    knee = topic_text(slug="knee", short_name="knee", nav_label="Knee")
    site = make_site(folder, {KNEE: knee, KNEE.replace("en-US", "es-US"): topic_text(slug="rodilla"), EN: topic_text(),
                              ES: topic_text(slug="ciatica")})  # fmt: skip
    loaded = read_site(site, (), NOW, Cache())
    assert loaded.site
    return plan_site(loaded.site, lambda _: False)


def test_every_region_is_looked_at_thoroughly_in_one_topic_and_that_in_every_language(tmp_path: Path) -> None:
    plan = plan_of(tmp_path)
    drawn = [
        (batch.region.key, batch.locale, batch.topic.id)
        for batch in plan.batches
        if batch.region and batch.topic and is_drawn(batch, [topic.id for topic in plan.topics_in(batch.locale)])
    ]
    assert Counter((region, locale) for region, locale, _ in drawn) == {
        (region, locale): 1 for region in ("US-LA", "US-TX") for locale in ("en-US", "es-US")
    }
    assert len({(region, topic) for region, _, topic in drawn}) == 2


def test_a_batch_without_a_region_is_always_looked_at(tmp_path: Path) -> None:
    plan = plan_of(tmp_path)
    alone = [batch for batch in plan.batches if not batch.region]
    assert alone
    for batch in alone:
        assert is_drawn(batch, ["sciatica", "knee"])
        assert chosen(plan.routes(batch), JUDGE, is_thorough=False) == [*plan.routes(batch)]


def test_of_a_region_one_page_is_looked_at_or_those_that_may_differ_most(tmp_path: Path) -> None:
    plan = plan_of(tmp_path)
    texas = next(batch for batch in plan.batches if batch.region and batch.region.code == "TX")
    (longest,) = chosen(plan.routes(texas), JUDGE, is_thorough=False)
    assert longest.place
    assert longest.place.name == "Temple"
    some = chosen(plan.routes(texas), JUDGE, is_thorough=True)
    names = [route.place.name if route.place else route.kind for route in some]
    assert names[:2] == ["region", "Austin"]  # In the order of the batch: first its hub, then places by their ids.
    assert {"Waco", "Temple"} < set(names)  # The last and the shortest name; the longest.


def test_of_many_pages_a_thorough_look_takes_those_that_may_differ_most(tmp_path: Path) -> None:
    plan = plan_of(tmp_path)
    texas = next(batch for batch in plan.batches if batch.region and batch.region.code == "TX")
    hub, first, *_ = plan.routes(texas)
    assert first.place
    lengths = (5, 4, 6, 2, 5, 9, 5, 6, 7, 5)
    routes = [
        replace(first, path=f"/{number}/", place=replace(first.place, id=number, name="x" * length))
        for number, length in enumerate(lengths)
    ]
    some = [route.path for route in chosen([hub, *routes], JUDGE, is_thorough=True)]
    assert {hub.path, "/0/", "/3/", "/5/", "/9/"} <= {*some}
    assert len(some) <= 6  # One more is drawn by lot.
    setting = CheckConfig(rule="spacing", severity="stop", paths=["/4/"], reason="We mind.")
    named = Judge(SiteConfig.model_construct(checks=[setting]), Path())
    assert "/4/" in [route.path for route in chosen([hub, *routes], named, is_thorough=False)]
    assert [route.path for route in chosen([hub, *routes], JUDGE, is_thorough=False)] == ["/5/"]
