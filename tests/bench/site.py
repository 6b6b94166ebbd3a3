"""The site that is measured: this repository's own, with its article under several addresses."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path
from random import Random

TOPICS = 5
LOCALES = 2
PAGES_A_PLACE = TOPICS * LOCALES

_NOTE = 200
"""Words."""

_DECIDED = """  - rule: title_duplicate
    severity: warning
    reason: Among all places of the country are some of one name, which a site with fewer would leave out.
"""
_SLUG = re.compile(r"^(slug: .*)$", re.MULTILINE)


def make_site(repository: Path, folder: Path, topics: int = TOPICS) -> Path:
    """A copy of the site in ``repository`` with ``topics`` topics, each the same article; its folder."""
    for part in ("content", "templates"):
        shutil.copytree(repository / part, folder / part)
    with (folder / "content" / "site.yaml").open("a", encoding="utf-8") as config:
        config.write(_DECIDED)
    (topic,) = (folder / "content" / "topics").iterdir()
    for number in range(2, topics + 1):
        copy = shutil.copytree(topic, topic.with_name(f"topic-{number}"))
        for text in copy.glob("*.md"):
            text.write_text(_SLUG.sub(rf"\1-{number}", text.read_text("utf-8"), count=1), "utf-8")
    return folder


def add_notes(site: Path, places: int) -> None:
    """Let every article tell of each of the ``places`` largest places 200 words that no other page has."""
    random = Random(1)
    words = [f"{start}{end}" for start in ("ba", "ce", "di", "fo", "gu", "la") for end in range(100, 600)]
    with (site / "content" / "places" / "us.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: -int(row["population"]))
    topics = sorted((site / "content" / "topics").iterdir())
    count = _NOTE * len(topics)
    lines = [f"{row['id']},{' '.join(random.choices(words, k=count))}\n" for row in rows[:places]]
    (site / "content" / "tables" / "notes.csv").write_text("".join(["id,note\n", *lines]), "utf-8")
    table = {"file": "tables/notes.csv", "attach": "place", "key": "id", "country": "US", "source": "Drawn by lot"}
    declared = f"{{{json.dumps(table)[1:-1]}, date: 2026-01-01, columns: {{note: {{}}}}}}"
    config = site / "content" / "site.yaml"
    config.write_text(config.read_text("utf-8").replace("\ntables:\n", f"\ntables:\n  notes: {declared}\n", 1), "utf-8")
    width = (len(words[0]) + 1) * _NOTE
    for number, topic in enumerate(topics):
        part = f"place.note[{number * width}:{(number + 1) * width}]"
        note = f"\n{{% if place and place.note %}}\n\n{{{{ {part} }}}}.\n\n{{% endif %}}\n"
        for text in topic.glob("*.md"):
            text.write_text(text.read_text("utf-8").replace("\n## ", f"{note}\n## ", 1), "utf-8")


def settings(pages: int, topics: int = TOPICS) -> list[str]:
    """The options with which that site has ``pages`` pages of places."""
    limit = pages // (topics * LOCALES)
    return ["--set", "places.where=population >= 0", "--set", f"places.limit={limit}"]
