"""``docs/templates.md`` says what templates and texts may read, and its examples work."""

from __future__ import annotations

import datetime
import re

import pytest

from generator.load.article import ANSWER_TAGS, divide_article
from generator.load.markdown import read_markdown
from generator.model import Locale
from generator.templating.contract import CONTENT_NAMES, FILTERS, TEMPLATE_NAMES
from generator.templating.environment import PAGE_TEMPLATES
from generator.templating.filters import locale_filters
from generator.templating.sandbox import check_source
from tests.docs.tables import ANCHORS, ROOT, TABLE, meanings, refreshed, title_of, views

PAGE = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```markdown\n(.*?)```", PAGE, re.DOTALL)
REFUSED = PAGE.split("### What is refused\n", 1)[1].split("\n## ", 1)[0]
COLUMNS = {"RegionView": frozenset({"medical_board"}), "PlaceView": frozenset[str]()}


def test_every_table_of_fields_is_what_the_contract_says() -> None:
    assert refreshed(PAGE) == PAGE, "run: python -m tests.docs.refresh, then fill in what new fields mean"


def test_every_record_of_the_contract_has_a_table_and_nothing_else_has() -> None:
    names = [match["name"].removeprefix("fields ") for match in TABLE.finditer(PAGE)]
    assert sorted(names) == sorted(views())


def test_every_field_has_a_meaning() -> None:
    for match in TABLE.finditer(PAGE):
        written = meanings(match["body"])
        assert written
        assert [field for field, meaning in written.items() if not meaning] == [], match["name"]


def test_every_table_stands_under_the_name_that_links_lead_to() -> None:
    for name, view in views().items():
        heading = PAGE.split(f"<!-- table: fields {name} -->")[0].rpartition("\n### ")[2].split("\n")[0]
        anchor = re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-")
        assert anchor == ANCHORS.get(view, title_of(view).lower().replace(" ", "-"))


def test_the_five_names_are_listed_for_texts_and_for_templates() -> None:
    rows = re.findall(r"^\| (`\w+`(?:, `\w+`)*) \| .*\|$", PAGE.split("## Writing an article")[0], re.MULTILINE)
    names = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    assert sorted(names) == sorted(TEMPLATE_NAMES) == sorted(CONTENT_NAMES)


def test_the_filters_are_listed_with_what_they_print() -> None:
    section = PAGE.split("\n## Filters\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| .*?: `(.*?)` \| (.*?) \| (.*?) \|$", section, re.MULTILINE)
    assert [row[0] for row in rows] == list(FILTERS)
    for name, value, *printed in rows:
        given = datetime.date.fromisoformat(value) if name == "date" else int(value) if value.isdecimal() else value
        for tag, shown in zip(("en-US", "es-US"), printed, strict=True):
            locale = Locale(tag, tag.replace("-", "_"), "", "ltr", "us", frozenset({"US"}))
            assert locale_filters(locale)[name](given) == shown


def test_the_tags_of_answers_are_listed() -> None:
    listed = re.search(r"Answers keep these tags.*?: (.*?)\. Of", PAGE, re.DOTALL)
    assert listed
    assert set(re.findall("`(.*?)`", listed[1])) == ANSWER_TAGS


def test_the_templates_of_pages_are_listed() -> None:
    assert tuple(re.findall(r"^\| `templates/(.*?)` \|", PAGE, re.MULTILINE)) == PAGE_TEMPLATES


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_example_is_an_article_without_a_fault(example: str) -> None:
    assert list(check_source(example, "en-US.md", 1, COLUMNS)) == []
    division = divide_article(read_markdown(example), "en-US.md", 1)
    assert division.findings == ()
    assert division.sections


def test_the_examples_hold_the_questions_that_the_page_speaks_of() -> None:
    asked = [
        (question.name.text, question.in_faq, bool(question.when.text))
        for example in EXAMPLES
        for question in divide_article(read_markdown(example), "en-US.md", 1).questions
    ]
    assert asked == [
        ("Does it hurt?", True, False),
        ("How long does it take?", False, False),
        ("Does it hurt?", True, False),
        ("What is different in {{ place.region.name }}?", True, True),
    ]


@pytest.mark.parametrize(("text", "message"), re.findall(r"^\| `(\{.*?)` \| (.*) \|$", REFUSED, re.MULTILINE))
def test_each_text_that_is_refused_is_refused_in_these_words(text: str, message: str) -> None:
    (finding,) = check_source(text.replace("\\|", "|"), "en-US.md", 1, {})
    assert str(finding) == message.replace("\\|", "|")


def test_texts_that_are_refused_are_listed() -> None:
    assert REFUSED.count("\n| `") >= 5
