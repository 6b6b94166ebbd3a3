"""``docs/configuration.md`` says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.cli import cli
from generator.config import PlacesConfig, SiteConfig
from generator.load.cell_value import cell_value
from generator.load.override_row import COLUMNS, row_faults
from generator.load.places import LoadedPlaces
from generator.load.redirects import load_redirects
from generator.load.rows import Row
from generator.load.selection import select_places
from tests.docs.tables import ROOT, TABLE, refreshed

PAGE = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    """The page's text under a heading of level two."""
    return PAGE.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def handwritten_rows(text: str) -> list[list[str]]:
    """The cells of every row that is not in a generated table, without the tables' heads."""
    lines = [line for line in TABLE.sub("", text).splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_every_generated_table_is_what_the_code_says() -> None:
    assert refreshed(PAGE) == PAGE, "run: python -m tests.docs.refresh"


def test_every_key_of_the_configuration_has_its_place_once() -> None:
    names = [name for match in TABLE.finditer(PAGE) for name in re.findall(r"^settings (.*)", match["name"])]
    keys = [key.strip() for name in names for key in name.split(",")]
    assert sorted(keys) == sorted(SiteConfig.model_fields)


def test_every_verb_has_its_options_and_no_other_verb_is_named() -> None:
    verbs = [verb for match in TABLE.finditer(PAGE) for verb in re.findall(r"^options (.*)", match["name"])]
    assert sorted(verbs) == sorted(cli.commands)


def test_the_front_matter_and_the_columns_of_places_are_there() -> None:
    names = [match["name"] for match in TABLE.finditer(PAGE)]
    for name in ("front-matter", "place-columns", "condition-columns", "condition-functions"):
        assert names.count(name) == 1


def test_a_change_in_the_code_changes_the_page() -> None:
    broken = PAGE.replace("Name of the site, as readers know it.", "Something else.")
    assert refreshed(broken) == PAGE


def test_the_columns_of_the_overrides_are_those_that_the_loader_knows() -> None:
    rows = handwritten_rows(section("`content/places/overrides.csv`"))
    assert [row[0].strip("`") for row in rows if len(row) == 3] == [*COLUMNS, "name:TAG"]


def test_each_action_reads_the_columns_that_the_page_says() -> None:
    rows = handwritten_rows(section("`content/places/overrides.csv`"))
    actions = [row[0].strip("`") for row in rows if len(row) == 2]
    assert actions
    for column, readers, _ in (row for row in rows if len(row) == 3):
        name = column.strip("`").replace("TAG", "es-US")
        said = set(actions) if readers == "all" else set(re.findall("`(.*?)`", readers))
        found = {action for action in actions if name == "action" or _reads(action, name)}
        assert said == found, name


def _reads(action: str, column: str) -> bool:
    row = Row("overrides.csv", 2, {"action": action, column: "x"})
    return not any("does not read this cell" in fault.what for fault in row_faults(row))


def test_an_action_that_the_page_does_not_name_is_unknown() -> None:
    rows = handwritten_rows(section("`content/places/overrides.csv`"))
    said = sorted(row[0].strip("`") for row in rows if len(row) == 2)
    (fault,) = row_faults(Row("overrides.csv", 2, {"action": "zzz"}))
    assert fault.fix == f"Known: {', '.join(said)}."


def test_the_columns_of_a_list_are_those_that_the_loader_knows(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("name,region,zzzzzz\n", encoding="utf-8")
    _, findings = select_places(LoadedPlaces(), PlacesConfig(list="list.csv"), tmp_path, "content/site.yaml")
    rows = handwritten_rows(section("A list of places"))
    said = sorted(row[0].strip("`") for row in rows)
    assert [finding.fix for finding in findings] == [f"Known: {', '.join(said)}."]
    (tmp_path / "list.csv").write_text("", encoding="utf-8")
    _, findings = select_places(LoadedPlaces(), PlacesConfig(list="list.csv"), tmp_path, "content/site.yaml")
    required = ",".join(row[0].strip("`") for row in rows if row[1] == "yes")
    assert [finding.fix for finding in findings] == [f"Its first line should be: {required}."]


def test_the_columns_of_redirects_are_those_that_the_loader_knows(tmp_path: Path) -> None:
    (tmp_path / "redirects.csv").write_text("from,to,zzzzzz\n", encoding="utf-8")
    _, findings = load_redirects(tmp_path, "https://www.example.com")
    rows = handwritten_rows(section("`content/redirects.csv`"))
    said = sorted(row[0].strip("`") for row in rows)
    assert [finding.fix for finding in findings] == [f"Known: {', '.join(said)}."]
    (tmp_path / "redirects.csv").write_text("", encoding="utf-8")
    _, findings = load_redirects(tmp_path, "https://www.example.com")
    required = ",".join(row[0].strip("`") for row in rows if row[1] == "yes")
    assert [finding.fix for finding in findings] == [f"Its first line should be: {required}."]


@pytest.mark.parametrize("status", re.findall(r"`(3\d\d)`", section("`content/redirects.csv`")))
def test_each_status_of_a_redirect_on_the_page_is_accepted(status: str, tmp_path: Path) -> None:
    (tmp_path / "redirects.csv").write_text(f"from,to,status\n/old/,/new/,{status}\n", encoding="utf-8")
    (redirect,), findings = load_redirects(tmp_path, "https://www.example.com")
    assert (redirect.status, findings) == (int(status), [])


def test_the_types_of_table_columns_are_explained_with_cells_that_fit() -> None:
    rows = handwritten_rows(section("Tables"))
    allowed = re.search(r"`tables\.NAME\.columns\.COLUMN\.type` \| (.*?) \|", PAGE)
    assert allowed
    assert [row[0].strip("`") for row in rows] == re.findall("`(.*?)`", allowed[1])
    for kind, _, example in rows:
        cell_value(example.strip("`"), kind.strip("`"))
