"""Strict YAML: only what the author wrote, and every error at its line."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml
from msgspec import Struct, field

from generator.errors import Finding
from generator.load.yaml_syntax import QUOTE_IT, syntax_finding

Path = tuple[str | int, ...]
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# YAML 1.1 reads NO as false and 1_000 as a number; authors mean the word. These are YAML 1.2's core types.
_TRUE_FALSE = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NULL = {"", "~", "null", "Null", "NULL"}

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Characters that no text of a page may have: all are invisible, XML forbids many, the last reverse later text."""

_INTEGER = re.compile(r"[-+]?[0-9]{1,300}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class YamlDocument(Struct, frozen=True):
    """The value of a YAML text, and where every key and item stands: its file and line, or a command-line option."""

    shown: str
    data: Any
    places: Mapping[Path, str]
    findings: tuple[Finding, ...] = ()

    def where(self, path: Path = ()) -> str:
        """Where ``path`` stands, or the nearest thing around it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, f"{self.shown}:1")


class _Reading(Struct):
    shown: str
    first_line: int
    events: Iterator[Any]
    """Events of the parser; the classes of the one in C have no types."""
    places: dict[Path, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def at(self, event: Any) -> str:
        return f"{self.shown}:{event.start_mark.line + self.first_line}"

    def say(self, event: Any, what: str, fix: str) -> None:
        self.findings.append(Finding(self.at(event), what, fix))

    def document(self) -> Any:
        """The one value of the text, None where there is none; raises a YAMLError where it cannot be read."""
        value = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if self.places:
                    raise _refused(event, "a second document begins")
                value = self.value(next(self.events), ())
        return value

    def accept(self, event: Any, path: Path) -> None:
        """Note where ``path`` is first met, unless the event is refused."""
        if event.anchor is not None:
            raise _refused(event, "a reference (&name or *name) is not allowed; write the value out")
        if len(path) > _DEEPEST:
            raise _refused(event, "brackets are nested too deeply")
        if event.tag is not None:
            self.say(event, f"the tag {event.tag} is not allowed", "Write the value plainly.")
        self.places.setdefault(path, self.at(event))

    def value(self, event: Any, path: Path) -> Any:
        self.accept(event, path)
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(event, path)
        items: list[Any] = []
        while not isinstance(item := next(self.events), yaml.SequenceEndEvent):
            items.append(self.value(item, (*path, len(items))))
        return items

    def mapping(self, start: Any, path: Path) -> dict[str, Any] | str:
        result: dict[str, Any] = {}
        is_jinja = False
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if isinstance(event, yaml.ScalarEvent):
                key = str(event.value)
                if key in result:
                    first = self.places[(*path, key)].rpartition(":")[2]
                    self.say(event, f'the key "{key}" stands twice', f"The first is on line {first}. Keep one.")
                self.accept(event, (*path, key))
            else:
                key = ""
                is_jinja = is_jinja or (isinstance(event, yaml.MappingStartEvent) and bool(event.flow_style))
                if not is_jinja:
                    self.say(event, "a key must be a word", "Put the list or mapping after a key and a colon.")
                self.value(event, path)
            result.setdefault(key, self.value(next(self.events), (*path, key)))
        if is_jinja:
            self.say(start, 'the value begins with "{{" and stands without quotation marks', QUOTE_IT)
            return "{{ }}"
        return result

    def scalar(self, event: Any) -> Any:
        text = str(event.value)
        if control := _CONTROL.search(text):
            self.say(event, f"the value has a control character (U+{ord(control[0]):04X})", "Remove it.")
        if event.style:  # quoted, or a block of text; the C parser says "" of a plain word, the other None
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
                self.say(event, f"{text} is no day of the calendar", "Write year-month-day, like 2026-08-01.")
        return text


def parse_yaml(text: str, shown: str, first_line: int = 1) -> YamlDocument:
    """Parse one YAML mapping; ``first_line`` is the line of the file on which ``text`` begins.

    Faults are findings of the document, never exceptions: broken syntax, two documents, references (they
    make one author's edit change another's value), duplicate keys. ``data`` is then what could be read.
    """
    reading = _Reading(shown, first_line, iter(yaml.parse(text, Loader=_Loader)))
    try:
        data = reading.document()
    except yaml.MarkedYAMLError as error:
        return YamlDocument(shown, {}, {}, (syntax_finding(error, text, shown, first_line),))
    except yaml.YAMLError as error:
        return YamlDocument(shown, {}, {}, (Finding(f"{shown}:{first_line}", f"this is not valid YAML: {error}", ""),))
    where = reading.places.setdefault((), f"{shown}:{first_line}")
    if data is not None and not isinstance(data, dict):
        what = "there must be keys with values here"
        reading.findings.append(Finding(where, what, "Write lines like “brand: Kaly”."))
        data = None
    return YamlDocument(shown, data or {}, reading.places, tuple(reading.findings))


_DEEPEST = 50
"""Lists and groups within one another: reading them recurses."""


def _refused(event: Any, problem: str) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)
