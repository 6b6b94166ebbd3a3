"""A site says which rules matter to it, and the check says what that changed."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from generator.check.examples import Statement
from generator.check.outcome import KEPT, Collected, Outcome
from generator.errors import ConfigurationError, Finding
from tests.check.example_site import ExampleSite, make_example_site
from tests.sites import SITE, change, line_of, site_text

ORPHANS = "UPDATE pages SET links = '' WHERE path != '/'"


def orphaned(folder: Path, *checks: dict[str, object]) -> Outcome:
    """What ``orphan`` finds where only the home pages are linked, decided by ``checks``."""
    site = make_example_site(folder)
    site.apply(Statement(ORPHANS))
    change(folder, {SITE: site_text(checks=list(checks))})
    return site.check("orphan")


def test_a_rule_can_be_switched_off_with_a_reason_that_is_repeated(tmp_path: Path) -> None:
    outcome = orphaned(tmp_path, {"rule": "orphan", "severity": "off", "reason": "Links come with the next release."})
    assert outcome.findings == ()
    (decided,) = outcome.decided
    assert (decided.rule, decided.severity, decided.reason) == ("orphan", "off", "Links come with the next release.")
    assert decided.count > 10
    assert not outcome.has_errors


def test_a_decision_holds_for_the_paths_and_topics_that_it_names(tmp_path: Path) -> None:
    outcome = orphaned(
        tmp_path,
        {"rule": "orphan", "severity": "warning", "paths": ["/es-us/*"], "reason": "New."},
        {"rule": "orphan", "severity": "info", "topics": ["sciatica"], "paths": ["/en-us/*"], "reason": "Old."},
    )
    by_path = {finding.where: finding.severity for finding in outcome.findings}
    assert {by_path[path] for path in by_path if path.startswith("/es-us/")} == {"warning"}
    assert {by_path[path] for path in by_path if path.startswith("/en-us/")} == {"info"}


def test_of_several_decisions_the_last_holds(tmp_path: Path) -> None:
    outcome = orphaned(
        tmp_path,
        {"rule": "orphan", "severity": "off", "reason": "First."},
        {"rule": "orphan", "severity": "stop", "paths": ["/en-us/*"], "reason": "Then."},
    )
    assert {finding.severity for finding in outcome.findings} == {"stop"}
    assert {decided.reason for decided in outcome.decided} == {"First.", "Then."}


def test_a_decision_about_an_unknown_rule_is_told_with_its_line(example_site: ExampleSite, tmp_path: Path) -> None:
    text = site_text(checks=[{"rule": "orfan", "severity": "off", "reason": "So."}])
    change(tmp_path, {SITE: text})
    site = dataclasses.replace(example_site, folder=tmp_path)
    with pytest.raises(ConfigurationError) as caught:
        site.check()
    line = line_of(text, "checks:")
    assert str(caught.value) == f'{SITE}:{line}: there is no rule "orfan". Did you mean "orphan"?'


def test_of_very_many_findings_the_first_are_kept_and_all_are_counted() -> None:
    collected = Collected((), lambda _: "")
    found = [Finding(f"/{number:06}/", "wrong", "Mend it.", "warning", "orphan") for number in range(5 * KEPT)]
    collected.add(reversed(found))
    outcome = collected.outcome("tree", len(found), len(found))
    assert outcome.findings == tuple(found[:KEPT])
    assert outcome.count("warning") == 5 * KEPT
