"""Structured data, built from the same objects that the templates print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from markupsafe import Markup

from generator.config import SiteConfig
from generator.errors import Finding
from generator.ledger.printed import safe_in_script
from generator.model import RouteKind
from generator.templating.contract import CrumbView, PageView, PlaceView, QuestionView, RegionView, TopicView

Node = dict[str, Any]
_SCHEMA = "https://schema.org"
_REQUIRED: Mapping[str, tuple[str, ...]] = {
    "FAQPage": ("mainEntity",),
    "Question": ("name", "acceptedAnswer"),
    "Answer": ("text",),
    "BreadcrumbList": ("itemListElement",),
    "ListItem": ("position", "name", "item"),
    "Organization": ("name",),
    "WebSite": ("name", "url"),
    "ImageObject": ("url",),
    **dict.fromkeys(("Person", "CreativeWork", "City", "AdministrativeArea", "Country"), ("name",)),
}
"""Required properties of nodes: those that Google asks for in breadcrumbs, and asked for in
FAQ results (https://developers.google.com/search/docs/appearance/structured-data/breadcrumb, as known on 2026-11-22);
of the other types the name or the address by which a thing is known."""


class IncompleteNode(Exception):
    """A node of structured data lacks a property that its type must have."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(kind, name)
        what = f"the structured data of a page would describe a {kind} without {name}"
        fix = "Fill in the text that it comes from: a name, a question or an answer is empty."
        self.finding = Finding("structured data", what, fix)


def complete(node: Node) -> Node:
    """``node``, which every builder here gives; raises IncompleteNode where it or one within it lacks a property."""
    kind = str(node.get("@type", ""))
    for name in _REQUIRED.get(kind, ()):
        if node.get(name) in (None, "", []):
            raise IncompleteNode(kind, name)
    for value in node.values():
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, dict):
                complete(inner)
    return node


def script_text(value: Node | str) -> str:
    """``value`` as JSON that is safe inside a script element: ``<``, ``>`` and ``&`` are escaped."""
    return safe_in_script(msgspec.json.encode(value, enc_hook=_letters).decode())


def _letters(value: object) -> str:
    """A kind of text that JSON takes for none, as a text."""
    if isinstance(value, str):
        return str.__str__(value)
    raise TypeError(f"structured data cannot hold a {type(value).__name__}")


def script_block(value: Node) -> Markup:
    """``value`` as the content of a script element."""
    return Markup(script_text(value))  # noqa: S704


def faq_page(url: str, language: str, questions: Sequence[QuestionView]) -> Node:
    """The FAQPage of ``questions``, with the answers that the page shows."""
    node: Node = {
        "@context": _SCHEMA,
        "@type": "FAQPage",
        "@id": f"{url}#faq",
        "isPartOf": {"@id": f"{url}#page"},
        "inLanguage": language,
        "mainEntity": [
            {
                "@type": "Question",
                "name": question.name,
                "acceptedAnswer": {"@type": "Answer", "text": str(question.answer)},
            }
            for question in questions
        ],
    }
    return complete(node)


def graph(nodes: Sequence[Node]) -> Node:
    return {"@context": _SCHEMA, "@graph": list(nodes)}


def organization(config: SiteConfig, is_home: bool) -> Node:
    """The publisher of the site; only the home pages say more than the name."""
    node: Node = {
        "@type": "Organization",
        "@id": f"{config.base_url}/#organization",
        "name": config.organization.name or config.brand,
        "url": f"{config.base_url}/",
    }
    if is_home and config.organization.same_as:
        node["sameAs"] = list(config.organization.same_as)
    if is_home and config.organization.contact_url:
        node["contactPoint"] = {"@type": "ContactPoint", "url": config.organization.contact_url}
    return complete(node)


def website(config: SiteConfig, is_home: bool) -> Node:
    node: Node = {
        "@type": "WebSite",
        "@id": f"{config.base_url}/#website",
        "name": config.brand,
        "url": f"{config.base_url}/",
    }
    if is_home:
        node["inLanguage"] = list(config.locales)
        node["publisher"] = {"@id": f"{config.base_url}/#organization"}
    return complete(node)


def breadcrumb_list(url: str, crumbs: Sequence[CrumbView]) -> Node:
    node: Node = {
        "@type": "BreadcrumbList",
        "@id": f"{url}#breadcrumb",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": crumb.name, "item": crumb.url}
            for position, crumb in enumerate(crumbs, 1)
        ],
    }
    return complete(node)


def therapy(url: str, topic: TopicView) -> Node:
    """The subject itself: a treatment, a condition, or the topic's schema type."""
    if not topic.about_name:
        raise IncompleteNode(topic.schema_type, "name")
    return {"@type": topic.schema_type, "@id": f"{url}#about", "name": topic.about_name}


def web_page(
    config: SiteConfig, page: PageView, language: str, topic: TopicView | None, place: PlaceView | None
) -> Node:
    """The page itself, without the day on which it changed. People appear only where the author named them."""
    node: Node = {
        "@type": _page_type(page.kind, topic),
        "@id": f"{page.url}#page",
        "url": page.url,
        "name": page.h1,
        "description": page.description,
        "inLanguage": language,
        "isPartOf": {"@id": f"{config.base_url}/#website"},
        "publisher": {"@id": f"{config.base_url}/#organization"},
    }
    if topic and topic.image and page.kind in {"topic", "place"}:
        size = {"width": topic.image.width, "height": topic.image.height}
        node["primaryImageOfPage"] = {"@type": "ImageObject", "url": topic.image.url, **size}
    if page.breadcrumb:
        node["breadcrumb"] = {"@id": f"{page.url}#breadcrumb"}
    if page.region:
        node["spatialCoverage"] = _coverage(page.region, place)
    if topic:
        node["about"] = {"@id": f"{page.url}#about"}
    if topic and page.kind in {"topic", "place"}:
        node.update(_trust(topic))
    return complete(node)


def _page_type(kind: RouteKind, topic: TopicView | None) -> str | list[str]:
    page = "MedicalWebPage" if topic and topic.is_medical else "WebPage"
    return [page, "CollectionPage"] if kind == "region" else page


def _coverage(region: RegionView, place: PlaceView | None) -> Node:
    country = {"@type": "Country", "name": region.country}
    around: Node = {"@type": "AdministrativeArea", "name": region.name, "containedInPlace": country}
    return {"@type": "City", "name": place.name, "containedInPlace": around} if place else around


def _trust(topic: TopicView) -> Node:
    node: Node = {}
    if topic.last_reviewed:
        node["lastReviewed"] = topic.last_reviewed.isoformat()
    if topic.reviewer:
        person: Node = {"@type": "Person", "name": topic.reviewer.name}
        if topic.reviewer.credentials:
            person["honorificSuffix"] = topic.reviewer.credentials
        if topic.reviewer.url:
            person["url"] = topic.reviewer.url
        node["reviewedBy"] = person
    if topic.references:
        node["citation"] = [
            {"@type": "CreativeWork", "name": work.title}
            | ({"publisher": {"@type": "Organization", "name": work.publisher}} if work.publisher else {})
            | ({"url": work.url} if work.url else {})
            for work in topic.references
        ]
    return node
