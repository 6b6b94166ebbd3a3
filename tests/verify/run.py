"""``make verify``: has outside judges look at a built site, and fails unless every one of them is content.

A judge that could not run counts as failed: ``python -m tests.verify.run --site-tree output/site``.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
import traceback
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from generator.errors import EXIT_CLEAN, EXIT_ERRORS, EXIT_USAGE, Finding, SiteError
from tests.verify.case import CannotRun, Case, Verdict
from tests.verify.certificate import make_certificate
from tests.verify.host import serve
from tests.verify.judges import axe, checks, headers, lighthouse, nu, sitemaps
from tests.verify.programs import find_chromium, install_packages, missing_programs

SHOWN_LINES = 40
HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Judge:
    name: str
    judge: Callable[[Case], Verdict]
    programs: tuple[str, ...]
    uses_packages: bool = True


JUDGES = (
    Judge("headers", headers.judge, (), uses_packages=False),
    Judge("checks", checks.judge, ()),
    Judge("sitemaps", sitemaps.judge, ("xmllint",)),
    Judge("nu", nu.judge, ("java",)),
    Judge("axe", axe.judge, ("chromium",)),
    Judge("lighthouse", lighthouse.judge, ("node", "chromium")),
)


@dataclass(frozen=True, slots=True)
class Result:
    name: str
    looked_at: str
    findings: tuple[Finding, ...]
    seconds: float


def main(arguments: Sequence[str]) -> int:
    options = _parse(arguments)
    judges = [judge for judge in JUDGES if not options.only or judge.name in options.only]
    tree: Path = options.site_tree.resolve()
    if not (tree / "index.html").is_file():
        print(f"{options.site_tree}: there is no built site (no index.html). Run make pages first.", file=sys.stderr)
        return EXIT_USAGE
    base_url = (options.base_url or _base_url(tree)).rstrip("/")
    host = urlsplit(base_url).netloc
    if not host:
        print("index.html: names no canonical address. Say --base-url https://www.example.com.", file=sys.stderr)
        return EXIT_USAGE
    chromium = find_chromium(os.environ.get("CHROMIUM", ""))
    problem = ""
    packages = HERE / "node_modules"
    try:
        if any(judge.uses_packages for judge in judges):
            install_packages(HERE)
    except CannotRun as reason:
        problem = str(reason)
    if missing := missing_programs(["openssl"], chromium):
        print(missing[0], file=sys.stderr)
        return EXIT_ERRORS
    with tempfile.TemporaryDirectory(prefix="verify-") as folder:
        certificate = make_certificate(host, Path(folder))
        try:
            with serve(tree, host, certificate) as served:
                case = Case(tree, base_url, served, packages, chromium, Path(folder))
                results = [_run(judge, case, problem) for judge in judges]
        except SiteError as error:
            print(f"The site cannot be served:\n{error}", file=sys.stderr)
            return EXIT_ERRORS
    return _summarise(results)


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.verify.run", description="Have others judge a built site.")
    parser.add_argument("--site-tree", type=Path, required=True, help="the folder that would be deployed")
    parser.add_argument("--base-url", help="address of the site (default: the canonical address of its index.html)")
    names = [judge.name for judge in JUDGES]
    parser.add_argument("--only", action="append", choices=names, help="run this judge alone (repeatable)")
    return parser.parse_args(arguments)


def _base_url(tree: Path) -> str:
    document = LexborHTMLParser((tree / "index.html").read_text("utf-8"))
    link = document.css_first('link[rel="canonical"]')
    parts = urlsplit((link.attributes.get("href") if link else "") or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def _run(judge: Judge, case: Case, problem: str) -> Result:
    """Run one judge and print what it says; a judge that cannot run has failed."""
    print(f"== {judge.name}", flush=True)
    started = time.monotonic()
    missing = missing_programs(judge.programs, case.chromium)
    if judge.uses_packages and problem:
        missing += (Finding(judge.name, problem.rstrip("."), severity="error"),)
    verdict = Verdict("nothing: could not run", missing)
    if not missing:
        try:
            verdict = judge.judge(case)
        except CannotRun as reason:
            finding = Finding(judge.name, str(reason).rstrip("."), severity="error")
            verdict = Verdict("nothing: could not run", (finding,))
        # Whatever else breaks a judge must not keep the others from being heard; it is printed and it fails.
        except Exception as error:  # noqa: BLE001
            traceback.print_exc()
            finding = Finding(judge.name, f"broke off: {type(error).__name__}", severity="error")
            verdict = Verdict("nothing: broke off", (finding,))
    lines = _lines(verdict.findings)
    for line in lines[:SHOWN_LINES]:
        print(f"  {line}")
    if len(lines) > SHOWN_LINES:
        print(f"  and {len(lines) - SHOWN_LINES} more")
    for note in verdict.notes:
        print(f"  note: {note}")
    sys.stdout.flush()
    return Result(judge.name, verdict.looked_at, verdict.findings, time.monotonic() - started)


def _lines(findings: Sequence[Finding]) -> list[str]:
    """One line for each fault, however many pages share it: a template's slip is on all of them."""
    places: dict[tuple[str, str], list[str]] = defaultdict(list)
    for finding in findings:
        places[finding.what, finding.fix].append(finding.where)
    more = {key: f" and {len(wheres) - 1} more" if len(wheres) > 1 else "" for key, wheres in places.items()}
    return [str(Finding(f"{wheres[0]}{more[what, fix]}", what, fix)) for (what, fix), wheres in places.items()]


def _summarise(results: Sequence[Result]) -> int:
    rows = [("judge", "looked at", "seconds", "result")]
    for result in results:
        outcome = f"FAILED, {len(result.findings)} found" if result.findings else "passed"
        rows.append((result.name, result.looked_at, f"{result.seconds:.0f}", outcome))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    print()
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    failed = sum(1 for result in results if result.findings)
    print(f"\n{len(results) - failed} passed, {failed} failed")
    return EXIT_ERRORS if failed else EXIT_CLEAN


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
