"""The ``report`` verb: gathers the report on a built site and writes it as HTML and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from generator.commands.check import CheckOptions, open_checked
from generator.commands.report.contents import Report
from generator.commands.report.gather import gather
from generator.commands.report.html import as_html
from generator.errors import ConfigurationError, Finding
from generator.executors.executor import Executor
from generator.write.tree import Tree


def write_report(options: CheckOptions, executor: Executor) -> Iterator[str]:
    """Write ``report.html`` and ``report.json`` into the output folder, and summarize them in a few lines.

    Raises what ``open_checked`` raises.
    """
    with open_checked(options) as built:
        report = gather(built, options, executor)
    page = options.output / "report.html"
    _write(page, as_html(report).encode("utf-8", "replace"))
    _write(options.output / "report.json", msgspec.json.format(msgspec.json.encode(report), indent=1))
    yield from _lines(report, page)


def _write(file: Path, body: bytes) -> None:
    """Write ``file`` whole or not at all."""
    if file.is_dir():
        raise ConfigurationError([Finding(file.as_posix(), "this is a folder", "Move it away; a file belongs here.")])
    Tree(file.parent).write(f"/{file.name}", body)


def _lines(report: Report, page: Path) -> Iterator[str]:
    if not report.is_current:
        yield "Something has changed since the site was built. Run make pages first, then make report again."
    for number, remedy in enumerate(report.remedies[:3], start=1):
        yield f"{number}. {remedy.what} {remedy.effect}".rstrip()
    more = len(report.remedies) - 3
    others = f" {more:,} more things are in it." if more > 1 else " One more thing is in it." if more == 1 else ""
    yield f"The report is in {page.as_posix()}.{others}"
