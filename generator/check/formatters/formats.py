"""The forms in which the outcome of a check can be given, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from generator.check.formatters.json_report import json_report
from generator.check.formatters.sarif import sarif_report
from generator.check.formatters.text import text_report
from generator.check.results import Outcome

FORMATS: Mapping[str, Callable[[Sequence[Outcome]], str]] = {
    "text": text_report,
    "json": json_report,
    "sarif": sarif_report,
}
