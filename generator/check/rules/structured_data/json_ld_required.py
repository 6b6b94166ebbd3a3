"""The structured data lacks something without which Google does not use it.

For each kind of search result Google says which properties it needs. Without them the data is sound and the page is
found as before; only the special result cannot come of it. Add what is missing, or do without that type.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.json_ld import types_of
from generator.check.quoting import quoted
from generator.check.rule import documented, rule
from generator.check.search_features import GALLERY, SEEN, SearchFeature, feature_of
from generator.check.structured_data import (
    Node,
    id_of,
    is_empty,
    is_reference,
    nodes_in,
    text_in,
    top_nodes,
)
from generator.errors import Finding

_ABOUT_ANOTHER = frozenset(("Review", "AggregateRating"))
_ELSEWHERE = frozenset((("LocalBusiness", "address"),))
"""Properties that have a rule of their own."""

_ITEM = '{"@type":"ListItem","position":3,"name":"Texas","item":"https://www.example.com/en-us/sciatica/texas/"}'
_THERAPY = '{"@type":"MedicalTherapy",'
_RATING = '"aggregateRating":{"@type":"AggregateRating","ratingValue":4,"reviewCount":3}'
GOOD = (
    Edit(_ITEM, '{"@type":"ListItem","position":3,"item":{"@id":"https://www.example.com/en-us/","name":"Texas"}}'),
    Edit(',"item":"https://www.example.com/en-us/sciatica/texas/waco/"', ""),
    Edit(_THERAPY, f'{{"@type":"Product","name":"Needle",{_RATING}}},{_THERAPY}'),
    Edit(
        _THERAPY, f'{{"@type":"Review","author":"A","reviewRating":4,"itemReviewed":{{"@type":"Product"}}}},{_THERAPY}'
    ),
    Edit(_THERAPY, f'{{"@type":"JobPosting","@id":"https://www.example.com/jobs/#1"}},{_THERAPY}'),
)
BAD = (
    Edit(_ITEM, '{"@type":"ListItem","position":3,"item":"https://www.example.com/en-us/sciatica/texas/"}'),
    Edit(_ITEM, '{"@type":"ListItem","name":"Texas","item":"https://www.example.com/en-us/sciatica/texas/"}'),
    Edit(_ITEM, '{"@type":"ListItem","position":3,"name":"Texas"}'),
    Edit('"itemListElement":\\[.*?\\]', '"itemListElement":[]'),
    Edit(_THERAPY, f'{{"@type":"Product","name":"Needle"}},{_THERAPY}'),
    Edit(_THERAPY, f'{{"@type":"MusicEvent","name":"A concert","startDate":"2026-06-01"}},{_THERAPY}'),
    Edit(_THERAPY, f'{{"@type":"AggregateRating","ratingValue":4,"reviewCount":3}},{_THERAPY}'),
    Edit(_THERAPY, f'{{"@type":"Book","aggregateRating":{{"@type":"AggregateRating","reviewCount":3}}}},{_THERAPY}'),
)


@rule(severity="error", evidence=documented(GALLERY, SEEN), scope=Document, hints=())
def json_ld_required(document: Document) -> Iterator[Finding]:
    top = list(top_nodes(document))
    seen: dict[str, None] = {}
    for node in top:
        for kind in types_of(node):
            feature = feature_of(kind)
            # A site's name is read on its home page.
            if feature is None or feature.status != "live" or (kind == "WebSite" and document.path != "/"):
                continue
            if not (id_of(node) and _is_stub(node)):
                seen.update(dict.fromkeys(_missing(node, kind, feature, is_within=False)))
            if kind == "BreadcrumbList":
                seen.update(dict.fromkeys(_broken_items(node)))
    at_top = {id(node) for node in top}
    for node in document.nodes if _ABOUT_ANOTHER & document.typed.keys() else ():
        for kind in types_of(node):
            feature = feature_of(kind) if kind in _ABOUT_ANOTHER else None
            if feature is not None and id(node) not in at_top and not is_reference(node):
                seen.update(dict.fromkeys(_missing(node, kind, feature, is_within=True)))
    for what in seen:
        yield Finding(document.path, what, "Add it, or leave the type out.")


def _is_stub(node: Node) -> bool:
    """Whether the node only says what it is: it is described in another place."""
    return node.keys() <= {"@context", "@id", "@type", "name", "url"}


def _missing(node: Node, kind: str, feature: SearchFeature, *, is_within: bool) -> Iterator[str]:
    for names in feature.required:
        if (feature.type, names[0]) in _ELSEWHERE or (is_within and names == ("itemReviewed",)):
            continue
        if all(is_empty(node.get(name)) for name in names):
            called = f"the {kind} {quoted(text_in(node.get('name')))}" if text_in(node.get("name")) else f"the {kind}"
            yield f"{called} has no {' or '.join(names)}, which Google asks for in {feature.feature}"


def _broken_items(node: Node) -> Iterator[str]:
    items = nodes_in(node.get("itemListElement"))
    for number, item in enumerate(items, 1):
        thing = item.get("item")
        name = item.get("name") or (thing.get("name") if isinstance(thing, dict) else None)
        lacking = [
            *(["position"] if is_empty(item.get("position")) else []),
            *(["name"] if is_empty(name) else []),
            *(["item"] if is_empty(thing) and number < len(items) else []),
        ]
        if lacking:
            yield f"item {number} of the BreadcrumbList has no {' and no '.join(lacking)}, which Google asks for"
            return
