"""Reads YAML strictly: only what the author wrote, and every error at its line."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, get_args

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

_INTEGER = re.compile(r"[-+]?[0-9]{1,300}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


_QUOTE_IT = 'Put quotation marks around it: "…".'
_BEFORE_VALUE = re.compile(r"\s*(?:-\s+)*(?:[\w.-]+:(?:\s+|$))?")
_QUOTED = {
    "'": re.compile(r"'(?:[^']|'')*'\s*(?:#.*)?"),
    '"': re.compile(r'"(?:[^"\\]|\\.)*"\s*(?:#.*)?'),
}
_LONGEST_SHOWN = 60
_GROUPED_DIGITS = re.compile(r"[0-9]{1,3}(?:[,._' \u00a0\u202f][0-9]{3})+")


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
            if any(isinstance(key, yaml.MappingNode) and key.flow_style for key, _ in node.value):
                self.say(node, 'the value begins with "{{" and stands without quotation marks', _QUOTE_IT)
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
        named = [event for event in yaml.parse(text, Loader=_Loader) if getattr(event, "anchor", None)]
        for event in sorted(named, key=lambda event: not isinstance(event, yaml.AliasEvent)):
            sign, does = ("*", "write the value out") if isinstance(event, yaml.AliasEvent) else ("&", "it is lost")
            mark: Any = event.start_mark  # a class of the C parser, with the same lines
            raise yaml.MarkedYAMLError(problem=f"a reference ({sign}name) is not allowed; {does}", problem_mark=mark)
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
    fix = _syntax_cure(text.splitlines(), begins, at, first_line)
    return Finding(
        f"{shown}:{at + first_line}", f"this is not valid YAML: {error.problem or error.context}{around}", fix
    )


def _syntax_cure(lines: Sequence[str], begins: int, at: int, first_line: int) -> str:
    line = lines[at] if at < len(lines) else ""
    if "\t" in line:
        return "Indent with spaces, not tabs."
    if line.startswith(("---", "...")):
        return f"Remove the line {line.split()[0]}."
    if cure := _line_cure(line):
        return cure
    # What a quotation mark leaves open is noticed where the next one stands, or where the file ends.
    if not line or "'" in line or '"' in line:
        for earlier in range(min(at, len(lines)) - 1, begins - 1, -1):
            if _line_cure(lines[earlier]):
                return f"On line {earlier + first_line}: {_line_cure(lines[earlier])}"
    if begins != at and begins < len(lines) and (cure := _line_cure(lines[begins])):
        return f"On line {begins + first_line}: {cure}"
    if begins < len(lines) and lines[begins].strip() and not re.search(r":(\s|$)|^\s*(-\s|#)", lines[begins]):
        return 'Write a colon and a space after a key, like "brand: Kaly", and indent what continues a value.'
    return 'Close every quotation mark, put them around a value that contains ": ", and check the indentation.'


def _line_cure(line: str) -> str:
    """What to do about the value on a line, where its first sign or its quotation marks tell."""
    before = _BEFORE_VALUE.match(line)
    value = line[before.end() :].rstrip() if before else line
    mark = value[:1]
    if mark in ("'", '"'):
        if _QUOTED[mark].fullmatch(value):
            unknown = mark == '"' and re.search(r"\\[^0abtnvfre \"/\\N_LPxuU]", value.replace("\\\\", ""))
            return "Write each backslash twice: \\\\." if unknown else ""
        if mark not in value[1:]:
            return f"Close the quotation mark {mark} at the end of the text."
        if mark == "'":
            return "Write an apostrophe inside '…' twice, like Kaly''s, or put the whole value in \"…\"."
        return 'Write a quotation mark inside "…" as \\", or put the whole value in \'…\'.'
    closing = {"[": "]", "{": "}"}.get(mark)
    if closing and closing not in value:
        return f"Close the bracket {mark}, or put quotation marks around the value if it is a text."
    if mark and mark in "[{@`%&*!|>],}":
        return f'Put quotation marks around the value, because it begins with {mark}: "…".'
    if value.startswith("- ") and before and ":" in before[0]:
        return 'Write each item of a list on its own line below the key, beginning with "- ".'
    return ""


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
    what, fix = _explained(detail, path, known_keys(model, path))
    if name == "[key]":
        return Finding(where, f'the name "{path[-2]}" cannot stand in "{".".join(map(str, path[:-2]))}": {what}', fix)
    return Finding(where, f'"{dotted}" is {_shown_value(detail["input"])}: {what}', fix)


_PATTERNS = {
    "slug": ("it must hold small letters, digits and single hyphens only", "Write it like knee-injections."),
    "theme_color": (
        "it must be a colour",
        'Write # and six digits or letters from a to f, in quotation marks, like "#0b5f5a".',
    ),
    "file": (
        "it must be the name of a picture that stands beside the topic",
        "Use letters, digits, dots, hyphens and _, and end it in .jpg, .jpeg, .png or .webp.",
    ),
    "attributes": (
        "it must begin with data-, and hold small letters, digits and hyphens only",
        "Write it like data-domain.",
    ),
    "disallow_agents": (
        "it must be the name of a crawler",
        "Use letters, digits, dots, hyphens and _ only, like GPTBot.",
    ),
}
"""What a value must look like, by its key or the one around it, for those whose patterns no author reads."""

_BOUNDS = {"greater_than_equal": ("ge", "or more"), "less_than_equal": ("le", "or less")}


def _explained(detail: ErrorDetails, path: Path, keys: Sequence[str]) -> tuple[str, str]:
    """What the value must be, and what to write; ``keys`` are those of the group that belongs there."""
    kind, value, limits = detail["type"], detail["input"], detail.get("ctx", {})
    is_share = bool(path) and str(path[-1]).endswith("_share")
    number_cure = "Write a share of the whole, like 0.2 for a fifth." if is_share else "Write digits only, like 1000."
    if kind in ("model_type", "dict_type"):
        example = f", like “  {keys[0]}: …”" if keys else ""
        return "it must be a group of keys", f"Write each of them on its own indented line below it{example}."
    if kind == "list_type":
        return "it must be a list", 'Write each item on its own line, beginning with "- ".'
    if kind.startswith("date"):
        return "it must be a day", "Write year-month-day, like 2026-11-05."
    if kind == "string_type":
        return "it must be text", _text_cure(value)
    if kind == "string_too_short":
        return "it must not be empty", _text_cure(None)
    if kind == "string_too_long":
        count = f"it has {len(str(value)):,} characters, more than {limits['max_length']:,}"
        return count, "Shorten it."
    if kind == "string_pattern_mismatch":
        near = [_PATTERNS[str(part)] for part in path[::-1] if part in _PATTERNS]
        default = ("it holds characters that are not allowed there", "docs/configuration.md says what it may hold.")
        return near[0] if near else default
    if kind == "too_short":
        return "it must not be empty", (
            'Add an item on a line of its own, beginning with "- ".'
            if isinstance(value, list)
            else "Add a key on an indented line of its own."
        )
    if kind.startswith("int"):
        digits = re.sub("[^0-9]", "", value) if isinstance(value, str) and _GROUPED_DIGITS.fullmatch(value) else ""
        return "it must be a whole number", f"Write digits only: {digits}." if digits else number_cure
    if kind.startswith(("float", "finite")):
        return "it must be a number", number_cure if is_share else "Write digits, like 12 or 0.5."
    if kind in _BOUNDS:
        bound, words = _BOUNDS[kind]
        return f"it must be {limits[bound]:g} {words}", number_cure
    if kind.startswith("bool"):
        return "it must be yes or no", "Write true or false, without quotation marks."
    if kind == "literal_error":
        allowed = re.findall(r"'([^']*)'", str(limits["expected"]))
        near_name = did_you_mean(str(value), allowed)
        what = f"it must be one of: {', '.join(allowed)}"
        return what, near_name if near_name.startswith("Did you mean") else "Write one of these."
    message = detail["msg"].removeprefix("Value error, ")
    return message[:1].lower() + message[1:], ""


def _text_cure(value: object) -> str:
    if value is None:
        return 'Write it after the colon, in quotation marks: "…".'
    if isinstance(value, (list, dict)):
        return 'Write one text after the colon, in quotation marks: "…".'
    shown = str(value).lower() if isinstance(value, bool) else str(value)
    return f'Put it in quotation marks: "{shown}".'


def _shown_value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if value in ("", [], {}, None):
        return "empty"
    if isinstance(value, str):
        return repr(value) if len(value) <= _LONGEST_SHOWN else repr(value[:_LONGEST_SHOWN] + "…")
    if isinstance(value, (int, float, datetime.date)):
        return str(value)[:60]
    return "a list" if isinstance(value, list) else "a group of keys"


def known_keys(model: type[BaseModel], path: Sequence[str | int]) -> list[str]:
    """The keys that ``model`` has at ``path``; none where the path leads to free names."""
    current: Any = model
    for part in path:
        current = _step(_plain(current), part)
    fields = getattr(_plain(current), "model_fields", None)
    return [info.alias or name for name, info in fields.items()] if isinstance(fields, dict) else []


def _step(current: Any, part: str | int) -> Any:
    fields = getattr(current, "model_fields", None)
    if isinstance(fields, dict):
        info = fields.get(str(part))
        return info.annotation if info is not None else None
    return next(iter(get_args(current)[::-1]), None)


def _plain(annotation: Any) -> Any:
    """``X`` of ``X | None``."""
    arguments = get_args(annotation)
    return next(part for part in arguments if part is not type(None)) if type(None) in arguments else annotation
