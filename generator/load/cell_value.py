"""A table's cell as a value of its column's type."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from urllib.parse import urlsplit

from generator.load.csv_file import quoted
from generator.model import Value


def cell_value(text: str, kind: str) -> Value:
    """The value of a cell that is not empty; raises ``ValueError`` with what is wrong and a form that is right."""
    return _PARSERS[kind](text)


def _integer(text: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,15}", text):
        raise ValueError(f"{quoted(text)} is not a whole number", "Write digits only, like 1250.")
    return int(text)


def _number(text: str) -> float:
    if not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", text):
        raise ValueError(f"{quoted(text)} is not a number", "Write digits with a decimal point, like 1250.5.")
    return float(text)


def _boolean(text: str) -> bool:
    value = {"yes": True, "true": True, "no": False, "false": False}.get(text.lower())
    if value is None:
        raise ValueError(f"{quoted(text)} is neither yes nor no", "Write yes or no.")
    return value


def _date(text: str) -> datetime.date:
    fault = ValueError(f"{quoted(text)} is not a date", "Write year, month and day, like 2026-01-31.")
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise fault
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise fault from None


def _url(text: str) -> str:
    fault = ValueError(f"{quoted(text)} is not a web address", "Write it whole, like https://www.example.com/page.")
    try:
        parts = urlsplit(text)
    except ValueError:
        raise fault from None
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"[\s<>\"'\\]", text):
        raise fault
    return text


_PARSERS: dict[str, Callable[[str], Value]] = {
    "text": str,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "url": _url,
}
