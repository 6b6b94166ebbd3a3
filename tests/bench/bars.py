"""What a build may cost at most, as shares of what other programs take in the same rounds."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping, Sequence

from tests.bench.measure import Cost

COLD, NOTHING, ROW = "cold", "nothing changed", "one row"
FLOOR, HUGO, OURS, BEFORE = "floor", "Hugo", "this generator, 2 jobs", "the version before, 2 jobs"

_BARS = (
    (COLD, "wall", BEFORE, 0.45, 0.0),
    (COLD, "cpu", BEFORE, 0.55, 0.0),
    (COLD, "wall", HUGO, 0.7, 0.0),
    (COLD, "cpu", FLOOR, 2.0, 3.0),
    (NOTHING, "wall", BEFORE, 0.6, 0.0),
    (ROW, "wall", BEFORE, 0.45, 0.0),
)
"""Step, what is measured, what it is a share of, the largest share, and seconds that may be added to it."""

_NAMES = {"wall": "seconds", "cpu": "processor seconds"}


def bars(runs: Mapping[tuple[str, str], Sequence[Cost]]) -> str:
    """Each bar beside the figure of these runs, as a table of Markdown; of tools that did not run, none."""
    lines = ["| this generator | figure | bar |", "| --- | ---: | ---: |", *_rows(runs)]
    return "\n".join([*lines, ""]) if len(lines) > 2 else ""


def _rows(runs: Mapping[tuple[str, str], Sequence[Cost]]) -> Iterator[str]:
    for step, name, other, share, more in _BARS:
        ours, theirs = runs.get((OURS, step)), runs.get((other, step))
        if ours and theirs:
            found, base = (statistics.median(getattr(cost, name) for cost in costs) for costs in (ours, theirs))
            bar = f"{share:.2f} × {base:.2f}" + (f" + {more:.0f}" if more else "")
            yield f"| {step}, {_NAMES[name]}, beside {other} | {found:.2f} ({found / base:.2f} ×) | {bar} |"
