"""Findings and errors: where, what, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

Severity = Literal["stop", "error", "warning", "info"]

EXIT_CLEAN = 0
EXIT_ERRORS = 1
EXIT_USAGE = 2


class Finding(Struct, frozen=True, order=True):
    """One thing wrong.

    ``where`` is a file and line, a row and column, an option, or a URL, as its author would name it.
    ``stop`` keeps the whole build from starting, ``error`` leaves the pages concerned as they were last
    built, ``warning`` and ``info`` change nothing but what is said. ``rule`` is the id of the rule that found it,
    if one did.
    """

    where: str
    what: str
    fix: str = ""
    severity: Severity = "stop"
    rule: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}. {self.fix}".rstrip() if self.fix else f"{self.where}: {self.what}."


def told_of(finding: Finding) -> str:
    """``finding`` for a person, with the id of the rule that found it, by which a site can make it matter less."""
    is_named = not finding.rule or f"({finding.rule}" in finding.what
    return str(finding if is_named else replace(finding, what=f"{finding.what} ({finding.rule})"))


class SiteError(Exception):
    """The site cannot be built; carries every finding of the run, not only the first."""

    exit_code = EXIT_ERRORS

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(dict.fromkeys(findings))
        super().__init__("\n".join(str(finding) for finding in self.findings))

    def __reduce__(self) -> tuple[type[SiteError], tuple[tuple[Finding, ...]]]:
        # An exception travels between processes by its arguments, which here are not its text.
        return type(self), (self.findings,)


class ConfigurationError(SiteError):
    """The command line or ``site.yaml`` cannot be used; the exit code tells it from a fault in content."""

    exit_code = EXIT_USAGE


def quantity(number: int, one: str, many: str) -> str:
    """``number`` with the noun that goes with it."""
    return f"{number:,} {one if number == 1 else many}"


_LISTED = 20
"""Names that a list shows before it becomes a wall."""


def did_you_mean(wrong: str, known: Iterable[str], otherwise: str = "") -> str:
    """The cure for a mistyped name: the nearest known one, or where none is near ``otherwise``, or the list of them."""
    names = sorted(known)
    near = get_close_matches(wrong, names, n=1, cutoff=0.6)
    if near:
        return f'Did you mean "{near[0]}"?'
    shown = ", ".join(names[:_LISTED]) + (" and more" if len(names) > _LISTED else "")
    return otherwise or (f"Known: {shown}." if names else "")
