"""Every rule finds what its BAD examples break, and nothing in the site as it is or in its GOOD examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.check.examples import Example
from generator.check.registry import all_rules, rule_modules
from tests.check.example_site import ExampleSite

RULES = sorted(all_rules())


def _examples(kind: str) -> list[tuple[str, Example]]:
    modules = rule_modules()
    return [(name, example) for name in RULES for example in getattr(modules[name], kind)]


def _ids(pairs: list[tuple[str, Example]]) -> list[str]:
    return [f"{name}-{number}" for number, (name, _) in enumerate(pairs)]


def test_no_rule_finds_anything_in_the_site_that_the_examples_change(example_site: ExampleSite) -> None:
    assert [str(finding) for finding in example_site.check().findings] == []


@pytest.mark.parametrize("name", RULES)
def test_every_rule_has_examples_of_both_kinds_and_says_why_it_is_right(name: str) -> None:
    module, rule = rule_modules()[name], all_rules()[name]
    assert module.GOOD
    assert module.BAD
    assert rule.id == name
    assert len(rule.summary) < 100
    assert rule.summary.endswith(".")
    assert len(rule.documentation.split("\n\n")) > 1
    assert (rule.evidence.kind == "documented") == bool(rule.evidence.address and rule.evidence.seen)


@pytest.mark.parametrize(("name", "example"), _examples("GOOD"), ids=_ids(_examples("GOOD")))
def test_a_good_example_is_not_complained_about(
    name: str, example: Example, example_site: ExampleSite, tmp_path: Path
) -> None:
    found = example_site.check_example(name, example, tmp_path / "copy")
    assert [str(finding) for finding in found] == []


@pytest.mark.parametrize(("name", "example"), _examples("BAD"), ids=_ids(_examples("BAD")))
def test_a_bad_example_is_found(name: str, example: Example, example_site: ExampleSite, tmp_path: Path) -> None:
    found = example_site.check_example(name, example, tmp_path / "copy")
    assert {finding.rule for finding in found} == {name}
    assert all(finding.what and finding.fix for finding in found)
