import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from generator.config import SiteConfig
from generator.load.front_matter import FrontMatter
from generator.load.key_faults import validate
from generator.load.yaml_file import parse_yaml


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
    assert "a reference (&name or *name) is not allowed" in messages("a: &x 1\nb: *x\n")[0]


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


SITE = """\
brand: K
base_url: https://k.example
locales:
  en-US:
    countries: [US]
    home: {title: [a], description: [a], heading: a, summary: a}
"""
TOPIC = """\
slug: a
short_name: a
nav_label: a
schema_type: Drug
about_name: a
title: [a]
description: [a]
h1: a
summary: a
region_page: {title: [a], description: [a], h1: a, summary: a}
call_to_action: {label: a, url: 'https://a.example/', text: a}
"""


def said(model: type[BaseModel], text: str) -> list[str]:
    document = parse_yaml(text, "x")
    return [str(finding) for finding in (*document.findings, *validate(model, document)[1])]


def said_of_topic(key: str, value: str) -> list[str]:
    """What is said of a topic with this value, which stands on line 12."""
    kept = [line for line in TOPIC.splitlines() if not line.startswith(f"{key}:")]
    blank = [""] * (11 - len(kept))
    return [
        message.removeprefix("x:12: ") for message in said(FrontMatter, "\n".join([*kept, *blank, f"{key}:{value}"]))
    ]


LIST = 'it must be a list. Write each item on its own line, beginning with "- ".'
DAY = "it must be a day. Write year-month-day, like 2026-11-05."
TYPES = (
    "it must be one of: MedicalTherapy, MedicalProcedure, MedicalCondition, MedicalTest, MedicalSignOrSymptom, "
    "TherapeuticProcedure, DiagnosticProcedure, SurgicalProcedure, PhysicalTherapy, Drug, Service, Thing."
)


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("reviewer", " Dr X", "\"reviewer\" is 'Dr X': it must be a group of keys. "
         "Write each of them on its own indented line below it, like “  name: …”."),
        ("title", " One title", f"\"title\" is 'One title': {LIST}"),
        ("title", " []", '"title" is empty: it must not be empty. '
         'Add an item on a line of its own, beginning with "- ".'),
        ("updated", " 11/05/2026", f"\"updated\" is '11/05/2026': {DAY}"),
        ("updated", " 2026", f'"updated" is 2026: {DAY}'),
        ("slug", " Knee Injections", "\"slug\" is 'Knee Injections': "
         "it must hold small letters, digits and single hyphens only. Write it like knee-injections."),
        ("slug", f" {'a' * 81}", f"\"slug\" is '{'a' * 60}…': it has 81 characters, more than 80. Shorten it."),
        ("h1", " 2026-11-05", '"h1" is 2026-11-05: it must be text. Put it in quotation marks: "2026-11-05".'),
        ("h1", " 12", '"h1" is 12: it must be text. Put it in quotation marks: "12".'),
        ("h1", " true", '"h1" is true: it must be text. Put it in quotation marks: "true".'),
        ("h1", "", '"h1" is empty: it must be text. Write it after the colon, in quotation marks: "…".'),
        ("h1", " ' '", "\"h1\" is ' ': it must not be empty. Write it after the colon, in quotation marks: \"…\"."),
        ("h1", " [x]", '"h1" is a list: it must be text. Write one text after the colon, in quotation marks: "…".'),
        ("h1", " {{ place.name }}",
         'the value begins with "{{" and stands without quotation marks. Put quotation marks around it: "…".'),
        ("schema_type", " MedicalTerapy",
         f"\"schema_type\" is 'MedicalTerapy': {TYPES} Did you mean \"MedicalTherapy\"?"),
        ("schema_type", " zzz", f"\"schema_type\" is 'zzz': {TYPES} Write one of these."),
        ("translation", " done",
         "\"translation\" is 'done': it must be one of: pending review, reviewed. Write one of these."),
        ("image", " {file: a b.gif, alt: x}", "\"image.file\" is 'a b.gif': "
         "it must be the name of a picture that stands beside the topic. "
         "Use letters, digits, dots, hyphens and _, and end it in .jpg, .jpeg, .png or .webp."),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_kind_is_told_with_what_to_write(key: str, value: str, message: str) -> None:
    assert said_of_topic(key, value) == [message]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("places:\n  limit: 1,000", "8: \"places.limit\" is '1,000': it must be a whole number. "
         "Write digits only: 1000."),
        ("places:\n  limit: few", "8: \"places.limit\" is 'few': it must be a whole number. "
         "Write digits only, like 1000."),
        ("places:\n  limit: 1.5", '8: "places.limit" is 1.5: it must be a whole number. Write digits only, like 1000.'),
        ("places:\n  limit: 0", '8: "places.limit" is 0: it must be 1 or more. Write digits only, like 1000.'),
        ("build:\n  max_removed_share: 20%", "8: \"build.max_removed_share\" is '20%': it must be a number. "
         "Write a share of the whole, like 0.2 for a fifth."),
        ("build:\n  max_removed_share: 20", '8: "build.max_removed_share" is 20: it must be 1 or less. '
         "Write a share of the whole, like 0.2 for a fifth."),
        ("head:\n  theme_color: red", "8: \"head.theme_color\" is 'red': it must be a colour. "
         'Write # and six digits or letters from a to f, in quotation marks, like "#0b5f5a".'),
        ("robots:\n  disallow_agents: [a b]", "8: \"robots.disallow_agents.0\" is 'a b': "
         "it must be the name of a crawler. Use letters, digits, dots, hyphens and _ only, like GPTBot."),
        ("analytics:\n  script: https://a.example/\n  attributes:\n    Domain: x",
         '10: the name "Domain" cannot stand in "analytics.attributes": it must begin with data-, and hold small '
         "letters, digits and hyphens only. Write it like data-domain."),
        ("hsts:\n  preload: maybe", "8: \"hsts.preload\" is 'maybe': it must be yes or no. "
         "Write true or false, without quotation marks."),
        ("tables: x", "7: \"tables\" is 'x': it must be a group of keys. "
         "Write each of them on its own indented line below it."),
        ("tables:\n  t: x", "8: \"tables.t\" is 'x': it must be a group of keys. "
         "Write each of them on its own indented line below it, like “  file: …”."),
    ],
)  # fmt: skip
def test_a_setting_of_the_wrong_kind_is_told_with_what_to_write(text: str, message: str) -> None:
    assert said(SiteConfig, SITE + text) == [f"x:{message}"]


def test_an_unknown_key_in_an_item_or_under_a_free_name_is_told_with_the_nearest_one() -> None:
    assert said_of_topic("sources", " [{title: a, ulr: b}]") == ['unknown key "ulr". Did you mean "url"?']
    assert said(SiteConfig, SITE.replace("countries", "disclaimr: x\n    countries")) == [
        'x:5: unknown key "disclaimr". Did you mean "disclaimer"?'
    ]


APOSTROPHE = "Write an apostrophe inside '…' twice, like Kaly''s, or put the whole value in \"…\"."
QUOTATION = 'Write a quotation mark inside "…" as \\", or put the whole value in \'…\'.'


@pytest.mark.parametrize(
    ("text", "line", "cure"),
    [
        ("summary: 'Kaly's guide'", 1, APOSTROPHE),
        ("a: 1\nlist:\n  - 'Kaly's guide'\nb: 'x'", 3, APOSTROPHE),
        ('h1: "a "b" c"', 1, QUOTATION),
        ('a: "c:\\dir"', 1, "Write each backslash twice: \\\\."),
        ("a: 1\nb: 'open\nc: 'closed'", 3, "On line 2: Close the quotation mark ' at the end of the text."),
        ('a: 1\nb: "open\nc: x', 4, 'On line 2: Close the quotation mark " at the end of the text.'),
        ("h1: [a\nb: c", 2, "On line 1: Close the bracket [, or put quotation marks around the value if it is a text."),
        ("a: - b", 1, 'Write each item of a list on its own line below the key, beginning with "- ".'),
        ("a: 1\nb\nc: 2", 3,
         'Write a colon and a space after a key, like "brand: Kaly", and indent what continues a value.'),
        ("a: 1\n---\nb: 1", 2, "Remove the line ---."),
    ],
)  # fmt: skip
def test_broken_syntax_is_told_with_the_cure_for_its_line(text: str, line: int, cure: str) -> None:
    (message,) = messages(text + "\n")
    assert message.startswith(f"content/site.yaml:{line}: this is not valid YAML: ")
    assert message.endswith(f". {cure}")


@pytest.mark.parametrize(
    "value",
    ["{{ place.name }} doctors", "{% if place %}x", "[x] y", "@x", "`x", "%x", "& y", "&x y", "*x", "* y", "|x", ",x"],
)
def test_a_sign_at_the_beginning_of_a_value_is_told_to_stand_in_quotation_marks(value: str) -> None:
    (message,) = messages(f"a: 1\nh1: {value}\n")
    assert message.startswith("content/site.yaml:2: this is not valid YAML: ")
    assert message.endswith(f'. Put quotation marks around the value, because it begins with {value[0]}: "…".')


def test_typographic_quotation_marks_are_text() -> None:
    assert parse_yaml("a: “x”", "x").data == {"a": "“x”"}


def test_brackets_without_end_are_a_finding_and_not_the_end_of_the_process() -> None:
    (message,) = messages("a: " + "[" * 100_000)
    assert "brackets are nested too deeply" in message
