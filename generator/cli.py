"""The command line: arguments in, exit code out."""

from __future__ import annotations

import datetime
import errno
import io
import os
import signal
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.errors import EXIT_CLEAN, EXIT_ERRORS, EXIT_USAGE, SiteError, told_of

if TYPE_CHECKING:
    from generator.executors.executor import Executor
    from generator.options import Options, Printing

_FOLDER = click.Path(path_type=Path, file_okay=False)
_EVERY_PAGE = click.option(
    "--every-page", is_flag=True, help="Read every page whole, also those that differ from another in values only."
)

_DEBUG = click.option("--debug", is_flag=True, expose_value=False, help="Show where in the code a failure comes from.")
_OF_A_SITE = (
    click.option("--site", type=_FOLDER, default=".", show_default=True, help="Folder with content/ and templates/."),
    click.option("--output", type=_FOLDER, default="output", show_default=True, help="Folder of the built site."),
    click.option(
        "--set", "settings", multiple=True, metavar="KEY=VALUE", help="Set any key of site.yaml for this run."
    ),
    click.option(
        "--now",
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="DATE",
        help="The day that changes are dated with, and that decides what has expired.  [default: today]",
    ),
    click.option("--jobs", type=click.IntRange(min=1), help="Processes to use.  [default: one for each processor]"),
    click.option("--executor", type=click.Choice(["inline", "processes"]), help="How the work is spread."),
    _DEBUG,
)


def _of_a_site(verb: Callable[..., None]) -> Callable[..., None]:
    """Give a verb the options of all that work on a site, which it gets as ``Options`` and an executor."""

    @wraps(verb)
    def with_options(
        site: Path,
        output: Path,
        settings: tuple[str, ...],
        now: datetime.datetime | None,
        jobs: int | None,
        executor: str | None,
        **own: Any,
    ) -> None:
        from generator.options import Options

        verb(Options(site, output, now.date() if now else _today(), settings), _executor(executor, jobs), **own)

    for option in reversed(_OF_A_SITE):
        with_options = option(with_options)
    return with_options


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def cli() -> None:
    """Turns one article into a page for every city and language."""


@cli.command()
@_of_a_site
@click.option(
    "--allow-removal",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Let the build remove up to N published files.",
)
@click.option("--first-build", is_flag=True, help="State that nothing was published before, so that pages are dated.")
@click.option("--touch", is_flag=True, help="Give today's date also to pages that only a template changes.")
@click.option("--plain", "printing", flag_value="plain", help="Make every page by itself with Jinja, which is slower.")
@click.option("--verify-render", "printing", flag_value="verified", help="Make every page in both ways, and compare.")
@click.option("--explain-template", is_flag=True, help="Only list which pages are made one by one, and why.")
def pages(
    options: Options,
    executor: Executor,
    allow_removal: int,
    first_build: bool,
    touch: bool,
    printing: Printing | None,
    explain_template: bool,
) -> None:
    """Build the site."""
    from msgspec.structs import replace

    from generator.build.run import build
    from generator.commands.pages import summary_lines

    options = replace(
        options, allow_removal=allow_removal, touch=touch, is_first=first_build, printing=printing or "traced"
    )
    if explain_template:
        from generator.build.pipeline import explain_templates

        click.echo("\n".join(explain_templates(options)))
        return
    summary = build(options, executor)
    for line in summary_lines(summary):
        click.echo(line)
    sys.exit(EXIT_ERRORS if summary.has_errors else EXIT_CLEAN)


@cli.command()
@click.argument("trees", nargs=-1, type=click.Path(path_type=Path, file_okay=False, exists=True), metavar="[FOLDER]...")
@_of_a_site
@click.option("--rule", "rules", multiple=True, metavar="ID", help="Only this rule; may be given several times.")
@_EVERY_PAGE
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text", show_default=True)
def check(
    options: Options, executor: Executor, trees: tuple[Path, ...], rules: tuple[str, ...], every_page: bool, form: str
) -> None:
    """Check what is built, or any folder of HTML files, for faults."""
    from generator.check.formatters.formats import FORMATS
    from generator.commands.check import check_own, check_tree

    outcomes = [check_tree(tree, rules, executor) for tree in trees]
    if not trees:
        outcomes = [check_own(options, executor, rules, every_page=every_page)]
    click.echo(FORMATS[form](outcomes), nl=False)
    sys.exit(EXIT_ERRORS if any(outcome.has_errors for outcome in outcomes) else EXIT_CLEAN)


@cli.command()
@_of_a_site
@_EVERY_PAGE
def report(options: Options, executor: Executor, every_page: bool) -> None:
    """Write output/report.html: what to fix first, and how the pages of what is built differ."""
    from generator.commands.report.write import write_report

    for line in write_report(options, executor, every_page=every_page):
        click.echo(line)


@cli.command()
@click.argument("url")
@_of_a_site
@click.option("--html", is_flag=True, help="Also write the page, with what only it says marked, to look at.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print it for programs, with all that the ledger knows of the page."
)
def explain(options: Options, executor: Executor, url: str, html: bool, as_json: bool) -> None:
    """Say why a page is as it is: whether it is indexed, what only it says, what it is like, who links to it."""
    from generator.commands.explain import explain, explanation_json, explanation_lines

    explanation = explain(options, url, executor, is_marked=html)
    for line in [explanation_json(explanation)] if as_json else explanation_lines(explanation):
        click.echo(line)
    if html:
        page = options.output / "explained.html"
        page.write_text(explanation.page, "utf-8", errors="replace")
        click.echo(f"\nThe page with what only it says marked: {page.as_posix()}", err=as_json)


@cli.command()
@click.argument("countries", nargs=-1, required=True, metavar="COUNTRY...")
@click.option("--site", type=_FOLDER, default=".", show_default=True, help="Folder that holds content/.")
@_DEBUG
def places(countries: tuple[str, ...], site: Path) -> None:
    """Fetch or refresh the cities of countries, named by two letters: US."""
    from generator.commands.places.refresh import refresh_places

    for line in refresh_places(site / "content", countries, _today()):
        click.echo(line)


def _today() -> datetime.date:
    return datetime.datetime.now(datetime.UTC).date()


def _executor(name: str | None, jobs: int | None) -> Executor:
    from generator.executors.inline import InlineExecutor
    from generator.executors.processes import ProcessesExecutor

    count = jobs or len(os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1))
    if name == "inline" or (name is None and count == 1):
        return InlineExecutor()
    return ProcessesExecutor(count)


def main() -> None:
    """Run the command line; every failure becomes one line a cause."""
    debug = "--debug" in sys.argv
    # A terminal that cannot show a quotation mark must not turn a good build into a failure.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        cli.main(standalone_mode=False)
    except click.Abort:
        click.echo("\nStopped. What is written so far is sound; run the same command again to finish.", err=True)
        sys.exit(EXIT_ERRORS)
    except click.ClickException as error:
        error.show()
        sys.exit(EXIT_USAGE)
    except SiteError as error:
        if debug:
            raise
        for finding in error.findings:
            click.echo(told_of(finding), err=True)
        sys.exit(error.exit_code)
    except OSError as error:
        if debug:
            raise
        where = error.filename or "output"
        cure = "Check the disk and the folder's permissions, then run again."
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            cure = "Make room, then run again; what is written so far is sound."
        click.echo(f"{where}: {error.strerror or error}. {cure}", err=True)
        sys.exit(EXIT_ERRORS)
    except Exception as error:
        if debug:
            raise
        click.echo(
            f"The build failed in a way that its makers did not foresee: {type(error).__name__}: {error}", err=True
        )
        click.echo("Run it again with --debug and send what it prints to a developer.", err=True)
        sys.exit(EXIT_ERRORS)
