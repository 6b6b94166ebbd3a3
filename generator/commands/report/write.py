"""The ``report`` verb: gathers the report on a built site and writes it as HTML and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from generator.commands.built_site import open_built
from generator.commands.report.contents import Report
from generator.commands.report.gather import gather
from generator.commands.report.html import as_html
from generator.errors import ConfigurationError, Finding
from generator.executors.executor import Executor
from generator.options import Options
from generator.write.tree import Tree


def write_report(options: Options, executor: Executor, *, every_page: bool = False) -> Iterator[str]:
    """Write ``report.html`` and ``report.json`` into the output folder, and summarize them in a few lines.

    ``every_page`` is that of ``gather``. Raises what ``open_built`` raises.
    """
    with open_built(options) as built:
        report = gather(built, executor, every_page=every_page)
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
