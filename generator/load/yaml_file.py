"""Strict YAML: only what the author wrote, and every error at its line."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any, TypeVar

import yaml
from msgspec import Struct, field
from pydantic import BaseModel

from generator.errors import Finding
from generator.load.yaml_syntax import QUOTE_IT, syntax_finding

Path = tuple[str | int, ...]
ModelT = TypeVar("ModelT", bound=BaseModel)
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# YAML 1.1 reads NO as false and 1_000 as a number; authors mean the word. These are YAML 1.2's core types.
_TRUE_FALSE = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NULL = {"", "~", "null", "Null", "NULL"}
_RESOLVED = frozenset(
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp", "merge", "value")
)
"""Tags that the parser gives plain words by itself; an author's own tag would be another."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What no text of a page may hold: none can be seen, XML forbids many, and the last turn round what follows."""

_INTEGER = re.compile(r"[-+]?[0-9]{1,300}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class YamlDocument(Struct, frozen=True):
    """The value of a YAML text, with the line of every key and item."""

    shown: str
    data: Any
    lines: Mapping[Path, int]
    findings: tuple[Finding, ...] = ()
    options: Mapping[Path, str] = field(default_factory=dict)
    """Values that a command-line option gave, and that option."""

    def where(self, path: Path = ()) -> str:
        """File and line of ``path``, or of the nearest thing around it that stands in the file."""
        for length in range(len(path), 0, -1):
            if option := self.options.get(path[:length]):
                return option
        while path and path not in self.lines:
            path = path[:-1]
        return f"{self.shown}:{self.lines.get(path, 1)}"


class _Reading(Struct):
    shown: str
    first_line: int
    lines: dict[Path, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def say(self, node: yaml.Node, what: str, fix: str) -> None:
        self.findings.append(Finding(f"{self.shown}:{self.line(node)}", what, fix))

    def line(self, node: yaml.Node) -> int:
        return int(node.start_mark.line) + self.first_line

    def value(self, node: yaml.Node, path: Path) -> Any:
        self.lines.setdefault(path, self.line(node))
        if isinstance(node, yaml.MappingNode):
            if any(isinstance(key, yaml.MappingNode) and key.flow_style for key, _ in node.value):
                self.say(node, 'the value begins with "{{" and stands without quotation marks', QUOTE_IT)
                return "{{ }}"
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, index)) for index, item in enumerate(node.value)]
        return self.scalar(node) if isinstance(node, yaml.ScalarNode) else None

    def mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.say(key_node, "a key must be a word", "Put the list or mapping after a key and a colon.")
                continue
            key = str(key_node.value)
            if key in result:
                self.say(
                    key_node,
                    f'the key "{key}" stands twice',
                    f"The first is on line {self.lines[(*path, key)]}. Keep one.",
                )
                continue
            self.lines[(*path, key)] = self.line(key_node)
            result[key] = self.value(value_node, (*path, key))
        return result

    def scalar(self, node: yaml.ScalarNode) -> Any:
        text = str(node.value)
        if control := _CONTROL.search(text):
            self.say(node, f"the value has a control character (U+{ord(control[0]):04X})", "Remove it.")
        if node.tag not in _RESOLVED:
            self.say(node, f"the tag {node.tag} is not allowed", "Write the value plainly.")
            return text
        if node.style:  # quoted, or a block of text; the C parser says "" of a plain word, the other None
            return text
        if text in _NULL:
            return None
        if text in _TRUE_FALSE:
            return _TRUE_FALSE[text]
        if _INTEGER.fullmatch(text):
            return int(text)
        if _FLOAT.fullmatch(text):
            return float(text)
        if _DATE.fullmatch(text):
            try:
                return datetime.date.fromisoformat(text)
            except ValueError:
                self.say(node, f"{text} is no day of the calendar", "Write year-month-day, like 2026-08-01.")
        return text


def parse_yaml(text: str, shown: str, first_line: int = 1) -> YamlDocument:
    """Parse one YAML mapping; ``first_line`` is the line of the file on which ``text`` begins.

    Faults are findings of the document, never exceptions: broken syntax, two documents, aliases (they
    make one author's edit change another's value), duplicate keys. ``data`` is then what could be read.
    """
    reading = _Reading(shown, first_line)
    try:
        if _depth(text) > _DEEPEST:
            raise yaml.MarkedYAMLError(problem="brackets are nested too deeply")
        named = [event for event in yaml.parse(text, Loader=_Loader) if getattr(event, "anchor", None)]
        for event in sorted(named, key=lambda event: not isinstance(event, yaml.AliasEvent)):
            sign, does = ("*", "write the value out") if isinstance(event, yaml.AliasEvent) else ("&", "it is lost")
            mark: Any = event.start_mark  # a class of the C parser, with the same lines
            raise yaml.MarkedYAMLError(problem=f"a reference ({sign}name) is not allowed; {does}", problem_mark=mark)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        return YamlDocument(shown, {}, {}, (syntax_finding(error, text, shown, first_line),))
    except yaml.YAMLError as error:
        return YamlDocument(shown, {}, {}, (Finding(f"{shown}:{first_line}", f"this is not valid YAML: {error}", ""),))
    if node is None:
        return YamlDocument(shown, {}, {(): first_line})
    data = reading.value(node, ())
    if not isinstance(data, dict):
        reading.say(node, "there must be keys with values here", "Write lines like “brand: Kaly”.")
        data = {}
    return YamlDocument(shown, data, reading.lines, tuple(reading.findings))


_DEEPEST = 50
"""Brackets within brackets; the parser recurses, and a few thousand end the process without a word."""


def _depth(text: str) -> int:
    """An upper bound of how deeply brackets are nested, whatever stands in quotation marks."""
    deepest = depth = 0
    for sign in re.findall(r"[\[\]{}]", text):
        depth += 1 if sign in "[{" else -1 if depth else 0
        deepest = max(deepest, depth)
    return deepest
