"""Lighthouse on a home page, a region's hub and a place, on its simulated mobile device.

Accessibility, best practices and SEO must be 100 and the layout must not shift. The performance score is
reported, not judged, because it depends on the machine and its load.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

from generator.errors import Finding
from generator.model import RouteKind
from tests.verify.browser import chromium_arguments
from tests.verify.case import CannotRun, Case, Verdict
from tests.verify.sampling import SampledPage, sample

KINDS: tuple[RouteKind, ...] = ("home", "region", "place")
JUDGED = ("accessibility", "best-practices", "seo")
TIMEOUT_SECONDS = 240
ATTEMPTS = 3
"""A busy machine can lose the beginning of a trace; that says nothing of the page, so it is measured again."""
POLICY_CURE = "Lighthouse fetches robots.txt as the page would: allow connect-src 'self' in the policy."
"""https://github.com/GoogleChrome/lighthouse/issues/16597"""


def judge(case: Case) -> Verdict:
    candidates = sample(case.tree, 60)
    pages = [page for kind in KINDS if (page := next((p for p in candidates if p.kind == kind), None))]
    findings = [
        Finding(str(case.tree), f"has no {kind} page to look at", severity="error")
        for kind in KINDS
        if all(page.kind != kind for page in pages)
    ]
    notes: list[str] = []
    for number, page in enumerate(pages):
        report = _measure(case, page, case.scratch / f"lighthouse-{number}.json")
        findings.extend(_faults(page, report))
        notes.append(f"performance {_percent(report['categories']['performance']['score'])} on {page.path}")
    return Verdict(f"{len(pages)} pages: {', '.join(page.kind for page in pages)}", tuple(findings), tuple(notes))


def _measure(case: Case, page: SampledPage, output: Path) -> dict[str, Any]:
    report: dict[str, Any] = {}
    for _ in range(ATTEMPTS):
        report = _run(case, page, output)
        if not report.get("runtimeError"):
            return report
    failure = report["runtimeError"]
    raise CannotRun(f"Lighthouse could not load {page.path} in {ATTEMPTS} attempts: {failure.get('message', failure)}")


def _run(case: Case, page: SampledPage, output: Path) -> dict[str, Any]:
    output.unlink(missing_ok=True)
    # Lighthouse splits this one string itself and knows quotes around a value only.
    flags = " ".join(re.sub("=(.*)", r'="\1"', argument) for argument in chromium_arguments(case.served))
    command = [
        *("node", str(case.packages / "lighthouse/cli/index.js"), case.base_url + page.path),
        *("--quiet", "--output=json", f"--output-path={output}", "--no-enable-error-reporting"),
        *(f"--only-categories={','.join((*JUDGED, 'performance'))}", f"--chrome-flags={flags}"),
    ]
    environment = {**os.environ, "CHROME_PATH": case.chromium}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=TIMEOUT_SECONDS)
    if not output.is_file():
        said = next(iter(done.stderr.strip().splitlines()), "nothing")
        raise CannotRun(f"Lighthouse gave no report for {page.path}; it said: {said}")
    report: dict[str, Any] = json.loads(output.read_text("utf-8"))
    return report


def _faults(page: SampledPage, report: dict[str, Any]) -> list[Finding]:
    findings = []
    for name in JUDGED:
        category = report["categories"][name]
        if category["score"] == 1:
            continue
        failing = [report["audits"][ref["id"]] for ref in category["auditRefs"] if ref["weight"]]
        failing = [audit for audit in failing if audit["score"] is not None and audit["score"] < 1]
        reasons = "; ".join(f"{audit['id']} ({audit['title']})" for audit in failing)
        what = f"{category['title']} is {_percent(category['score'])}, not 100: {reasons or 'an audit did not finish'}"
        unread = any("unable to download" in audit.get("explanation", "") for audit in failing)
        findings.append(Finding(page.path, what, POLICY_CURE if unread else "", "error"))
    shift = report["audits"]["cumulative-layout-shift"].get("numericValue")
    if shift != 0:
        findings.append(Finding(page.path, f"the layout shifts while it loads (CLS {shift})", severity="error"))
    return findings


def _percent(score: float | None) -> str:
    return "unknown" if score is None else str(round(score * 100))
