"""Tiny whole sites for tests: two languages, two regions, six places, of which each test changes one file."""

from __future__ import annotations

import datetime
import json
import os
import re
import shutil
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from msgspec.structs import replace

from generator.build.run import build as build_site
from generator.build.summary import Summary
from generator.check.judging import JUDGED
from generator.check.registry import all_rules
from generator.errors import SiteError
from generator.executors.executor import Executor
from generator.executors.inline import InlineExecutor
from generator.ledger.digests import digest_inputs
from generator.load.places_format import PLACE_COLUMNS
from generator.load.rule_settings import STOPPING
from generator.options import Options, Printing

REPOSITORY = Path(__file__).parents[1]
NOW = datetime.date(2026, 6, 1)

BASE = "https://www.example.com"
EN = "content/topics/sciatica/en-US.md"
ES = "content/topics/sciatica/es-US.md"
SITE = "content/site.yaml"
PLACES = "content/places/us.csv"
BOARDS = "content/tables/boards.csv"
CATALOGUE = "content/locales/es-US/LC_MESSAGES/messages.po"
WACO = "/en-us/sciatica/texas/waco/"
WACO_ES = "/es-us/ciatica/texas/waco/"

HOME = {"title": ["Home"], "description": ["What we write."], "heading": "Welcome", "summary": "Read and choose."}
LOCALE = {"countries": ["US"], "disclaimer": "This is not medical advice.", "home": HOME}
BOARD_TABLE = {
    "file": "tables/boards.csv",
    "attach": "region",
    "key": "region",
    "country": "US",
    "source": "A list of boards",
    "date": datetime.date(2026, 1, 1),
    "columns": {"board": {"type": "text"}},
}
KEYS: Mapping[str, Any] = {
    "brand": "Kaly",
    "base_url": BASE,
    "locales": {"en-US": LOCALE, "es-US": LOCALE},
    "places": {"where": "population >= 0"},
    "tables": {"boards": BOARD_TABLE},
    "gate": {"mode": "enforce"},
    # The default guard suits sites of thousands of pages.
    "build": {"max_removed_share": 0.9},
}
FRONT: Mapping[str, Any] = {
    "slug": "sciatica",
    "short_name": "injections",
    "nav_label": "Injections",
    "schema_type": "MedicalTherapy",
    "about_name": "Injection",
    "title": ["Injections{% if place %} in {{ place.full_name }}{% endif %}"],
    "description": ["How they work{% if place %} in {{ place.name }}{% endif %}."],
    "h1": "Injections{% if place %} in {{ place.name }}, {{ place.region.name }}{% endif %}",
    "summary": "What to know.",
    "region_page": {
        "title": ["Injections in {{ page.region.name }}"],
        "description": ["Cities of {{ page.region.name }}."],
        "h1": "Injections in {{ page.region.name }}",
        "summary": "Choose a city.",
    },
    "call_to_action": {
        "label": "Find a provider{% if place %} near {{ place.name }}{% endif %}",
        "url": "https://www.example.com/search",
        "text": "We help you **choose**.",
    },
}
OTHER_TITLES: Mapping[str, Any] = {
    "title": ["Needles{% if place %} in {{ place.full_name }}{% endif %}"],
    "region_page": FRONT["region_page"] | {"title": ["Needles in {{ page.region.name }}"]},
}
"""Front matter of a second topic, whose pages are not to have the titles of the first."""

BODY = """
Hello{% if place %} to {{ place.name }}{% endif %}.

## How they work

With a needle.

### Does it hurt? {.question}

A *little*.

## Questions {#faq}

### How long does it last?

Some weeks.

### What does it cost?

Ask [us](https://www.example.com/cost).
"""
LOWERED = {"cell_formula", "cell_garbled", "cell_markup", "cell_placeholder", "cell_secret"}
"""Rules that keep a row from being used and that a site may switch off."""

ANYTHING_GOES = [
    {"rule": rule, "severity": "off", "reason": "The test writes it."}
    for rule in sorted(
        LOWERED
        | {rule.id for rule in all_rules().values() if rule.scope.__name__ in JUDGED and rule.severity in STOPPING}
    )
]
"""Decisions for sites that say on purpose what no build would publish otherwise."""

_PLACE_ROWS = (
    (4330145, "Lafayette", "Lafayette", "LA", "Louisiana", 30.22409, -92.01984, 127657),
    (4341513, "Shreveport", "Caddo", "LA", "Louisiana", 32.52515, -93.75018, 197204),
    (4671654, "Austin", "Travis", "TX", "Texas", 30.26715, -97.74306, 931830),
    (4684888, "Dallas", "Dallas", "TX", "Texas", 32.78306, -96.80667, 1300092),
    (4735966, "Temple", "", "TX", "Texas", 31.09823, -97.34278, 72277),
    (4739526, "Waco", "McLennan", "TX", "Texas", 31.54933, -97.14667, 132356),
)


def site_text(**keys: Any) -> str:
    """A ``site.yaml`` of one key a line, those of ``keys`` instead of the usual ones; None leaves one out."""
    return _yaml(KEYS | keys)


def topic_text(body: str = BODY, **keys: Any) -> str:
    """A topic's file, its front matter of one key a line; a key that is None is left out."""
    return f"---\n{_yaml(FRONT | keys)}---\n{body}"


def places_text(**cells: Mapping[str, object]) -> str:
    """The usual six places, by name, with these cells instead of theirs: ``Waco={"name": "Wacko"}``."""
    lines = [",".join(PLACE_COLUMNS)]
    for number, name, county, code, region, latitude, longitude, population in _PLACE_ROWS:
        row = dict.fromkeys(PLACE_COLUMNS, "") | {
            "id": number, "name": name, "county": county, "region_code": code, "region": region, "country": "US",
            "latitude": latitude, "longitude": longitude, "population": population,
            "time_zone": "America/Chicago", "slug": name.lower(),
        }  # fmt: skip
        row |= cells.get(name, {})
        lines.append(",".join('"' + str(cell).replace('"', '""') + '"' for cell in row.values()))
    return "\n".join(lines) + "\n"


def without_row(text: str, word: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if word not in line)


def line_of(text: str, words: str) -> int:
    """The line on which ``words`` first stand."""
    return text[: text.index(words)].count("\n") + 1


def make_site(folder: Path, files: Mapping[str, str | bytes | None] | None = None, **keys: Any) -> Path:
    """A small valid site in ``folder`` with ``files`` added or replaced (None removes one), ``keys`` in its site.yaml.

    Its templates are copies of the repository's.
    """
    usual: dict[str, str | bytes | None] = {
        SITE: site_text(**keys),
        EN: topic_text(),
        ES: topic_text(slug="ciatica"),
        PLACES: places_text(),
        BOARDS: "region,board\nLA,Louisiana Board\nTX,Texas Board\n",
        CATALOGUE: (REPOSITORY / CATALOGUE).read_bytes(),
    }
    if not (folder / "templates").exists():
        shutil.copytree(REPOSITORY / "templates", folder / "templates")
    change(folder, usual | dict(files or {}))
    return folder


def change(site: Path, files: Mapping[str, str | bytes | None]) -> None:
    """Write ``files`` into ``site``, by path; None removes one."""
    for path, content in files.items():
        file = site / path
        if content is None:
            file.unlink(missing_ok=True)
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)


@dataclass(frozen=True)
class Built:
    """A built site; paths are addresses."""

    summary: Summary
    folder: Path

    def file(self, path: str) -> Path:
        return self.folder / (f"{path}index.html" if path.endswith("/") else path)[1:]

    def text(self, path: str) -> str:
        # Line ends are part of what is tested.
        return self.file(path).read_bytes().decode()

    def page(self, path: str) -> BeautifulSoup:
        return BeautifulSoup(self.text(path), "html.parser")

    def json_ld(self, path: str) -> list[dict[str, Any]]:
        scripts = self.page(path).find_all("script", type="application/ld+json")
        return [json.loads(script.string or "") for script in scripts]

    def faq(self, path: str) -> dict[str, Any]:
        """The page's FAQPage, which every page with questions has once."""
        (found,) = (block for block in self.json_ld(path) if block.get("@type") == "FAQPage")
        return found

    def node(self, path: str, kind: str) -> dict[str, Any]:
        """The page's only node of this type."""
        nodes = [node for block in self.json_ld(path) for node in block.get("@graph", ())]
        (found,) = (node for node in nodes if kind in _listed(node["@type"]))
        return found

    @property
    def lastmods(self) -> dict[str, str]:
        """The date of each page that the sitemaps date."""
        entry = re.compile(rf"<loc>{re.escape(BASE)}([^<]*)</loc><lastmod>([^<]*)</lastmod>")
        files = (self.folder / "sitemaps").iterdir()
        return {path: date for file in files for path, date in entry.findall(file.read_text("utf-8"))}

    @property
    def messages(self) -> list[str]:
        return [str(finding) for finding in self.summary.findings]


def build(
    site: Path,
    *settings: str,
    now: datetime.date = NOW,
    executor: Executor | None = None,
    allow_removal: int = 0,
    touch: bool = False,
    is_first: bool = False,
    printing: Printing = "traced",
) -> Built:
    options = Options(site, site / "output", now, settings, allow_removal, touch, is_first, printing)
    summary = build_site(options, executor or InlineExecutor())
    return Built(summary, options.output / "site")


def publish(site: Path, is_first: bool = False) -> Built:
    """The first build of ``site``, for tests of what comes after it; tests of what a build makes call ``build``.

    Sites of one process that begin alike are built once, and the others get a copy of the output. Times of
    modification are copied as well; the ledger knows the tree by them.
    """
    output = site / "output"
    key = digest_inputs(site, (), ""), is_first
    if key not in _PUBLISHED:
        summary = build(site, is_first=is_first).summary
        files = []
        for path in (output, *sorted(output.rglob("*"))):
            body = path.read_bytes() if path.is_file() else None
            files.append((path.relative_to(output), body, path.stat().st_mtime_ns))
        _PUBLISHED[key] = summary, files
    summary, files = _PUBLISHED[key]
    if not output.exists():
        for path, body, _ in files:
            (output / path).mkdir() if body is None else (output / path).write_bytes(body)
        for path, _, modified in files:
            os.utime(output / path, ns=(modified, modified))
    return Built(replace(summary, site=output / "site"), output / "site")


_PUBLISHED: dict[tuple[str, bool], tuple[Summary, list[tuple[Path, bytes | None, int]]]] = {}


def errors(site: Path, *settings: str) -> list[str]:
    """What is said about a site that cannot be built, nothing of which may have been written."""
    before = tree(site / "output")
    with pytest.raises(SiteError) as caught:
        build(site, *settings)
    assert tree(site / "output") == before
    return [str(finding) for finding in caught.value.findings]


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder`` by its path."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()
    }


def remembered(site: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in the site's ledger but the times of files and of the build itself, by table.

    Pages stand there as anybody sees them, whatever numbers what they share was given. Traces are left out: which are
    kept depends on what earlier builds met.
    """
    passing = {"modified_ns", "folder_modified_ns"}
    with closing(sqlite3.connect(site / "output" / "ledger.sqlite")) as ledger:
        names = [name for (name,) in ledger.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")]
        tables = {}
        for name in sorted({*names} - {"built", "origins", "statuses", "traces"}):
            rows = ledger.execute(f"SELECT * FROM {name}")
            kept = [index for index, column in enumerate(rows.description) if column[0] not in passing]
            tables[name] = sorted(tuple(row[index] for index in kept) for row in rows)
    return tables


def frozen(site: Path) -> list[str]:
    """The pages that stay as they were last built."""
    return [row[0] for row in remembered(site)["pages"] if row[1] == "frozen"]


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """When, and as which file, everything below ``folder`` was last written."""
    found = ((file, file.stat()) for file in sorted(folder.rglob("*")) if file.is_file())
    return {file.relative_to(folder).as_posix(): (stat.st_ino, stat.st_mtime_ns) for file, stat in found}


def _listed(value: str | Iterable[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _yaml(keys: Mapping[str, Any]) -> str:
    # JSON is YAML, and json.dumps keeps a value on its line.
    return "".join(f"{key}: {_json(value)}\n" for key, value in keys.items() if value is not None)


def _json(value: Any) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {_json(inner)}" for key, inner in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)
