"""Mistakes in a topic's texts, each told with its line and its cure."""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path

import pytest

from tests.sites import (
    ANYTHING_GOES,
    EN,
    ES,
    WACO,
    build,
    errors,
    line_of,
    make_site,
    topic_text,
)


def said_of_topic(folder: Path, text: str) -> list[str]:
    """What is said of an English topic with this text, without the file's name."""
    messages = errors(make_site(folder, {EN: text, ES: None}))
    assert all(message.startswith(f"{EN}:") for message in messages)
    return [message.removeprefix(f"{EN}:") for message in messages]


def said_of_body(folder: Path, body: str) -> list[str]:
    """The same for a text below the front matter, with lines counted from its first."""
    text = topic_text(body)
    first = line_of(text, body) if body in text else 0
    found = (message.partition(":") for message in said_of_topic(folder, text))
    return [f"{int(line) - first + 1}:{rest}" for line, _, rest in found]


def test_jinja_that_cannot_be_read(tmp_path: Path) -> None:
    cure = "Every {{ needs its }}, and every {% if %} its {% endif %}."
    assert said_of_body(tmp_path, "\nOne.\n\n{% if place %}\n\nTwo.\n") == [
        "4: the Jinja here cannot be read: Unexpected end of template. Jinja was looking for the following tags:"
        f" 'elif' or 'else' or 'endif'. The innermost block that needs to be closed is 'if'. {cure}"
    ]


def test_a_name_that_pages_do_not_have_in_the_text(tmp_path: Path) -> None:
    body = "\nOne.\n\n{% if place %}In {{ place.nmae }}\nand {{ plaace.name }}.{% endif %}\n"
    assert said_of_body(tmp_path, body) == [
        '4: "place.nmae" is not a name that pages have. Did you mean "name"?',
        '5: "plaace" is not a name that pages have. Did you mean "place"?',
    ]


def test_a_name_that_pages_do_not_have_in_the_front_matter(tmp_path: Path) -> None:
    text = topic_text(h1="In {{ place.contry }}")
    assert said_of_topic(tmp_path, text) == [
        f'{line_of(text, "h1")}: "place.contry" is not a name that pages have. Did you mean "country"?'
    ]


def test_a_column_that_no_table_has(tmp_path: Path) -> None:
    body = "\n{% if place %}{{ place.region.bord }}{% endif %}\n"
    assert said_of_body(tmp_path, body) == [
        '2: "place.region.bord" is not a name that pages have. Did you mean "board"?'
    ]


def test_a_filter_that_does_not_exist(tmp_path: Path) -> None:
    assert said_of_body(tmp_path, "\n{{ site.brand | uper }}\n") == [
        '2: there is no filter "uper". Did you mean "upper"?'
    ]


def test_a_text_that_reads_the_place_on_a_page_without_one(tmp_path: Path) -> None:
    assert said_of_body(tmp_path, "\nHello {{ place.name }}.\n") == [
        "2: the text cannot be made: it reads a value of the place on a page that has none (on /en-us/sciatica/)."
        " Put the words into {% if place %} … {% endif %}."
    ]


FAILING = {
    "the second line of a paragraph": "\nOne.\n\nFirst {{ site.brand }}\nsecond {{ place.name }}.\n",
    "an item of a list": "\nOne.\n\n- {{ site.brand }}\n- {{ place.name }}\n",
    "a cell of a table": "\n| a | b |\n| - | - |\n| {{ site.brand }} | {{ place.name }} |\n",
    "an answer": "\n## Questions {#faq}\n\n### Who?\n\nWe {{ site.brand }}.\n\nYou, {{ place.name }}.\n",
    "a section below a heading": "\nOne {{ site.brand }}.\n\n## Two\n\nThree.\n\n{{ place.name }} four.\n",
    "within a condition": "\n{% if site %}\nOne.\n\nTwo {{ place.name }}.\n{% endif %}\n",
    "after a tag of several lines": "\n{{ site.brand\n  or 1 }} and {{ place.name }}.\n",
}


@pytest.mark.parametrize("name", FAILING)
def test_what_fails_on_a_page_is_told_with_its_own_line(tmp_path: Path, name: str) -> None:
    body = FAILING[name]
    (message,) = said_of_body(tmp_path, body)
    assert message.startswith(f"{body[: body.index('{{ place')].count(chr(10)) + 1}: the text cannot be made: ")


def test_what_fails_in_a_block_of_the_front_matter_is_told_with_its_own_line(tmp_path: Path) -> None:
    said = "    One {{ site.brand }}.\n\n    Two {{ place.name }}.\n"
    call = f"call_to_action:\n  label: Book\n  url: https://www.example.com/\n  text: |\n{said}"
    text = re.sub(r"(?m)^call_to_action:.*\n(?:[ \t].*\n)*", call, topic_text())
    (message,) = said_of_topic(tmp_path, text)
    assert message.startswith(f"{line_of(text, 'Two {{')}: the text cannot be made: ")


def test_a_question_without_an_answer(tmp_path: Path) -> None:
    body = "\nHello.\n\n## Part\n\n### Why? {.question}\n\n### How? {.question}\n\nSo.\n\n## FAQ {#faq}\n\n### When?\n"
    assert said_of_body(tmp_path, body) == [
        '6: the question "Why?" has no answer. Write the answer under it.',
        '14: the question "When?" has no answer. Write the answer under it.',
    ]


def test_a_faq_section_without_a_question(tmp_path: Path) -> None:
    assert said_of_body(tmp_path, "\nHello.\n\n## FAQ {#faq}\n\nText.\n") == [
        "4: the FAQ section has no question. Add a ### heading with its answer under it."
    ]


def test_two_questions_alike_even_when_written_differently(tmp_path: Path) -> None:
    body = "\n## Part\n\n### Does it  *hurt*? {.question}\n\nNo.\n\n## FAQ {#faq}\n\n### Does it hurt\n\nNo.\n"
    text = topic_text(body)
    first = line_of(text, "### Does it  *hurt*")
    assert said_of_body(tmp_path, body) == [
        f'10: the question "Does it hurt" stands twice, first on line {first}. Keep one of them.'
    ]


def test_two_questions_alike_may_stand_in_branches_that_exclude_each_other(tmp_path: Path) -> None:
    body = """
## FAQ {#faq}

{% if place %}

### Does it hurt?

Here, no.

{% else %}

### Does it hurt?

No.

{% endif %}
"""
    built = build(make_site(tmp_path, {EN: topic_text(body), ES: None}))
    assert [built.faq(path)["mainEntity"][0]["acceptedAnswer"]["text"] for path in (WACO, "/en-us/sciatica/")] == [
        "<p>Here, no.</p>",
        "<p>No.</p>",
    ]


def test_two_questions_alike_in_two_conditions_that_may_both_hold(tmp_path: Path) -> None:
    question = "{{% if {} %}}\n\n### Does it hurt?\n\nNo.\n\n{{% endif %}}\n\n"
    body = "\n## FAQ {#faq}\n\n" + question.format("place") + question.format("not place")
    (message,) = said_of_body(tmp_path, body)
    assert message.startswith('14: the question "Does it hurt?" stands twice')


def test_a_heading_of_level_one_in_the_text(tmp_path: Path) -> None:
    assert said_of_body(tmp_path, "\n# Title\n\nText.\n") == [
        "2: the text has a heading of level one. Use ##; the page's own heading is h1 above."
    ]


def test_a_missing_image(tmp_path: Path) -> None:
    text = topic_text(image={"file": "neddle.png", "alt": "A needle"})
    site = make_site(tmp_path, {EN: text, ES: None, "content/topics/sciatica/needle.png": b""})
    assert errors(site) == [
        f'{EN}:{line_of(text, "image")}: there is no image "neddle.png" beside the text. Did you mean "needle.png"?'
    ]


def test_an_image_that_is_none(tmp_path: Path) -> None:
    text = topic_text(image={"file": "needle.png", "alt": "A needle"})
    site = make_site(tmp_path, {EN: text, ES: None, "content/topics/sciatica/needle.png": b"text"})
    assert errors(site) == [
        f'{EN}:{line_of(text, "image")}: "needle.png" is not a picture that can be read. Save it as JPEG, PNG or WebP.'
    ]


def test_an_image_of_too_many_pixels(tmp_path: Path) -> None:
    header = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0))
    text = topic_text(image={"file": "needle.png", "alt": "A needle"})
    site = make_site(
        tmp_path, {EN: text, ES: None, "content/topics/sciatica/needle.png": header + _chunk(b"IDAT", b"")}
    )
    (message,) = errors(site)
    where = f'{EN}:{line_of(text, "image")}: "needle.png" is too large a picture (Image size (400000000 pixels)'
    assert message.startswith(where)
    assert message.endswith("Save it with at most 4,000 pixels a side.")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def test_a_control_character_in_front_matter_or_text_is_refused(tmp_path: Path) -> None:
    found = said_of_topic(tmp_path, topic_text("A bell\x07.", nav_label="a\x07b"))
    assert [message.partition(": ")[2] for message in found] == [
        "the value has a control character (U+0007). Remove it.",
        "the character U+0007 cannot stand in a text. Remove it.",
    ]


def test_a_comment_in_jinjas_own_form_is_refused_because_it_would_be_printed(tmp_path: Path) -> None:
    assert said_of_body(tmp_path, "Text {# for Ana #} here.") == [
        "1: the comment {# for Ana #} would be printed. Write {## … ##} for a comment."
    ]


def test_the_title_of_a_source_is_no_jinja(tmp_path: Path) -> None:
    built = build(make_site(tmp_path, {EN: topic_text(sources=[{"title": "100 {% of it"}])}, checks=ANYTHING_GOES))
    assert "100 {% of it" in built.page(WACO).get_text()


def test_an_answer_keeps_no_attribute_but_the_address_of_a_link(tmp_path: Path) -> None:
    body = "## Questions {#faq}\n\n### Why?\n\n[so](https://e.org/){title=t lang=de .c}\n"
    (question,) = build(make_site(tmp_path, {EN: topic_text(body)})).faq(WACO)["mainEntity"]
    assert question["acceptedAnswer"]["text"] == '<p><a href="https://e.org/">so</a></p>'


def test_markers_that_would_mark_nothing_are_errors_with_their_line(tmp_path: Path) -> None:
    body = """## A {#faqs .question}

### B {question}

### C {.questoin}

### D {#page-main}

### E {#FAQ}

> ### F {.question}
"""
    assert said_of_body(tmp_path, body) == [
        "1: a heading with two signs # begins a section and cannot be a question. Write it with ###.",
        '3: "{question}" marks nothing. Write {#name} for an id, {.question} for a question.',
        '5: "{.questoin}" marks nothing. Only {.question} has a meaning here.',
        '7: ids that begin with "page-" belong to the templates. Choose another id.',
        "9: this heading does not begin the FAQ section. Write it as ## … {#faq}.",
        "9: a question stands inside a list or a quotation. Put it on a line of its own, at the margin.",
    ]


def test_two_headings_with_one_id_are_an_error_unless_they_never_meet(tmp_path: Path) -> None:
    (message,) = said_of_body(tmp_path, "## A {#x}\n\nText.\n\n## B {#x}\n\nText.\n")
    assert message.startswith('5: the id "x" stands twice, first on line ')
    apart = "{% if place %}\n\n## A {#x}\n\nText.\n\n{% else %}\n\n## B {#x}\n\nText.\n\n{% endif %}\n"
    assert build(make_site(tmp_path / "apart", {EN: topic_text(apart)})).page(WACO).select("h2#x")


def test_a_picture_in_a_text_is_refused_because_it_would_not_be_published(tmp_path: Path) -> None:
    assert said_of_body(tmp_path, "## A\n\n![x](photo.jpg)\n") == [
        '1: the picture "photo.jpg" would not be published. Texts cannot hold pictures; the key image in the front'
        " matter can."
    ]


def test_a_condition_that_is_cut_by_a_paragraph_is_an_error_with_its_line(tmp_path: Path) -> None:
    body = "## A\n\nText {% if place %}\n\n### Q? {.question}\n\nAnswer. {% endif %}\n"
    found = said_of_body(tmp_path, body)
    assert [message.partition(":")[0] for message in found] == ["3", "7"]
    assert "a condition or loop begins in one paragraph and ends in another" in found[0]


def test_text_that_belongs_to_no_question_of_the_faq_is_an_error(tmp_path: Path) -> None:
    body = "## Q {#faq}\n\n### A?\n\nYes.\n\n{% if place %}\n\n### B?\n\nNo.\n\n{% endif %}\n\nLost.\n"
    (message,) = said_of_body(tmp_path, body)
    assert "belongs to no question" in message


def test_a_text_may_not_let_a_cell_through_as_html(tmp_path: Path) -> None:
    assert said_of_body(tmp_path, "A {{ site.brand | safe }}.\n") == [
        '1: a text cannot use the filter "safe". Values are always printed as text.'
    ]
    assert "a text cannot use" in said_of_body(tmp_path, "{% autoescape false %}{{ site.brand }}{% endautoescape %}")[0]


def test_an_answer_that_a_condition_takes_away_is_an_error_on_the_pages_without_it(tmp_path: Path) -> None:
    body = "## Q {#faq}\n\n### A?\n\n{% if place %}Yes.{% endif %}\n"
    (message,) = errors(make_site(tmp_path, {EN: topic_text(body), ES: None}))
    assert 'the question "A?" has no answer (on /en-us/sciatica/)' in message


def test_questions_that_turn_out_alike_are_an_error(tmp_path: Path) -> None:
    body = "## Q {#faq}\n\n### {{ topic.id }}?\n\nYes.\n\n### {{ topic['id'] }}?\n\nYes.\n"
    (message,) = errors(make_site(tmp_path, {EN: topic_text(body), ES: None}))
    assert "stands twice" in message


def test_a_link_that_would_run_a_script_is_an_error(tmp_path: Path) -> None:
    (message,) = errors(make_site(tmp_path, {EN: topic_text("[x](javascript:alert(1))\n"), ES: None}))
    assert "a link in the text runs a script" in message


def test_a_text_in_the_wrong_place_is_an_error(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/topics/fr.md": "x", "content/topics/sciatica/es-US.txt": "x"})
    assert errors(site) == [
        "content/topics/fr.md: a text lies beside the topics' folders. Put it into its own.",
        "content/topics/sciatica/es-US.txt: this file is neither a text nor a picture."
        " A text's name ends in .md, like en-US.md.",
    ]


def test_a_link_to_an_address_that_the_site_lacks_is_an_error(tmp_path: Path) -> None:
    body = "[a](/en-us/nowhere/), [b](/en-us/sciatica), [c](/en-us/sciatica/#faq), [d](/robots.txt)\n"
    found = errors(make_site(tmp_path, {EN: topic_text(body), ES: None}))
    assert [message.partition(": ")[2] for message in found] == [
        "a link leads to /en-us/nowhere/, which the site does not have. Link to a page that it has.",
        "a link leads to /en-us/sciatica, which the site does not have."
        " Write /en-us/sciatica/ with a slash at its end.",
    ]
