"""What no rule lets pass stops the build: nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import SiteError
from generator.executors.executor import Executor
from generator.executors.inline import InlineExecutor
from generator.executors.processes import ProcessesExecutor
from tests.build.judged_sites import BODY, LENIENT, NOTED, NOTES, ROWS, noted, site_of
from tests.clinics import TABLES
from tests.sites import (
    BOARDS,
    EN,
    ES,
    SITE,
    WACO,
    build,
    change,
    errors,
    frozen,
    publish,
    site_text,
    topic_text,
    tree,
)


def test_a_fault_of_a_text_stops_the_build_before_anything_is_written(tmp_path: Path) -> None:
    said = errors(site_of(tmp_path, BODY + "\nAsk {% raw %}{{ place.name }}{% endraw %}.\n"))
    assert ": “{{ place.name }}” stands in its text: “Ask {{ place.name }}.”" in said[0]
    assert said[0].startswith("/en-us/sciatica/")
    assert "(placeholder_leak; on " in said[0]
    assert said[0].endswith(
        "Fill in the value, or leave the sentence out. Other pages have it, too: mend the article, the template or the"
        " rows from which it comes. Nothing was written."
    )


def test_a_fault_of_a_template_stops_the_build_and_leaves_what_is_published(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    publish(site)
    before = tree(site / "output")
    base = site / "templates" / "base.html"
    base.write_text(base.read_text("utf-8").replace("<!doctype html>", ""), "utf-8")
    assert any("(doctype_missing; on " in message for message in errors(site))
    assert tree(site / "output") == before


@pytest.mark.parametrize("executor", [InlineExecutor(), ProcessesExecutor(2)])
def test_a_rule_that_stops_leaves_every_page_as_it_was_though_only_one_cell_is_faulty(
    tmp_path: Path, executor: Executor
) -> None:
    site = site_of(tmp_path)
    publish(site)
    before = tree(site / "output" / "site"), frozen(site)
    change(site, {BOARDS: ROWS.replace("Texas Board", "Texas Board in None").replace("Louisiana Board", "Other Board")})
    with pytest.raises(SiteError) as caught:
        build(site, executor=executor)
    assert {finding.severity for finding in caught.value.findings} == {"stop"}
    *_, last = map(str, caught.value.findings)
    assert "/texas/" in last.partition(": ")[0]
    assert ": “None” stands in its text: “Ask the Texas Board in None, in " in last
    assert "from content/tables/boards.csv:3, column board (placeholder_leak; on 2 pages, such as " in last
    assert last.endswith(
        "Nothing was written, since placeholder_leak stops the build. To publish the other pages meanwhile, make it an"
        " error under checks in content/site.yaml: then only such pages stay as they were."
    )
    assert (tree(site / "output" / "site"), frozen(site)) == before
    change(site, {SITE: site_text(checks=LENIENT)})
    built = build(site, executor=executor)
    assert "Ask the Other Board, in Shreveport." in built.text("/en-us/sciatica/louisiana/shreveport/")
    assert "Ask the Texas Board, in Waco." in built.page(WACO).get_text()


def test_a_first_build_that_a_rule_stops_writes_no_page_at_all(tmp_path: Path) -> None:
    site = noted(tmp_path, "a clinic in None")
    assert any("Nothing was written" in message for message in errors(site))
    assert tree(site / "output" / "site") == {}
    change(site, {"content/tables/clinics.csv": NOTES.format("a quiet place")})
    assert not build(site).summary.has_errors


def test_a_page_that_was_left_out_stops_the_build_once_the_site_says_that_its_rule_does(tmp_path: Path) -> None:
    site = noted(tmp_path, "a clinic in None", checks=LENIENT)
    publish(site)
    before = tree(site / "output" / "site")
    change(site, {SITE: site_text(tables=TABLES), EN: topic_text(NOTED + "\nNew words.\n")})
    assert any("Nothing was written" in message for message in errors(site))
    assert tree(site / "output" / "site") == before


def test_of_many_pages_that_one_rule_stops_some_are_told(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    publish(site)
    new = topic_text(BODY + "\nNew words.\n")
    change(site, {BOARDS: ROWS.replace("Texas Board", "Texas Board in None"), EN: new, ES: None})
    said = errors(site)
    # Austin, Dallas, Temple and Waco each have their own text.
    assert len(said) == 3
    assert sum("Nothing was written" in message for message in said) == 1


def test_several_faults_of_a_page_are_told_with_the_worst_first(tmp_path: Path) -> None:
    site = site_of(tmp_path, BODY + "\nAsk {% raw %}{{ place.name }}{% endraw %} Ã©.\n")
    with pytest.raises(SiteError) as caught:
        build(site)
    assert "(placeholder_leak, besides mojibake" in caught.value.findings[0].what
