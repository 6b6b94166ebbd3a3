"""The site rates itself in its structured data.

Google shows no stars for ratings or reviews of a business or an organization on that business's own site: it chose
them itself. Ratings of other businesses, and of products, are in order. Take those of the site's owner out.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.json_ld import types_of
from generator.check.quoting import quoted
from generator.check.rule import documented, rule
from generator.check.search_features import is_business
from generator.check.structured_data import Node, id_of, is_empty, nodes_in, text_in
from generator.errors import Finding

_RATINGS = frozenset({"aggregateRating", "review", "itemReviewed"})
_ORGANIZATION = '{"@type":"Organization","@id":"https://www.example.com/#organization",'
_RATING = '"aggregateRating":{"@type":"AggregateRating","ratingValue":5,"reviewCount":9}'
GOOD = (
    Edit(
        _ORGANIZATION,
        f'{{"@type":"MedicalClinic","name":"Waco Clinic","url":"https://www.example.com/clinics/waco/",{_RATING}}},'
        f"{_ORGANIZATION}",
    ),
    Edit(_ORGANIZATION, f'{{"@type":"Product","name":"Kaly",{_RATING}}},{_ORGANIZATION}'),
    Edit(_ORGANIZATION, f'{_ORGANIZATION}"aggregateRating":null,"review":[],'),
)
BAD = (
    Edit(_ORGANIZATION, f"{_ORGANIZATION}{_RATING},"),
    Edit(_ORGANIZATION, f'{{"@type":"MedicalClinic","name":"Kaly",{_RATING}}},{_ORGANIZATION}'),
    Edit(_ORGANIZATION, f'{{"@type":"Dentist","url":"https://www.example.com/",{_RATING}}},{_ORGANIZATION}'),
    Edit(
        _ORGANIZATION,
        '{"@type":"Review","author":"A","itemReviewed":{"@id":"https://www.example.com/#organization"}},'
        f"{_ORGANIZATION}",
    ),
)


@rule(
    severity="error",
    evidence=documented(
        "https://developers.google.com/search/docs/appearance/structured-data/review-snippet", "2026-11-22"
    ),
    scope=Document,
    hints=(),
)
def rating_self_serving(document: Document) -> Iterator[Finding]:
    rated = list(_rated(document))
    if not rated:
        return
    owners = {id_of(owner) for node in document.nodes for owner in nodes_in(node.get("publisher"))} - {""}
    brand = document.meta("og:site_name")
    names = {brand, *(text_in(node.get("name")) for node in document.nodes if "WebSite" in types_of(node))} - {""}
    home = document.published.origin
    for node in rated:
        name, url = text_in(node.get("name")), text_in(node.get("url")).rstrip("/")
        if id_of(node) in owners or name in names or (url and url == home):
            called = quoted(name or id_of(node) or url)
            what = f"the structured data gives ratings or reviews of {called}, whose own site this is"
            yield Finding(document.path, what, "Take the ratings out of the structured data.")
            return


def _rated(document: Document) -> Iterator[Node]:
    """The businesses and organizations that have ratings."""
    if all(_RATINGS.isdisjoint(node) for node in document.nodes):
        return
    businesses = [node for node in document.nodes if is_business(types_of(node))]
    reviewed: set[str] = set()
    for node in document.nodes:
        for thing in nodes_in(node.get("itemReviewed")):
            reviewed.add(id_of(thing))
            if is_business(types_of(thing)):
                yield thing
    for node in businesses:
        is_rated = not (is_empty(node.get("aggregateRating")) and is_empty(node.get("review")))
        if is_rated or (id_of(node) and id_of(node) in reviewed):
            yield node
