"""Reads YAML strictly: only what the author wrote, and every error at its line."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator.errors import Finding, did_you_mean

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

_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class YamlDocument:
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


@dataclass(slots=True)
class _Reading:
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
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=_Loader)):
            raise yaml.MarkedYAMLError(problem="a reference (*name) is not allowed; write the value out")
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        return YamlDocument(shown, {}, {}, (_syntax_finding(error, text, shown, first_line),))
    except yaml.YAMLError as error:
        return YamlDocument(shown, {}, {}, (Finding(f"{shown}:{first_line}", f"this is not valid YAML: {error}", ""),))
    if node is None:
        return YamlDocument(shown, {}, {(): first_line})
    data = reading.value(node, ())
    if not isinstance(data, dict):
        reading.say(node, "there must be keys with values here", "Write lines like “brand: Kaly”.")
        data = {}
    return YamlDocument(shown, data, reading.lines, tuple(reading.findings))


def _syntax_finding(error: yaml.MarkedYAMLError, text: str, shown: str, first_line: int) -> Finding:
    mark = error.problem_mark or error.context_mark
    at = mark.line if mark else 0
    begins = error.context_mark.line if error.context_mark else at
    # An open quotation mark is noticed only where the next one stands.
    around = "" if begins == at else f", in what begins on line {begins + first_line}"
    lines = text.splitlines()
    fix = (
        "Indent with spaces, not tabs."
        if at < len(lines) and "\t" in lines[at]
        else 'Close every quotation mark, put them around a value that contains ": ", and check the indentation.'
    )
    return Finding(
        f"{shown}:{at + first_line}", f"this is not valid YAML: {error.problem or error.context}{around}", fix
    )


def validate(model: type[ModelT], document: YamlDocument) -> tuple[ModelT | None, tuple[Finding, ...]]:
    """The document as ``model``, or every fault at its line; nothing is asked of one that could not be read."""
    if not document.lines:
        return None, ()
    try:
        return model.model_validate(document.data), ()
    except ValidationError as error:
        return None, tuple(_finding(document, model, detail) for detail in error.errors(include_url=False))


def _finding(document: YamlDocument, model: type[BaseModel], detail: ErrorDetails) -> Finding:
    path: Path = tuple(detail["loc"])
    where = document.where(path)
    name = str(path[-1]) if path else ""
    dotted = ".".join(str(part) for part in path)
    kind = detail["type"]
    if kind == "extra_forbidden":
        return Finding(where, f'unknown key "{name}"', did_you_mean(name, known_keys(model, path[:-1])))
    if kind == "missing":
        return Finding(document.where(path[:-1]), f'the key "{dotted}" is missing', "Add it.")
    message = detail["msg"].removeprefix("Value error, ")
    message = message[:1].lower() + message[1:]
    return Finding(where, f'"{dotted}" is {_shown_value(detail["input"])}: {message}', "")


def _shown_value(value: object) -> str:
    text = str(value) if isinstance(value, (str, int, float, datetime.date)) else type(value).__name__
    names = {"dict": "a group of keys", "list": "a list", "NoneType": "empty"}
    return names.get(text, repr(text) if isinstance(value, str) else text)[:60]


def known_keys(model: type[BaseModel], path: Sequence[str | int]) -> list[str]:
    """The keys that ``model`` has at ``path``; none where the path leads to free names."""
    current: Any = model
    for part in path:
        current = _step(current, part)
    fields = getattr(current, "model_fields", None)
    return [info.alias or name for name, info in fields.items()] if isinstance(fields, dict) else []


def _step(current: Any, part: str | int) -> Any:
    fields = getattr(current, "model_fields", None)
    if isinstance(fields, dict):
        info = fields.get(str(part))
        return _inner(info.annotation) if info is not None else None
    return current


def _inner(annotation: Any) -> Any:
    """The model inside ``X | None``, ``list[X]`` or ``dict[str, X]``."""
    arguments = getattr(annotation, "__args__", ())
    for candidate in (*arguments[::-1], annotation):
        if isinstance(candidate, type) and issubclass(candidate, BaseModel):
            return candidate
    return None
