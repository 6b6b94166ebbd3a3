"""Text output of a check, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from generator.check.registry import all_rules
from generator.check.results import SEVERITIES, Outcome
from generator.errors import Severity, quantity

_SHOWN = 5
"""Findings of one rule that are shown; the others are counted, and `--format json` lists them."""

_WORDS: dict[Severity, tuple[str, str]] = {
    "stop": (
        "fault that must keep the site from being published",
        "faults that must keep the site from being published",
    ),
    "error": ("error", "errors"),
    "warning": ("warning", "warnings"),
    "info": ("note", "notes"),
}


def text_report(outcomes: Sequence[Outcome]) -> str:
    return "\n\n".join("\n".join(_lines(outcome)) for outcome in outcomes) + "\n"


def counted(outcome: Outcome) -> str:
    """Numbers of findings by kind, in one phrase."""
    numbers = [(severity, outcome.count(severity)) for severity in SEVERITIES]
    parts = [quantity(number, *_WORDS[severity]) for severity, number in numbers if number]
    return ", ".join(parts) or "nothing is wrong"


def _lines(outcome: Outcome) -> Iterator[str]:
    whole = "all" if outcome.read == outcome.pages else f"{outcome.read:,} of them"
    yield f"{outcome.tree}: {outcome.pages:,} pages were checked, {whole} word by word: {counted(outcome)}."
    if outcome.read < outcome.pages:
        yield "The others differ from one of these in values only, and those were searched for what rules forbid."
    if outcome.is_outdated:
        yield "Something has changed since it was built: run make pages first to check what it is by now."
    for (severity, rule), found in groupby(outcome.findings, lambda finding: (finding.severity, finding.rule)):
        total = outcome.counts[rule, severity]
        yield ""
        yield f"{severity}: {all_rules()[rule].summary} ({rule}, {total:,})"
        for number, finding in enumerate(found):
            if number < _SHOWN:
                yield f"  {_printable(str(finding))}"
        if total > _SHOWN:
            yield f"  … and {total - _SHOWN:,} more"
    if outcome.applied:
        yield ""
        yield "Decided in site.yaml:"
    for setting in outcome.applied:
        yield f"  {setting.rule} is “{setting.severity}” here, for {setting.count:,}: {setting.reason}"


def _printable(text: str) -> str:
    """``text`` without characters that steer a terminal: pages and names of files are untrusted."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text)
