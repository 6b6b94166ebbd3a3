"""The structured data describes one thing twice, and the two do not agree.

Which phone number, address or date is right no program can tell. Parts of the description may stand in several
places; where they give the same fact it must be the same. Describe each thing once and point to it by its `@id`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.json_ld import types_of
from generator.check.quoting import quoted
from generator.check.rule import BUILD, rule
from generator.check.search_features import is_business
from generator.check.structured_data import Node, id_of, is_empty, is_reference, text_in
from generator.errors import Finding

_SINGLE = ("name", "headline", "url", "telephone", "email", "address", "datePublished", "dateModified")
"""Properties of which a thing has one at a time."""

_ORGANIZATION = '{"@type":"Organization","@id":"https://www.example.com/#organization",'
_TWICE = f'{_ORGANIZATION}"name":"Kaly","url":"https://www.example.com/"}},{_ORGANIZATION}'
_BRANCH = '{"@type":"MedicalClinic","name":"Kaly Clinic","address":{"addressLocality":'
GOOD = (
    Edit(_ORGANIZATION, f'{_ORGANIZATION}"telephone":"+1 254 555 0100"}},{_ORGANIZATION}'),
    Edit(_ORGANIZATION, f'{{"@type":"Brand","name":"Kaly","url":"https://brand.example.org/"}},{_ORGANIZATION}'),
    Edit(_ORGANIZATION, f'{_ORGANIZATION}"url":["https://www.example.com"],"name":" Kaly "}},{_ORGANIZATION}'),
    Edit(
        _ORGANIZATION,
        f'{_BRANCH}"Waco"}},"telephone":"1"}},{_BRANCH}"Dallas"}},"telephone":"2"}},{_ORGANIZATION}',
    ),
)
BAD = (
    Edit(_ORGANIZATION, f'{_ORGANIZATION}"name":"Kaly Inc."}},{_ORGANIZATION}'),
    Edit(_ORGANIZATION, f'{{"@type":"Organization","name":"Kaly","url":"https://kaly.example.org/"}},{_ORGANIZATION}'),
    Edit(
        _ORGANIZATION,
        f'{{"@type":"Organization","@id":"https://www.example.com/#kaly","name":"Kaly"}},{_ORGANIZATION}',
    ),
    Edit(
        _ORGANIZATION,
        f'{_BRANCH}"Waco"}},"telephone":"1"}},{_BRANCH}"Waco"}},"telephone":"2"}},{_ORGANIZATION}',
    ),
)


@rule(severity="error", evidence=BUILD, scope=Document, hints=())
def json_ld_duplicate_node(document: Document) -> Iterator[Finding]:
    named = [(node, tuple(_names(node))) for node in document.nodes if _may_be_known(node)]
    counted = Counter(thing for _, things in named for thing in things)
    known: dict[tuple[str, ...], dict[str, str]] = {}
    for node, things in named:
        for thing in things:
            if counted[thing] < 2:
                continue  # Nothing else can contradict it.
            earlier = known.setdefault(thing, {})
            for name, value in _facts(node):
                first = earlier.setdefault(name, value)
                if first != value:
                    both = f"{quoted(first)} and as {quoted(value)}"
                    what = f"the structured data gives {name} of {quoted(thing[-1])} as {both}"
                    yield Finding(document.path, what, "Describe the thing once, and point to it by its @id.")
                    return


def _may_be_known(node: Node) -> bool:
    """Whether other nodes may be about the same, and it says anything of it."""
    if is_reference(node):
        return False
    return "@id" in node or "address" in node or types_of(node) == ("Organization",)


def _names(node: Node) -> Iterator[tuple[str, ...]]:
    """What the node is about, as far as other nodes may be about the same; what it is called comes last."""
    if identifier := id_of(node):
        yield "@id", identifier
    kinds, name = types_of(node), text_in(node.get("name"))
    if kinds == ("Organization",) and name:
        yield "Organization", name
    elif name and not is_empty(node.get("address")) and is_business(kinds):
        # Branches of one business share its name; they differ in where they are.
        yield _plain(node["address"]), name


def _facts(node: Node) -> Iterator[tuple[str, str]]:
    names = (*_SINGLE, "@id") if is_business(types_of(node)) else _SINGLE
    for name in names:
        value = node.get(name)
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        # Several values are no contradiction, and a mere reference may be to either.
        is_several = isinstance(value, list) or (isinstance(value, dict) and "@id" in value)
        if not is_empty(value) and not is_several:
            yield name, _plain(value)


def _plain(value: Any) -> str:
    """A value as text, the parts of an address in the order of their names."""
    parts = sorted(value.items()) if isinstance(value, dict) else [("", value)]
    said = (str(part) for name, part in parts if name != "@type" and isinstance(part, str | int | float))
    return ", ".join(" ".join(part.split()).rstrip("/") for part in said)
