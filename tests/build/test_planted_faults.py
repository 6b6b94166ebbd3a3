"""Every rule that keeps something from being published finds a fault that is planted on one page of many.

It finds it before anything is written.
"""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

from generator.check.registry import all_rules
from generator.errors import SiteError, told_of
from generator.load.rule_settings import STOPPING
from tests.build.planted import FACTS, HERE, NEVER, PLANTED_FAULTS, Plant
from tests.many_places import COUNT, PLANTED, TEXAS, many, rows
from tests.sites import BOARDS, EN, ES, NOW, PLACES, SITE, build, change, errors, make_site, site_text, topic_text, tree


def plant(folder: Path, rule: str, fault: Plant) -> Path:
    """A site of many pages with that fault, in which the rule stops a build."""
    spanish = topic_text(slug="ciatica") if fault.is_bilingual else None
    stop = {"rule": rule, "severity": "stop", "reason": "It is planted."}
    keys = dict(fault.keys)
    checks = [*keys.pop("checks", ()), stop]
    site = make_site(
        folder, {EN: topic_text(), ES: spanish, PLACES: rows(), BOARDS: TEXAS, **fault.files}, checks=checks, **keys
    )
    for file, (old, new) in fault.edits.items():
        text = (site / file).read_text("utf-8")
        assert old in text
        change(site, {file: text.replace(old, new, 1)})
    return site


def test_a_site_of_many_pages_without_a_fault_is_built(tmp_path: Path) -> None:
    built = build(many(tmp_path))
    assert built.summary.total > COUNT
    assert not built.summary.has_errors


def test_every_rule_that_keeps_something_back_is_planted_or_says_why_it_cannot_be() -> None:
    stopping = {rule.id for rule in all_rules().values() if rule.severity in STOPPING}
    assert stopping == {*PLANTED_FAULTS, *NEVER}
    assert len(stopping) == len(PLANTED_FAULTS) + len(NEVER)


@pytest.mark.parametrize("rule", PLANTED_FAULTS)
def test_a_fault_on_one_page_is_found_before_anything_is_written(tmp_path: Path, rule: str) -> None:
    fault = PLANTED_FAULTS[rule]
    site = plant(tmp_path, rule, fault)
    with pytest.raises(SiteError) as caught:
        build(site)
    told = [told_of(finding) for finding in caught.value.findings]
    told = [message for message in told if re.search(rf"\b{rule}\b", message) and fault.page in message]
    assert told
    # The file, if not the line or the cell, in which somebody can mend it.
    assert all(re.search(r"content/|templates/|^/robots\.txt", message) for message in told)
    assert tree(site / "output" / "site") == {}


def test_dates_of_authors_on_all_pages_are_told_of(tmp_path: Path) -> None:
    site = many(tmp_path)
    build(site, is_first=True)
    later = NOW + datetime.timedelta(days=3)
    change(site, {EN: topic_text(updated=later)})
    built = build(site, now=later)
    assert any("pages are dated" in message and "(lastmod_bulk)" in message for message in built.messages)
    assert built.summary.has_errors
    stop = [{"rule": "lastmod_bulk", "severity": "stop", "reason": "We mind."}]
    before = tree(site / "output" / "site")
    change(site, {SITE: site_text(checks=stop), EN: topic_text(updated=later, summary="New.")})
    assert any("(lastmod_bulk)" in message for message in errors(site))
    assert tree(site / "output" / "site") == before


def test_a_fault_of_the_template_on_one_page_leaves_the_others(tmp_path: Path) -> None:
    site = many(tmp_path)
    facts = (site / FACTS).read_text("utf-8")
    planted = f"{{% if place.id == {PLANTED} %}}<img src='/favicon.ico'>{{% endif %}}\n"
    change(site, {FACTS: facts.replace("{% if place %}\n", "{% if place %}\n" + planted, 1)})
    built = build(site)
    (message,) = [message for message in built.messages if "(image_alt" in message]
    assert message.startswith(HERE)
    assert ("place", "en-US", COUNT - 1) in built.summary.pages
