"""The outcome of a check can be read by people, by programs and by code hosts."""

from __future__ import annotations

import json
from typing import Any

from msgspec.structs import replace

from generator.check.formatters.formats import FORMATS
from generator.check.results import Collected, Outcome
from generator.config import CheckConfig
from generator.errors import Finding

FOUND = (
    Finding("/en-us/a/", "the page has no title", "Give it one.", "error", "title_missing"),
    Finding("/en-us/ü b/", "the title is empty", "Give it one.", "error", "title_missing"),
    Finding("content/topics/a/en-US.md:7", "no page links here", "Link to it.", "warning", "orphan"),
)


def outcome(*findings: Finding, settings: tuple[CheckConfig, ...] = ()) -> Outcome:
    collected = Collected(settings, lambda _: "")
    collected.add(findings)
    return collected.outcome("output/site", 1_234, 56)


def sarif(*findings: Finding) -> dict[str, Any]:
    (run,) = json.loads(FORMATS["sarif"]([outcome(*findings)]))["runs"]
    assert isinstance(run, dict)
    return run


def test_text_begins_with_what_was_checked_and_how_much_is_wrong() -> None:
    first = FORMATS["text"]([outcome(*FOUND)]).splitlines()[0]
    assert first == "output/site: 1,234 pages were checked, 56 of them word by word: 2 errors, 1 warning."
    assert FORMATS["text"]([outcome()]) == (
        "output/site: 1,234 pages were checked, 56 of them word by word: nothing is wrong.\n"
        "The others differ from one of these in values only, and those were searched for what rules forbid.\n"
    )
    assert "Something has changed since it was built" in FORMATS["text"]([replace(outcome(), is_outdated=True)])


def test_text_groups_findings_by_rule_the_worst_first() -> None:
    lines = FORMATS["text"]([outcome(*reversed(FOUND))]).splitlines()
    assert lines[3:] == [
        "error: The page has no title. (title_missing, 2)",
        "  /en-us/a/: the page has no title. Give it one.",
        "  /en-us/ü b/: the title is empty. Give it one.",
        "",
        "warning: No page that search engines may show links to this one. (orphan, 1)",
        "  content/topics/a/en-US.md:7: no page links here. Link to it.",
    ]


def test_text_shows_some_findings_of_a_rule_and_counts_the_others() -> None:
    many = [Finding(f"/{number}/", "no page links here", "Link to it.", "warning", "orphan") for number in range(2_000)]
    lines = FORMATS["text"]([outcome(*many)]).splitlines()
    assert lines[-1] == "  … and 1,995 more"


def test_what_would_steer_a_terminal_is_not_printed() -> None:
    hostile = Finding("/a\x1b[2J\r\n/", "the title is “\x1b]0;x\x07”", "Mend it.", "error", "title_missing")
    text = FORMATS["text"]([outcome(hostile)])
    assert not any(mark in text for mark in "\x1b\x07\r")
    assert text.count("\n") == 5


def test_text_repeats_what_was_decided() -> None:
    setting = CheckConfig(rule="orphan", severity="off", reason="It is linked by hand.")
    lines = FORMATS["text"]([outcome(*FOUND, settings=(setting,))]).splitlines()
    assert lines[-1] == "  orphan is “off” here, for 1: It is linked by hand."


def test_json_has_every_finding_and_what_the_rules_mean() -> None:
    report = json.loads(FORMATS["json"]([outcome(*FOUND), outcome()]))
    first, second = report["trees"]
    assert [finding["where"] for finding in first["findings"]] == [finding.where for finding in FOUND]
    assert first["counts"] == [
        {"rule": "orphan", "severity": "warning", "count": 1},
        {"rule": "title_missing", "severity": "error", "count": 2},
    ]
    assert second["findings"] == []
    assert set(report["rules"]) == {"orphan", "title_missing"}
    assert report["rules"]["orphan"]["evidence"]["kind"] == "documented"


def test_sarif_names_the_file_of_a_page_and_the_line_of_a_text() -> None:
    locations = [result["locations"][0]["physicalLocation"] for result in sarif(*FOUND)["results"]]
    assert locations == [
        {"artifactLocation": {"uri": "en-us/a/index.html", "uriBaseId": "TREE"}},
        {"artifactLocation": {"uri": "en-us/%C3%BC%20b/index.html", "uriBaseId": "TREE"}},
        {"artifactLocation": {"uri": "content/topics/a/en-US.md"}, "region": {"startLine": 7}},
    ]


def test_every_result_of_sarif_points_to_its_rule() -> None:
    run = sarif(*FOUND)
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert [result["level"] for result in run["results"]] == ["error", "error", "warning"]


def test_sarif_says_how_many_findings_it_leaves_out() -> None:
    many = [Finding(f"/{number}/", "no page links here", "Link.", "info", "orphan") for number in range(1_500)]
    run = sarif(*many)
    assert len(run["results"]) == 1_000
    assert run["properties"]["left out"] == [{"rule": "orphan", "severity": "info", "count": 500}]
