"""Pages made by column are those that are made by themselves, whatever an author writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from generator.errors import SiteError
from generator.executors.inline import InlineExecutor
from tests.sites import EN, ES, REPOSITORY, WACO, build, change, make_site, topic_text

DIFFERS = "is not what plain Jinja makes of it"

PIECES = (
    "plain words", " ", "{{ site.brand }}", "{% if place %}in {{ place.full_name }}{% endif %}", "a & b < c", "é 漢 “”",
    "{% if place and place.population > 100000 %}a large city{% else %}a small one{% endif %}",
    "{% if place %}{{ place.county }}{% endif %}", "{{ page.kind }}", "{{ page.path }}",
    "{{ page.region.name if page.region else 'everywhere' }}", "{{ (place.population if place else 7) | number }}",
    "{% for n in range(2) %}{{ n }}{% endfor %}", "{% set x = place.name if place else 'you' %}{{ x | upper }}",
    "{{ locale.tag }}", "{{ topic.name }}", "{{ place and place.region.code }}", "{## no comment ##}",
)  # fmt: skip
"""Sound on a page without a place; one of the cities has no county."""


def texts() -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_site(tmp_path_factory.mktemp("site"), {ES: None})


CONDITIONS = ("place", "site.brand", "place and place.population > 100000", "not place or place.county")


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(texts(), min_size=1, max_size=3), st.tuples(*[texts()] * 5), st.sampled_from(CONDITIONS))
def test_whatever_an_author_writes_both_ways_make_the_same_pages(
    site: Path, titles: list[str], parts: tuple[str, ...], condition: str
) -> None:
    """Build with each page made in both ways, which stops at the first difference."""
    h1, words, section, question, answer = parts
    body = (
        f"\nWords: {words}\n\n## Part: {section} {{#part}}\n\nWords: {words}\n\n### Here: {question} {{.question}}\n\n"
        f"Answer: {answer}\n\n## Questions {{#faq}}\n\n### Q: {question}\n\nAnswer: {answer}\n\n### Fixed?\n\nYes.\n\n"
        f"{{% if {condition} %}}\n\n### Sometimes: {question}\n\nAnswer: {answer}\n\n{{% endif %}}\n"
    )
    change(site, {EN: topic_text(body, title=titles, description=titles, h1=h1, summary=words)})
    try:
        messages = build(site, printing="verified", executor=InlineExecutor()).messages
    except SiteError as error:
        messages = [str(finding) for finding in error.findings]
        event(f"stopped: {messages[0][:90]}")
    assert not [line for line in messages if DIFFERS in line]


def test_conditions_that_cities_answer_differently_make_frames_of_their_own(tmp_path: Path) -> None:
    large = "{% if place and place.population > 100000 %}\n\n## Large {#large}\n\nOf a large city.\n\n{% endif %}"
    body = f"\nHello.\n\n{large}\n\n## Questions {{#faq}}\n\n### How long?\n\nSome weeks.\n"
    built = build(make_site(tmp_path, {EN: topic_text(body), ES: None}), printing="verified")
    assert built.page(WACO).select_one("#large")
    assert not built.page("/en-us/sciatica/texas/temple/").select_one("#large")


def test_a_question_that_is_empty_for_one_city_is_an_error_of_that_page_only(tmp_path: Path) -> None:
    body = "\nHello.\n\n## Questions {#faq}\n\n### {{ place.county if place else 'Where?' }}\n\nHere.\n"
    built = build(make_site(tmp_path, {EN: topic_text(body), ES: None}), printing="verified")
    (line,) = (line for line in built.messages if "has no topic yet" not in line)
    assert "/en-us/sciatica/texas/temple/" in line
    assert built.file(WACO).is_file()


def test_the_sites_own_pages_are_the_same_in_both_ways(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    for part in ("content", "templates"):
        (site / part).symlink_to(REPOSITORY / part)
    built = build(site, "places.where=region_code in ('VT', 'DC', 'PR')", printing="verified")
    assert any(kind == "place" for kind, _, _ in built.summary.pages)
    assert not built.summary.has_errors
