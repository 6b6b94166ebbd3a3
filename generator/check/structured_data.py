"""Queries on structured data and its words, for rules."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from generator.check.document import Document

Node = Mapping[str, Any]


def top_nodes(document: Document) -> Iterator[Node]:
    """The nodes that stand for themselves: those of each block, or of its graph, and the main thing of a page."""
    for block in document.json_ld:
        for node in block.nodes:
            members = nodes_in(node["@graph"]) if "@graph" in node else [node]
            for member in members:
                yield member
                yield from nodes_in(member.get("mainEntity"))


def nodes_in(value: Any) -> list[Node]:
    """The nodes that a property has: one, or a list of them."""
    values = value if isinstance(value, list) else [value]
    return [node for node in values if isinstance(node, dict)]


def text_in(value: Any) -> str:
    """The text that a property has, the first one of several; empty where it has none."""
    first = value[0] if isinstance(value, list) and value else value
    said = first.get("@value") if isinstance(first, dict) else first
    return said.strip() if isinstance(said, str) else ""


def id_of(node: Node) -> str:
    said = node.get("@id")
    return said.strip() if isinstance(said, str) else ""


def is_reference(node: Node) -> bool:
    """Whether the node only refers to a thing by its ``@id``."""
    return len(node) == 1 and "@id" in node


def is_empty(value: Any) -> bool:
    """Whether a property has no content."""
    return value is None or value in ("", [], {}) or (isinstance(value, str) and not value.strip())


def letters(text: str) -> str:
    """Only the letters and digits of a text, in small ones: the same however it is set."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))
