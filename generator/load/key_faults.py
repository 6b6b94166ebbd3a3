"""Messages for invalid values of keys, which say what to write instead."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator.errors import Finding, did_you_mean
from generator.load.yaml_file import Path, YamlDocument

ModelT = TypeVar("ModelT", bound=BaseModel)
_LONGEST_SHOWN = 60
_GROUPED_DIGITS = re.compile(r"[0-9]{1,3}(?:[,._' \u00a0\u202f][0-9]{3})+")


def validate(model: type[ModelT], document: YamlDocument) -> tuple[ModelT | None, tuple[Finding, ...]]:
    """The document as ``model``, or every fault at its line; one that could not be read is not validated."""
    if not document.places:
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
"""Forms of values in words, by their key or the one around it, in place of patterns that authors cannot read."""

_BOUNDS = {"greater_than_equal": ("ge", "or more"), "less_than_equal": ("le", "or less")}


def _explained(detail: ErrorDetails, path: Path, keys: Sequence[str]) -> tuple[str, str]:
    """The requirement on the value, and what to write; ``keys`` are those of the group that belongs there."""
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
        what = f"it must be one of: {', '.join(allowed)}"
        return what, did_you_mean(str(value), allowed, "Write one of these.")
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
