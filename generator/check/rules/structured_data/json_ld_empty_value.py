"""A value in the structured data was never filled in.

Readers do not see it, and programs take it at its word: a phone number “N/A”, a city “{{ city }}”, a date that is
nothing. Fill in the value, or leave the property out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import BUILD, rule
from generator.errors import Finding

_NOTHING = frozenset(
    ("", "N/A", "n/a", "#N/A", "#REF!", "null", "None", "nan", "NaN", "undefined", "TODO", "TBD", "[object Object]")
)
_SLOT = re.compile(
    r"\{\{|\{%|%\(\w+\)[sd]|(?<![\w%])%s\b|\[(?:CITY|STATE|REGION|PLACE|NAME|COUNTY|INSERT|YOUR)\b[^\[\]]*\]"
)
_HINTS = ("{", "%", "[", "#", *(f"\n{value}\n" for value in sorted(_NOTHING - {""})))

GOOD = (
    Edit('"name":"Injection"', '"name":"Injection","sameAs":[],"size":0,"isFree":false,"code":"NA"'),
    Edit('"name":"Injection"', '"name":"None of [these] is 100% safe: n/a"'),
    Edit("<p>With a needle.</p>", "<script>{}</script><p>null</p>"),
)
BAD = (
    Edit('"name":"Injection"', '"name":""'),
    Edit('"name":"Injection"', '"name":null'),
    Edit('"name":"Injection"', '"name":" N/A "'),
    Edit('"name":"Injection"', '"name":"Injection in {{ place.name }}"'),
    Edit('"name":"Injection"', '"name":"Injection in [CITY]"'),
    Edit('"name":"Injection"', '"name":["Injection","undefined"]'),
)


@rule(
    severity="error",
    evidence=BUILD,
    scope=Document,
    hints=_HINTS,
)
def json_ld_empty_value(document: Document) -> Iterator[Finding]:
    empty = [found for block in document.json_ld for found in _empty(block.nodes)]
    if empty:
        name, value = empty[0]
        shown = "null" if value is None else quoted(value)
        what = f"{name} in the structured data is not filled in: {shown}{as_in_others(len(empty))}"
        yield Finding(document.path, what, "Fill in the value, or leave the property out.")


def _empty(nodes: Any) -> Iterator[tuple[str, Any]]:
    """The values that say nothing, each with the property that has it, in order."""
    waiting: list[tuple[str, Any]] = [("", node) for node in reversed(nodes)]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, str):
            if value.strip() in _NOTHING or (("{" in value or "[" in value or "%" in value) and _SLOT.search(value)):
                yield name, value
        elif isinstance(value, dict):
            waiting += reversed(value.items())
        elif isinstance(value, list):
            waiting += [(name, inner) for inner in reversed(value)]
        elif value is None:
            yield name, value
