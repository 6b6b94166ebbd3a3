"""A thing in the structured data does not say what it is.

Without `@type` no program knows whether a name is that of a clinic or of a city, and without `@context` none knows
that the words are those of schema.org. Things within a `@graph` share the context of their block.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.json_ld import types_of
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import documented, rule
from generator.check.structured_data import Node, id_of, is_empty, is_reference, nodes_in, text_in
from generator.errors import Finding

_FAQ = '"@context":"https://schema.org","@type":"FAQPage",'
GOOD = (
    Edit(_FAQ, '"@context":["https://schema.org",{"kaly":"https://www.example.com/"}],"@type":["FAQPage"],'),
    Edit(_FAQ, '"@context":{"@vocab":"http://schema.org/"},"@type":"FAQPage",'),
    Edit(
        '"@graph":\\[',
        '"@graph":[{"@id":"https://www.example.com/#website"},'
        '{"@id":"https://www.example.com/#website","inLanguage":"en"},',
    ),
)
BAD = (
    Edit(_FAQ, '"@type":"FAQPage",'),
    Edit(_FAQ, '"@context":"https://schema.org",'),
    Edit(_FAQ, '"@context":"","@type":"FAQPage",'),
    Edit(_FAQ, '"@context":"https://schema.org","@type":null,'),
    Edit('"@type":"MedicalTherapy",', ""),
    Edit('"@context":"https://schema.org","@graph"', '"@graph"'),
)


@rule(
    severity="error",
    evidence=documented("https://www.w3.org/TR/json-ld11/#the-context", "2026-11-22"),
    scope=Document,
    hints=(),
)
def json_ld_type(document: Document) -> Iterator[Finding]:
    typed = {id_of(node) for nodes in document.typed.values() for node in nodes}
    blocks = [node for block in document.json_ld for node in block.nodes]
    without = [node for node in blocks if not _has_context(node.get("@context"))]
    if without:
        what = f"{_called(without[0])} has no @context{as_in_others(len(without))}"
        yield Finding(document.path, what, 'Begin the block with "@context": "https://schema.org".')
    members = [member for node in blocks for member in (nodes_in(node["@graph"]) if "@graph" in node else [node])]
    bare = [member for member in members if _is_untyped(member, typed)]
    if bare:
        what = f"{_called(bare[0])} has no @type{as_in_others(len(bare))}"
        yield Finding(document.path, what, "Say what it is, as in schema.org.")


def _has_context(context: Any) -> bool:
    return isinstance(context, str | list | dict) and not is_empty(context)


def _is_untyped(node: Node, typed: set[str]) -> bool:
    """Whether nothing on the page says what the node is; a node may be described in several places."""
    return not types_of(node) and not is_reference(node) and not (id_of(node) and id_of(node) in typed)


def _called(node: Node) -> str:
    kinds = types_of(node)
    if kinds:
        return f"the {kinds[0]} of the structured data"
    name = text_in(node.get("name")) or id_of(node)
    return f"{quoted(name)} in the structured data" if name else "a thing in the structured data"
