"""Measures how long it takes to find what every page of a place is most like.

usage: python -m tests.bench.similarity SITE [KEY=VALUE]...

Prints the number of pages, the seconds to make the signatures of all pages, those to compare them, those for both when
one row of a table changed, the median share that a page has in common with the one most like it, and the bytes of the
signatures.
"""

from __future__ import annotations

import datetime
import json
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from generator.executors.processes import ProcessesExecutor
from generator.ledger.cache import Cache
from generator.ledger.digests import code_digest
from generator.ledger.store import Ledger, open_ledger
from generator.load.site import read_site
from generator.plan.site_plan import plan_site
from generator.render.appearance import make_appearance
from generator.render.renderer import Rendering
from generator.similarity.measure import compare_pages, make_signatures

JOBS = 2
NOW = datetime.date(2026, 11, 22)


def rendering_of(site: Path, settings: tuple[str, ...]) -> Rendering:
    loaded = read_site(site, settings, NOW, Cache())
    if loaded.site is None:
        raise RuntimeError("\n".join(map(str, loaded.findings)))
    return Rendering(plan_site(loaded.site, lambda _: False), make_appearance(loaded.site, Cache()), "traced")


def measure(rendering: Rendering, ledger: Ledger) -> dict[str, float]:
    """Seconds of both steps; the signatures are kept in ``ledger``."""
    plan = rendering.plan
    started = time.perf_counter()
    signatures = make_signatures(rendering, code_digest(), ledger, ProcessesExecutor(JOBS))
    ledger.keep_surveys(signatures.fresh, signatures.packed.keys())
    made = time.perf_counter()
    compared = [compare_pages(plan, signatures.packed, locale.tag, {}) for locale in plan.site.locales]
    shares = np.concatenate([found.nearest.share for found in compared])
    return {
        "pages": len(shares),
        "signatures": made - started,
        "compare": time.perf_counter() - made,
        "median share": float(np.median(shares)),
        "bytes": sum(map(len, signatures.packed.values())),
    }


def main() -> None:
    site, settings = Path(sys.argv[1]), tuple(sys.argv[2:])
    with tempfile.TemporaryDirectory() as folder, open_ledger(Path(folder) / "ledger.sqlite") as ledger:
        ledger.begin(knows_all=False, leaving=())
        first = measure(rendering_of(site, settings), ledger)
        table = site / "content" / "tables" / "us-states.csv"
        text = table.read_text("utf-8")
        table.write_text(text.replace("WY,Wyoming ", "WY,Wyoming State ", 1), "utf-8")
        try:
            again = measure(rendering_of(site, settings), ledger)
        finally:
            table.write_text(text, "utf-8")
    print(json.dumps(first | {"signatures again": again["signatures"], "compare again": again["compare"]}))


if __name__ == "__main__":
    main()
