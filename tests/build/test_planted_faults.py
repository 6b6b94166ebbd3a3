"""Every rule that keeps pages back finds a fault that is planted on one page of many, before anything is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clinics import TABLES
from tests.many_places import COUNT, PLANTED, many, rows
from tests.sites import BODY, EN, ES, PLACES, build, change, errors, make_site, topic_text, tree

FACTS = "templates/partials/facts.html"
CELLS = {
    "escaped_markup": "the &lt;b&gt;best&lt;/b&gt; **one** of <b>all</b>",
    "mojibake": "la ClÃ­nica",
    "placeholder_leak": "a clinic in None",
    "secret_leak": "AKIAIOSFODNN7ABCDEFG",
}
"""What a cell says by which each of these rules finds a fault; the other rules find none in a plain text."""


def test_a_site_of_many_pages_without_a_fault_is_built(tmp_path: Path) -> None:
    assert build(many(tmp_path)).summary.total > COUNT


@pytest.mark.parametrize("name", CELLS)
def test_a_fault_in_one_cell_is_found_on_its_page(tmp_path: Path, name: str) -> None:
    note = "\n{% if place and place.note %}They say: {{ place.note }}.{% endif %}\n"
    table = f'id,clinics,note\n{PLANTED},3,"{CELLS[name]}"\n{PLANTED + 1},2,a quiet place\n{PLANTED - 1},1,another\n'
    off = [{"rule": rule, "severity": "off", "reason": "The page is to be judged, not the row."} for rule in
           ("cell_markup", "cell_garbled", "cell_placeholder", "cell_secret")]  # fmt: skip
    stop = [{"rule": name, "severity": "stop", "reason": "It is planted."}]
    site = make_site(
        tmp_path,
        {EN: topic_text(BODY + note), ES: None, PLACES: rows(), "content/tables/clinics.csv": table},
        tables=TABLES,
        checks=[*off, *stop],
    )
    (message,) = [message for message in errors(site) if message.startswith(name)]
    assert "(on /en-us/sciatica/texas/" in message
    assert "from content/tables/clinics.csv:2, column note" in message
    assert tree(site / "output" / "site") == {}


def test_a_fault_in_a_passage_of_one_page_is_found_there(tmp_path: Path) -> None:
    passage = f'\n{{% if place and place.id == {PLANTED} %}}{{{{ "TODO: " ~ place.name }}}}{{% endif %}}\n'
    (message,) = [m for m in errors(many(tmp_path, BODY + passage)) if m.startswith("placeholder_leak")]
    assert "(on /en-us/sciatica/texas/" in message
    assert tree(tmp_path / "output" / "site") == {}


def test_a_fault_of_the_template_on_one_page_is_found_there(tmp_path: Path) -> None:
    site = many(tmp_path)
    facts = (site / FACTS).read_text("utf-8")
    planted = f"{{% if place.id == {PLANTED} %}}<img src='/favicon.ico'>{{% endif %}}\n"
    change(site, {FACTS: facts.replace("{% if place %}\n", "{% if place %}\n" + planted, 1)})
    built = build(site)
    (message,) = [message for message in built.messages if message.startswith("image_alt")]
    assert "(on /en-us/sciatica/texas/" in message
    assert ("place", "en-US", COUNT - 1) in built.summary.pages
