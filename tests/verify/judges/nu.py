"""The W3C's Nu checker over a sample of pages, their style sheets and the site's SVG files: no error, no warning."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from generator.errors import Finding
from tests.verify.case import CannotRun, Case, Verdict
from tests.verify.sampling import sample

PAGES = 60
TIMEOUT_SECONDS = 600
ACCEPTED_WARNINGS: dict[str, str] = {}
"""Warnings that are no fault of the pages: a regular expression of the message, and why it is accepted."""


def judge(case: Case) -> Verdict:
    pages = sample(case.tree, PAGES)
    styles = _extract_styles([page.file for page in pages], case.scratch / "styles")
    sheets = sorted(case.tree.rglob("*.css"))
    drawings = sorted(case.tree.rglob("*.svg"))
    names = {page.file.resolve(): page.path for page in pages} | {
        file.resolve(): f"/{file.relative_to(case.tree).as_posix()}" for file in sheets + drawings
    }
    names |= {file.resolve(): f"the style of {path}" for file, path in styles.items()}
    jar = case.packages / "vnu-jar/build/dist/vnu.jar"
    # One run for each language: asked for several at once, the checker counts lines from nought.
    messages = _check(jar, "--html", [page.file.resolve() for page in pages])
    messages += _check(jar, "--css", [file.resolve() for file in (*styles, *sheets)])
    messages += _check(jar, "--svg", [file.resolve() for file in drawings])
    findings: list[Finding] = []
    accepted: Counter[str] = Counter()
    for message in messages:
        reason = next((why for pattern, why in ACCEPTED_WARNINGS.items() if re.search(pattern, message["message"])), "")
        if message["type"] == "info" and reason:
            accepted[reason] += 1
        elif message["type"] != "info" or message.get("subType") == "warning":
            findings.append(_finding(message, names))
    looked_at = f"{len(pages)} pages, {len(styles) + len(sheets)} style sheets, {len(drawings)} SVG files"
    return Verdict(looked_at, tuple(findings), tuple(f"accepted {n} x: {why}" for why, n in accepted.items()))


def _extract_styles(files: Sequence[Path], folder: Path) -> dict[Path, str]:
    """Write each different inlined style sheet to a file of its own; the values say where it was first seen."""
    folder.mkdir()
    found: dict[Path, str] = {}
    for file in files:
        for node in LexborHTMLParser(file.read_text("utf-8")).css("style"):
            css = node.text()
            target = folder / f"{hashlib.blake2b(css.encode(), digest_size=8).hexdigest()}.css"
            if target not in found:
                target.write_text(css, "utf-8")
                found[target] = f"{file.parent.name}/{file.name}"
    return found


def _check(jar: Path, language: str, files: Sequence[Path]) -> list[dict[str, Any]]:
    if not files:
        return []
    options = [language, "--format", "json", "--stdout", "--exit-zero-always"]
    command = ["java", "-jar", str(jar), *options, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_SECONDS)
    try:
        answer: dict[str, list[dict[str, Any]]] = json.loads(done.stdout)
    except ValueError as error:
        said = next(iter((done.stderr or done.stdout).strip().splitlines()), "nothing")
        raise CannotRun(f"the checker did not answer (it needs Java 17 or newer); it said: {said}") from error
    return answer["messages"]


def _finding(message: dict[str, Any], names: dict[Path, str]) -> Finding:
    file = Path(unquote(urlsplit(message.get("url", "")).path))
    line = message.get("lastLine")
    kind = "warning: " if message["type"] == "info" else ""
    extract = " ".join(message.get("extract", "").split())
    what = f"{kind}{message['message'].rstrip('.')}" + (f" (near {extract[:120]})" if extract else "")
    return Finding(names.get(file, str(file)) + (f", line {line}" if line else ""), what, severity="error")
