"""A site says which rules matter to it, and the check says what that changed."""

from __future__ import annotations

import inspect
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.check.registry import all_rules, rule_modules
from generator.check.results import KEPT, Collected, Outcome
from generator.config import CheckConfig
from generator.errors import ConfigurationError, Finding
from generator.load.rule_settings import FIXED, STOPPING, apply_settings
from tests.check.example_site import make_example_site
from tests.sites import SITE, build, change, line_of, site_text

ORPHANS = "UPDATE pages SET links = '' WHERE path != '/'"


def orphaned(folder: Path, *checks: dict[str, object]) -> Outcome:
    """What ``orphan`` finds where only the home pages are linked, decided by ``checks``."""
    site = make_example_site(folder)
    change(folder, {SITE: site_text(checks=list(checks))})
    return site.check("orphan", after=ORPHANS)


def test_a_rule_can_be_switched_off_with_a_reason_that_is_repeated(tmp_path: Path) -> None:
    outcome = orphaned(tmp_path, {"rule": "orphan", "severity": "off", "reason": "Links come with the next release."})
    assert outcome.findings == ()
    (applied,) = outcome.applied
    assert (applied.rule, applied.severity, applied.reason) == ("orphan", "off", "Links come with the next release.")
    assert applied.count > 10
    assert not outcome.has_errors


def test_a_setting_holds_for_the_paths_and_topics_that_it_names(tmp_path: Path) -> None:
    outcome = orphaned(
        tmp_path,
        {"rule": "orphan", "severity": "warning", "paths": ["/es-us/*"], "reason": "New."},
        {"rule": "orphan", "severity": "info", "topics": ["sciatica"], "paths": ["/en-us/*"], "reason": "Old."},
    )
    by_path = {finding.where: finding.severity for finding in outcome.findings}
    assert {by_path[path] for path in by_path if path.startswith("/es-us/")} == {"warning"}
    assert {by_path[path] for path in by_path if path.startswith("/en-us/")} == {"info"}


def test_of_several_settings_the_last_holds(tmp_path: Path) -> None:
    outcome = orphaned(
        tmp_path,
        {"rule": "orphan", "severity": "off", "reason": "First."},
        {"rule": "orphan", "severity": "stop", "paths": ["/en-us/*"], "reason": "Then."},
    )
    assert {finding.severity for finding in outcome.findings} == {"stop"}
    assert {applied.reason for applied in outcome.applied} == {"First.", "Then."}


def test_a_setting_about_an_unknown_rule_is_told_with_its_line_by_builds_and_checks(tmp_path: Path) -> None:
    site = make_example_site(tmp_path)
    text = site_text(checks=[{"rule": "orfan", "severity": "off", "reason": "So."}])
    change(tmp_path, {SITE: text})
    said = f'{SITE}:{line_of(text, "checks:")}: there is no rule "orfan". Did you mean "orphan"?'
    for attempt in (site.check, partial(build, tmp_path)):
        with pytest.raises(ConfigurationError) as caught:
            attempt()
        assert str(caught.value) == said


def test_the_rules_that_nobody_can_lower_are_told_by_whoever_reads_or_plans_the_site() -> None:
    told = {
        name
        for name, module in rule_modules().items()
        if f'.told("{name}")' in inspect.getsource(module) and all_rules()[name].severity in STOPPING
    }
    assert told == FIXED


def test_nobody_can_decide_that_a_row_need_not_be_readable(tmp_path: Path) -> None:
    site = make_example_site(tmp_path)
    text = site_text(checks=[{"rule": "cell_type", "severity": "warning", "reason": "So."}])
    change(tmp_path, {SITE: text})
    with pytest.raises(ConfigurationError) as caught:
        site.check()
    assert "cannot matter less than an error: with such a fault no page can be made" in str(caught.value)
    change(tmp_path, {SITE: site_text(checks=[{"rule": "cell_type", "severity": "stop", "reason": "So."}])})
    site.check()


@pytest.mark.parametrize(
    "path", ["content/data.csv", "content/data.csv:2", "content/*", "content/data.csv:2, column name"]
)
def test_a_setting_may_name_a_file_a_row_or_a_cell(path: str) -> None:
    setting = CheckConfig(rule="cell_placeholder", severity="off", paths=[path], reason="It is called that.")
    found = Finding("content/data.csv:2, column name", "wrong", "Mend it.", "error", "cell_placeholder")
    assert apply_settings(found, [setting], lambda _: "") == (None, 0)
    other = replace(found, where="content/data.csv:21, column name")
    assert (apply_settings(other, [setting], lambda _: "")[0] is None) == (":2" not in path)


def test_of_very_many_findings_the_first_are_kept_and_all_are_counted() -> None:
    collected = Collected((), lambda _: "")
    found = [Finding(f"/{number:06}/", "wrong", "Mend it.", "warning", "orphan") for number in range(5 * KEPT)]
    collected.add(reversed(found))
    outcome = collected.outcome("tree", len(found), len(found))
    assert outcome.findings == tuple(found[:KEPT])
    assert outcome.count("warning") == 5 * KEPT
