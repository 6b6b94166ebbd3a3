"""JSON-LD: equal to what the page shows, whole, and silent where nothing is known."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from markupsafe import Markup
from PIL import Image

from generator.render.jsonld import IncompleteNode, breadcrumb_list, complete, faq_page
from generator.templating.contract import CrumbView, QuestionView
from tests.sites import BASE, EN, WACO, WACO_ES, Built, build, make_site, topic_text

PAGES = ["/", "/en-us/", "/en-us/sciatica/", "/en-us/sciatica/texas/", WACO, WACO_ES]


def ids_and_references(value: Any) -> Iterator[tuple[str, str]]:
    """Every "@id" with what it is: a node's own name, or a reference to one."""
    if isinstance(value, dict):
        if "@id" in value:
            yield ("reference" if len(value) == 1 else "node", value["@id"])
        for inner in value.values():
            yield from ids_and_references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from ids_and_references(inner)


@pytest.mark.parametrize("path", PAGES)
def test_every_reference_of_a_page_names_a_node_of_the_same_page(usual: Built, path: str) -> None:
    found = list(ids_and_references(usual.json_ld(path)))
    nodes = [identifier for kind, identifier in found if kind == "node"]
    references = {identifier for kind, identifier in found if kind == "reference"}
    assert references
    assert references <= set(nodes)
    assert len(nodes) == len(set(nodes))


def shown_crumbs(page: BeautifulSoup, path: str) -> list[tuple[str, str]]:
    items = page.select("nav.breadcrumb li")
    return [(item.get_text(), BASE + str(item.a["href"] if item.a else path)) for item in items]


@pytest.mark.parametrize("path", ["/en-us/sciatica/", "/en-us/sciatica/texas/", WACO, WACO_ES])
def test_the_breadcrumb_list_is_the_breadcrumb_that_the_page_shows(usual: Built, path: str) -> None:
    items = usual.node(path, "BreadcrumbList")["itemListElement"]
    assert [(item["name"], item["item"]) for item in items] == shown_crumbs(usual.page(path), path)
    assert [item["position"] for item in items] == list(range(1, len(items) + 1))


def test_a_places_breadcrumb_leads_from_the_home_page_down_to_it(usual: Built) -> None:
    assert shown_crumbs(usual.page(WACO), WACO) == [
        ("Kaly", f"{BASE}/en-us/"),
        ("Injections", f"{BASE}/en-us/sciatica/"),
        ("Texas", f"{BASE}/en-us/sciatica/texas/"),
        ("Waco", BASE + WACO),
    ]


def shown_questions(page: BeautifulSoup) -> list[tuple[str, str]]:
    """Question and answer as a reader sees them, in page order."""
    found = []
    for heading in page.select("main h3.question, main details h3"):
        details = heading.find_parent("details")
        if details:
            answer = details.select_one(".answer").get_text()
        else:
            pieces = []
            for sibling in heading.find_next_siblings():
                if sibling.name in {"h2", "h3", "section"}:
                    break
                pieces.append(sibling.get_text())
            answer = " ".join(pieces)
        found.append((heading.get_text(), " ".join(answer.split())))
    return found


def stated_questions(faq: dict[str, Any]) -> list[tuple[str, str]]:
    answers = ((entry["name"], entry["acceptedAnswer"]["text"]) for entry in faq["mainEntity"])
    return [(name, " ".join(BeautifulSoup(text, "html.parser").get_text().split())) for name, text in answers]


@pytest.mark.parametrize("path", ["/en-us/sciatica/", WACO, WACO_ES])
def test_the_faq_data_are_the_questions_that_the_page_shows_word_for_word(usual: Built, path: str) -> None:
    assert stated_questions(usual.faq(path)) == shown_questions(usual.page(path))


def test_questions_of_the_body_and_of_the_faq_section_stand_in_page_order(usual: Built) -> None:
    assert stated_questions(usual.faq(WACO)) == [
        ("Does it hurt?", "A little."),
        ("How long does it last?", "Some weeks."),
        ("What does it cost?", "Ask us."),
    ]


def test_the_faq_section_is_folded_and_its_answers_are_in_the_page(usual: Built) -> None:
    details = usual.page(WACO).select("section.faq details")
    assert [item.select_one("summary h3").get_text() for item in details] == [
        "How long does it last?",
        "What does it cost?",
    ]
    assert [item.select_one(".answer").get_text() for item in details] == ["Some weeks.", "Ask us."]


def test_a_question_of_the_body_stands_in_its_section_unfolded(usual: Built) -> None:
    heading = usual.page(WACO).select_one("h3.question")
    assert (heading.get_text(), heading.find_next_sibling().name) == ("Does it hurt?", "p")


def test_an_answer_keeps_the_allowed_tags_and_loses_the_others(tmp_path: Path) -> None:
    body = """
## Questions {#faq}

### One?

Some *words* with `code`, a [link](https://example.org/?a=1&b=2) and <mark>more</mark>.

| a | b |
|---|---|
| c | d |

- item
"""
    built = build(make_site(tmp_path, {EN: topic_text(body)}))
    answer = built.faq(WACO)["mainEntity"][0]["acceptedAnswer"]["text"]
    tags = [tag.name for tag in BeautifulSoup(answer, "html.parser").find_all()]
    assert tags == ["p", "em", "a", "ul", "li"]
    assert '<a href="https://example.org/?a=1&amp;b=2">link</a>' in answer
    assert answer == built.page(WACO).select_one(".answer").decode_contents(formatter="minimal")


def test_the_faq_page_belongs_to_its_page(usual: Built) -> None:
    faq = usual.faq(WACO)
    assert (faq["@id"], faq["isPartOf"], faq["inLanguage"]) == (
        f"{BASE}{WACO}#faq",
        {"@id": f"{BASE}{WACO}#page"},
        "en-US",
    )


def test_a_topic_without_questions_has_no_faq_page(tmp_path: Path) -> None:
    built = build(make_site(tmp_path, {EN: topic_text("\nHello.\n")}))
    assert [block.get("@type") for block in built.json_ld(WACO)] == [None]
    assert "FAQPage" not in built.text(WACO)


def test_a_hub_repeats_no_question_of_its_topic(usual: Built) -> None:
    assert "FAQPage" not in usual.text("/en-us/sciatica/texas/")


def test_a_medical_topic_has_a_medical_page_about_its_subject(usual: Built) -> None:
    page = usual.node(WACO, "MedicalWebPage")
    assert page["about"] == {"@id": f"{BASE}{WACO}#about"}
    assert usual.node(WACO, "MedicalTherapy")["name"] == "Injection"
    assert (page["url"], page["name"], page["inLanguage"]) == (BASE + WACO, "Injections in Waco, Texas", "en-US")


def test_a_topic_that_is_not_medical_has_a_plain_page_and_no_disclaimer(usual: Built, tmp_path: Path) -> None:
    built = build(make_site(tmp_path, {EN: topic_text(schema_type="Service")}))
    assert built.node(WACO, "WebPage")["about"] == {"@id": f"{BASE}{WACO}#about"}
    assert built.page(WACO).select(".disclaimer") == []
    assert usual.page(WACO).select_one(".disclaimer p").get_text() == "This is not medical advice."


def test_only_the_home_pages_say_more_of_the_organization_than_its_name(tmp_path: Path) -> None:
    organization = {"name": "Kaly Inc.", "same_as": ["https://example.org/kaly"], "contact_url": f"{BASE}/contact"}
    built = build(make_site(tmp_path, organization=organization))
    short = {
        "@type": "Organization",
        "@id": f"{BASE}/#organization",
        "name": "Kaly Inc.",
        "url": f"{BASE}/",
    }
    assert built.node(WACO, "Organization") == short
    assert built.node("/en-us/", "Organization") == short | {
        "sameAs": ["https://example.org/kaly"],
        "contactPoint": {"@type": "ContactPoint", "url": f"{BASE}/contact"},
    }


def test_no_business_rating_or_search_is_claimed(usual: Built) -> None:
    for path in PAGES:
        for word in ("LocalBusiness", "MedicalBusiness", "Physician", "aggregateRating", "SearchAction", "offers"):
            assert word not in usual.text(path)


def test_no_date_reviewer_or_reference_appears_unless_given(usual: Built) -> None:
    page = usual.page(WACO)
    assert page.select("time, .byline, .references") == []
    node = usual.node(WACO, "MedicalWebPage")
    unknown = {"dateModified", "datePublished", "lastReviewed", "reviewedBy", "author", "citation"}
    assert not unknown & set(node)


def test_dates_reviewer_and_references_appear_to_readers_and_machines_when_given(tmp_path: Path) -> None:
    front = topic_text(
        reviewer={"name": "Ana Ruiz", "credentials": "MD", "url": "https://example.org/ana"},
        last_reviewed="DAY1",
        updated="DAY2",
        sources=[{"title": "A study", "publisher": "A press", "url": "https://example.org/study"}],
    )
    front = front.replace('"DAY1"', "2026-03-04").replace('"DAY2"', "2026-05-06")
    built = build(make_site(tmp_path, {EN: front}))
    page = built.page(WACO)
    assert [" ".join(item.get_text().split()) for item in page.select(".byline li")] == [
        "Medically reviewed by Ana Ruiz, MD",
        "Last reviewed: March 4, 2026",
        "Updated: May 6, 2026",
    ]
    assert [tag["datetime"] for tag in page.select("time")] == ["2026-03-04", "2026-05-06"]
    assert [item.get_text().strip() for item in page.select(".references li")] == ["A study (A press)"]
    # A hub is a list: nobody reviewed it, and its data do not say so either.
    assert built.page("/en-us/sciatica/texas/").select(".byline") == []
    assert "reviewedBy" not in built.text("/en-us/sciatica/texas/")
    node = built.node(WACO, "MedicalWebPage")
    assert {key: node[key] for key in ("dateModified", "lastReviewed", "reviewedBy", "citation")} == {
        "dateModified": "2026-05-06",
        "lastReviewed": "2026-03-04",
        "reviewedBy": {
            "@type": "Person",
            "name": "Ana Ruiz",
            "honorificSuffix": "MD",
            "url": "https://example.org/ana",
        },
        "citation": [
            {
                "@type": "CreativeWork",
                "name": "A study",
                "publisher": {"@type": "Organization", "name": "A press"},
                "url": "https://example.org/study",
            }
        ],
    }


def test_a_picture_given_beside_the_topic_is_published_shown_and_shared(tmp_path: Path) -> None:
    buffer = BytesIO()
    Image.new("RGB", (40, 30), "#808080").save(buffer, "PNG")
    image = {"file": "needle.png", "alt": 'A "needle"', "credit": "Jo <Doe>"}
    site = make_site(tmp_path, {"content/topics/sciatica/needle.png": buffer.getvalue(), EN: topic_text(image=image)})
    built = build(site)
    page = built.page(WACO)
    (picture,) = page.select("main img")
    assert [picture[name] for name in ("alt", "width", "height")] == ['A "needle"', "40", "30"]
    assert built.file(str(picture["src"])).read_bytes() == buffer.getvalue()
    assert page.select_one("figcaption").get_text() == "Jo <Doe>"
    assert page.find("meta", property="og:image")["content"] == BASE + str(picture["src"])


@pytest.mark.parametrize(
    ("kind", "name", "node"),
    [
        ("FAQPage", "mainEntity", {"@type": "FAQPage", "mainEntity": []}),
        ("Answer", "text", {"@type": "FAQPage", "mainEntity": [
            {"@type": "Question", "name": "Why?", "acceptedAnswer": {"@type": "Answer", "text": ""}}]}),
        ("ListItem", "name", {"@type": "BreadcrumbList", "itemListElement": [
            {"@type": "ListItem", "position": 1, "name": "", "item": "https://www.example.com/"}]}),
        ("City", "name", {"@type": "MedicalWebPage", "spatialCoverage": {"@type": "City"}}),
    ],
)  # fmt: skip
def test_a_node_without_what_its_type_must_have_is_refused(kind: str, name: str, node: dict[str, object]) -> None:
    with pytest.raises(IncompleteNode) as caught:
        complete(node)
    assert caught.value.finding.what == f"the structured data of a page would describe a {kind} without {name}"


def test_nodes_as_builders_make_them_are_complete(usual: Built) -> None:
    for path in (WACO, "/en-us/", "/en-us/sciatica/", "/en-us/sciatica/texas/"):
        for block in usual.json_ld(path):
            assert complete(block) == block


def test_a_builder_refuses_an_empty_name() -> None:
    with pytest.raises(IncompleteNode, match="ListItem"):
        breadcrumb_list("https://www.example.com/", (CrumbView("", "/", "https://www.example.com/"),))
    with pytest.raises(IncompleteNode, match="Question"):
        faq_page("https://www.example.com/", "en-US", (QuestionView("q", "", Markup("<p>So.</p>")),))
