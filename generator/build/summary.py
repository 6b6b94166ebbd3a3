"""Summary of a build, as it is printed and as the ledger remembers it."""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec import Struct, field

from generator.errors import Finding
from generator.ledger.records import Counts


class GateOutcome(msgspec.Struct, frozen=True):
    """Outcome of the gate. ``everywhere`` is why no page at all may be indexed, where that is so.

    ``kept_back`` counts the pages that it keeps back, or would if it ``is_enforced``, by the verdict and its cause.
    """

    is_enforced: bool = False
    everywhere: str = ""
    kept_back: Counts = ()
    unbuilt: int = 0
    """Of them, how many get no page."""


class Summary(Struct, frozen=True):
    """Summary of a build. ``pages`` counts by kind and locale; ``size`` is in bytes.

    ``seconds`` is wall time. ``is_dated`` says whether pages can claim when they changed; ``is_new`` whether
    the ledger began with this build.
    """

    site: Path
    pages: Counts
    written: int
    unchanged: int
    removed: int
    frozen: int
    size: int
    seconds: float
    is_dated: bool
    is_new: bool
    findings: tuple[Finding, ...]
    gate: GateOutcome = field(default_factory=GateOutcome)

    @property
    def total(self) -> int:
        return sum(count for _, _, count in self.pages)

    @property
    def has_errors(self) -> bool:
        return any(finding.severity == "error" for finding in self.findings)


class _Remembered(msgspec.Struct):
    pages: Counts = ()
    kept: int = 0
    size: int = 0
    findings: list[Finding] = []
    gate: GateOutcome = GateOutcome()


def remember(summary: Summary) -> str:
    """The part of ``summary`` that holds for as long as nothing changes, as JSON."""
    remembered = _Remembered(summary.pages, summary.frozen, summary.size, list(summary.findings), summary.gate)
    return msgspec.json.encode(remembered).decode()


def recall(text: str, site: Path, seconds: float) -> Summary:
    """The summary of a build that found nothing to do, from what ``remember`` said of the one before it."""
    before = msgspec.json.decode(text or "{}", type=_Remembered)
    return Summary(
        site=site,
        pages=before.pages,
        written=0,
        unchanged=sum(count for _, _, count in before.pages),
        removed=0,
        frozen=before.kept,
        size=before.size,
        seconds=seconds,
        is_dated=True,
        is_new=False,
        findings=tuple(before.findings),
        gate=before.gate,
    )
