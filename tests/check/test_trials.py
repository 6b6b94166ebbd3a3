"""Which columns change nothing on any page, whatever stands in them."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from generator.commands.check import CheckOptions, check_own
from generator.executors.inline import InlineExecutor
from tests.sites import BOARDS, EN, ES, NOW, build, make_site, topic_text

CLINICS = "content/tables/clinics.csv"
TABLE = {
    "file": "tables/clinics.csv", "attach": "place", "key": "id", "country": "US", "source": "Our own count",
    "date": datetime.date(2026, 1, 1), "columns": {"clinics": {"type": "integer"}},
}  # fmt: skip
ROWS = "id,clinics\n4739526,3\n4735966,7\n"


def told(folder: Path, body: str, rows: str = ROWS, gate: Any = None, columns: Any = None, **front: Any) -> list[str]:
    """What is said of a site of which the English texts read the column."""
    said = f"\n{{% if place %}}{body}{{% endif %}}\n"
    texts = {EN: topic_text(said, **front), ES: topic_text(slug="ciatica")}
    keys = {"tables": {"clinics": TABLE | ({"columns": columns} if columns else {})}} | ({"gate": gate} if gate else {})
    site = make_site(folder, {**texts, CLINICS: rows, BOARDS: None}, **keys)
    build(site)
    options = CheckOptions(site, site / "output", NOW, rules=("data_identical",))
    return [str(finding) for finding in check_own(options, InlineExecutor()).findings]


@pytest.mark.parametrize(
    "body",
    [
        "There are {{ place.clinics or 'no' }} clinics.",
        "{% if place.clinics and place.clinics > 3 %}There are several clinics.{% endif %}",
        "{% if place.clinics and place.clinics > 6 %}{{ place.clinics }}{% endif %}",
        "{% if place.population > 900000 %}There are {{ place.clinics or 'no' }} clinics.{% endif %}",
        "{% if place.region.code == 'LA' and place.population < 150000 %}{{ place.clinics or 'no' }}.{% endif %}",
        # Only where there is no row.
        "{% if place.clinics is none %}We know of no clinic.{% endif %}",
    ],
)
def test_a_column_that_changes_a_page_is_not_told(tmp_path: Path, body: str) -> None:
    assert told(tmp_path, body) == []


@pytest.mark.parametrize(
    "body",
    [
        "{% if not place.clinics or place.clinics < 9 %}There are few clinics.{% endif %}",
        "There are some{{ '' if place.clinics else '' }} clinics.",
    ],
)
def test_a_column_that_changes_no_page_is_told(tmp_path: Path, body: str) -> None:
    (said,) = told(tmp_path, body)
    assert said.startswith(f"{CLINICS}:1, column clinics: the column “clinics” has 3 different values, and pages say")


def test_a_column_of_one_value_is_not_told(tmp_path: Path) -> None:
    rows = "id,clinics\n" + "".join(f"{place},3\n" for place in (4330145, 4341513, 4671654, 4684888, 4735966, 4739526))
    assert told(tmp_path, "{% if place.clinics %}There are clinics.{% endif %}", rows) == []


def test_a_column_that_no_text_reads_is_left_to_another_rule(tmp_path: Path) -> None:
    assert told(tmp_path, "There are clinics.") == []


def test_a_column_that_only_a_title_shows_is_not_told(tmp_path: Path) -> None:
    title = "{% if place %}{{ place.clinics or 0 }} clinics in {{ place.name }}{% else %}Sciatica{% endif %}"
    assert told(tmp_path, "There are clinics.", title=[title]) == []


def test_a_column_that_only_the_gate_asks_for_is_not_told(tmp_path: Path) -> None:
    conditions = [{"where": "clinics > 5", "verdict": "noindex", "reason": "They have enough."}]
    gate = {"mode": "report", "conditions": conditions}
    assert told(tmp_path, "{% if place.clinics or not place.clinics %}We work here.{% endif %}", gate=gate) == []


def test_a_name_that_is_read_of_something_else_is_a_column_that_nothing_reads(tmp_path: Path) -> None:
    rows = ROWS.replace("clinics", "label")
    columns = {"label": {"type": "integer"}}
    assert told(tmp_path, "There are clinics.", rows, columns=columns) == []
    options = CheckOptions(tmp_path, tmp_path / "output", NOW, rules=("column_unread",))
    said = [str(finding) for finding in check_own(options, InlineExecutor()).findings]
    assert any("nothing reads the column “label”" in message for message in said)


def test_of_many_values_one_that_alone_matters_is_found(tmp_path: Path) -> None:
    ids = (4330145, 4341513, 4671654, 4684888, 4735966, 4739526)
    rows = "id,clinics\n" + "".join(f"{place},{number:02}-A\n" for number, place in enumerate(ids))
    body = "{% if place.clinics and place.clinics.startswith('03') %}There is one like no other.{% endif %}"
    assert told(tmp_path, body, rows, columns={"clinics": {}}) == []
