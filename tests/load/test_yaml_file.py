import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.config import SiteConfig
from generator.load.yaml_file import parse_yaml, validate


def messages(text: str) -> list[str]:
    return [str(finding) for finding in parse_yaml(text, "content/site.yaml").findings]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"),
        ("yes", "yes"),
        ("true", True),
        ("12", 12),
        ("1_000", "1_000"),
        ("0x10", "0x10"),
        ("010", 10),
        ("1.5", 1.5),
        ("2026-08-01", datetime.date(2026, 8, 1)),
        ("'2026-08-01'", "2026-08-01"),
        ("12:30:00", "12:30:00"),
        ("", None),
    ],
)
def test_a_plain_word_means_what_it_says(text: str, value: object) -> None:
    assert parse_yaml(f"key: {text}", "x").data == {"key": value}


def test_a_key_that_stands_twice_is_named_with_both_lines() -> None:
    assert messages("a: 1\nb: 2\na: 3\n") == [
        'content/site.yaml:3: the key "a" stands twice. The first is on line 1. Keep one.'
    ]


def test_a_day_that_the_calendar_lacks_is_an_error() -> None:
    assert messages("a: 2026-02-30") == [
        "content/site.yaml:1: 2026-02-30 is no day of the calendar. Write year-month-day, like 2026-08-01."
    ]


def test_a_reference_is_refused_because_one_edit_would_change_two_values() -> None:
    assert "a reference (*name) is not allowed" in messages("a: &x 1\nb: *x\n")[0]


def test_a_tag_is_refused() -> None:
    assert "is not allowed" in messages("a: !!python/object:os.system ls")[0]
    assert "is not allowed" in messages("a: !custom ls")[0]


def test_an_open_quotation_mark_is_reported_with_the_line_where_it_begins() -> None:
    (message,) = messages('brand: Kaly\nname: "open\nurl: x\nother: "closed"\n')
    assert message.startswith("content/site.yaml:4: this is not valid YAML")
    assert "in what begins on line 1" in message


def test_a_tab_is_named_as_the_cause() -> None:
    assert messages("a:\n\tb: 1\n")[0].endswith("Indent with spaces, not tabs.")


def test_a_list_where_keys_belong_is_an_error() -> None:
    assert messages("- a\n- b\n") == [
        "content/site.yaml:1: there must be keys with values here. Write lines like “brand: Kaly”."
    ]


def test_lines_count_from_where_the_text_begins_in_its_file() -> None:
    assert parse_yaml("a: 1\nb: 2\n", "x.md", first_line=2).where(("b",)) == "x.md:3"


def test_an_unknown_key_deep_in_the_file_is_reported_at_its_line_with_the_nearest_one() -> None:
    text = "brand: K\nbase_url: https://k.example\nlocales: {}\nplaces:\n  wehre: x\n"
    _, findings = validate(SiteConfig, parse_yaml(text, "content/site.yaml"))
    assert 'content/site.yaml:5: unknown key "wehre". Did you mean "where"?' in map(str, findings)


def test_a_file_that_cannot_be_parsed_is_not_accused_of_missing_keys_too() -> None:
    document = parse_yaml("a: [", "x")
    assert len(document.findings) == 1
    assert validate(SiteConfig, document) == (None, ())


@given(st.text(max_size=200))
def test_no_text_at_all_makes_the_reader_fail(text: str) -> None:
    document = parse_yaml(text, "x")
    assert isinstance(document.data, dict)
