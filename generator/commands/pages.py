"""The ``pages`` verb's account of a finished build, for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from generator.build.summary import Summary
from generator.errors import Finding, quantity, told_of

if TYPE_CHECKING:
    from generator.model import RouteKind

_KINDS: Mapping[RouteKind, str] = {
    "chooser": "language chooser",
    "home": "home",
    "topic": "topics",
    "region": "regions",
    "place": "places",
    "not_found": "404",
}
_DECISIONS = {"noindex": "not to be indexed", "fold": "folded into the page above them", "withhold": "not built"}
_SHOWN = 20
"""Findings of one severity that are printed; more would scroll the cause of all away."""

_FEW = 3
"""Findings of one rule that are printed where there are many rules."""


def summary_lines(summary: Summary) -> Iterable[str]:
    if summary.written or summary.removed or summary.is_new:
        rate = summary.total / summary.seconds if summary.seconds else 0.0
        yield f"Built {summary.total:,} pages in {summary.seconds:.1f} s ({rate:,.0f} pages a second)."
    else:
        yield f"Nothing to change: {summary.total:,} pages were checked in {summary.seconds:.1f} s."
    counts = {(kind, locale): count for kind, locale, count in summary.pages}
    for locale in sorted({locale for _, locale in counts}):
        kinds = [(name, counts.get((kind, locale), 0)) for kind, name in _KINDS.items()]
        yield f"  {locale}: " + ", ".join(f"{name} {count:,}" for name, count in kinds if count)
    frozen = f", {summary.frozen:,} kept as they were" if summary.frozen else ""
    yield (
        f"  {summary.written:,} written, {summary.unchanged:,} unchanged, {summary.removed:,} removed{frozen};"
        f" {summary.size / 1e6:,.1f} MB of pages"
    )
    yield from _gate(summary)
    if not summary.is_dated:
        yield (
            "  There was no ledger of earlier builds, so no page claims when it last changed. If nothing was published"
            " before, remove the output folder and build once with --first-build (make pages ARGS=--first-build)."
        )
    yield from _findings("error", "errors", summary.findings)
    yield from _findings("warning", "warnings", summary.findings)
    yield f"The site is in {summary.site}. To look at it: python3 -m http.server --directory {summary.site}"


def _gate(summary: Summary) -> Iterable[str]:
    """Lines on the publish gate's verdicts."""
    gate = summary.gate
    if gate.everywhere:
        yield f"  No page may be indexed: {gate.everywhere} docs/gate.md says what to do."
        if gate.unbuilt:
            yield f"  Besides, {gate.unbuilt:,} pages are folded or held back, and not built."
        return
    if not gate.kept_back:
        return
    count, total = sum(number for _, _, number in gate.kept_back), summary.total + summary.frozen + gate.unbuilt
    said = (
        f"  The gate keeps back {count:,} of {total:,} pages:"
        if gate.is_enforced
        else f"  The gate only reports. With gate.mode: enforce it would keep back {count:,} of {total:,} pages:"
    )
    yield said
    for decision, cause, number in sorted(gate.kept_back, key=lambda said: (-said[2], said)):
        yield f"    {number:,} {_DECISIONS[decision]}: {cause}"


def _findings(severity: str, plural: str, findings: Iterable[Finding]) -> Iterable[str]:
    found = [finding for finding in findings if finding.severity == severity]
    if not found:
        return
    yield f"{quantity(len(found), severity, plural)}:"
    # Of each kind some, so that the many of one do not hide the few of another.
    kinds: dict[str, list[Finding]] = {}
    for finding in found:
        kinds.setdefault(finding.rule, []).append(finding)
    each = _SHOWN if len(kinds) == 1 else max(_FEW, _SHOWN // len(kinds))
    for rule, same in kinds.items():
        yield from (f"  {told_of(finding)}" for finding in same[:each])
        if len(same) > each:
            yield f"  … and {len(same) - each:,} more" + (f" of this kind ({rule})" if rule else "")
