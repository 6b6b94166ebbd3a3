"""Lenient reader of the JSON-LD of a page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct


class JsonLd(Struct, frozen=True):
    """A block of structured data: its nodes, or its fault."""

    source: str
    nodes: tuple[Mapping[str, Any], ...]
    fault: str = ""


def read_json_ld(source: str) -> JsonLd:
    """The block with this text; one that cannot be read has a fault in place of nodes."""
    try:
        found = _STRICT.decode(source)
        if _HALF.search(source):
            # Half a surrogate pair is valid there, and cannot be written anywhere.
            found = json.loads(json.dumps(found, ensure_ascii=False).encode("utf-8", "replace"))
    except ValueError as error:
        return JsonLd(source, (), str(error))
    except RecursionError:
        return JsonLd(source, (), "it is nested too deeply to be read")
    nodes = found if isinstance(found, list) else [found]
    if not all(isinstance(node, dict) for node in nodes):
        return JsonLd(source, (), "it is no object of names and values")
    return JsonLd(source, tuple(nodes))


def nested(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every node in ``value``, those within nodes among them, in the order of the text."""
    waiting = [value]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, dict):
            yield inner
            waiting += reversed(inner.values())
        elif isinstance(inner, list):
            waiting += reversed(inner)


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no value of JSON")


_STRICT = json.JSONDecoder(parse_constant=_refuse)
_HALF = re.compile(r"\\[uU][dD]")


def types_of(node: Mapping[str, Any]) -> tuple[str, ...]:
    """The schema.org types of a node of structured data."""
    said = node.get("@type")
    if type(said) is str:
        return (said,)
    kinds = said if isinstance(said, list) else [said]
    return tuple(kind for kind in kinds if isinstance(kind, str))
