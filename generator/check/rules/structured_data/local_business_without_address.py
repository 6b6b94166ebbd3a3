"""The structured data has a business that people can visit and does not say where.

A `LocalBusiness` is a place with an address; without one Google does not use it. For a service that comes to people,
or that only helps to find providers in a city, use `Service` with `areaServed`. Do not invent premises.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.json_ld import types_of
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import documented, rule
from generator.check.search_features import LOCAL_BUSINESSES
from generator.check.structured_data import Node, id_of, is_empty, text_in, top_nodes
from generator.errors import Finding

_THERAPY = '{"@type":"MedicalTherapy",'
_CLINIC = '{"@type":"MedicalClinic","@id":"https://www.example.com/#clinic","name":"Kaly"'
GOOD = (
    Edit(_THERAPY, f'{_CLINIC},"address":"1 Main Street, Waco, TX"}},{_THERAPY}'),
    Edit(_THERAPY, f'{_CLINIC},"address":{{"@id":"https://www.example.com/#address"}}}},{_THERAPY}'),
    Edit(_THERAPY, f'{_CLINIC},"location":{{"@type":"Place","address":"1 Main Street"}}}},{_THERAPY}'),
    Edit(_THERAPY, f'{_CLINIC}}},{_CLINIC},"address":"1 Main Street, Waco, TX"}},{_THERAPY}'),
    Edit(_THERAPY, f'{{"@type":"Service","name":"Kaly","areaServed":"Waco"}},{_THERAPY}'),
    Edit(_THERAPY, f'{{"@type":"Service","provider":{{"@type":"MedicalClinic","name":"Kaly"}}}},{_THERAPY}'),
)
BAD = (
    Edit(_THERAPY, f'{_CLINIC},"areaServed":"Waco"}},{_THERAPY}'),
    Edit(_THERAPY, f'{_CLINIC},"address":{{"@type":"PostalAddress","streetAddress":""}}}},{_THERAPY}'),
)


@rule(
    severity="error",
    evidence=documented(
        "https://developers.google.com/search/docs/appearance/structured-data/local-business", "2026-11-22"
    ),
    scope=Document,
    hints=(),
)
def local_business_without_address(document: Document) -> Iterator[Finding]:
    if LOCAL_BUSINESSES.isdisjoint(document.typed):
        return
    businesses = [node for node in top_nodes(document) if LOCAL_BUSINESSES.intersection(types_of(node))]
    found = {id_of(node) for node in businesses if _has_address(node)} - {""}
    without = [node for node in businesses if not _has_address(node) and id_of(node) not in found]
    if without:
        kind = next(kind for kind in types_of(without[0]) if kind in LOCAL_BUSINESSES)
        name = text_in(without[0].get("name"))
        called = f"the {kind} {quoted(name)}" if name else f"the {kind}"
        fix = "Give its address, or use Service with areaServed where there are no premises."
        yield Finding(document.path, f"{called} has no address{as_in_others(len(without))}", fix)


def _has_address(node: Node) -> bool:
    address = node.get("address")
    if isinstance(address, dict):
        return any(not is_empty(value) for name, value in address.items() if name != "@type")
    return not is_empty(address) or not is_empty(node.get("location"))
