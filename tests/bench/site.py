"""The site that is measured: this repository's own, with its article under several addresses."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

TOPICS = 5
LOCALES = 2
PAGES_A_PLACE = TOPICS * LOCALES

_SLUG = re.compile(r"^(slug: .*)$", re.MULTILINE)


def make_site(repository: Path, folder: Path, topics: int = TOPICS) -> Path:
    """A copy of the site in ``repository`` with ``topics`` topics, each the same article; its folder."""
    for part in ("content", "templates"):
        shutil.copytree(repository / part, folder / part)
    (topic,) = (folder / "content" / "topics").iterdir()
    for number in range(2, topics + 1):
        copy = shutil.copytree(topic, topic.with_name(f"topic-{number}"))
        for text in copy.glob("*.md"):
            text.write_text(_SLUG.sub(rf"\1-{number}", text.read_text("utf-8"), count=1), "utf-8")
    return folder


def settings(pages: int, topics: int = TOPICS) -> list[str]:
    """The options with which that site has ``pages`` pages of places."""
    limit = pages // (topics * LOCALES)
    return ["--set", "places.where=population >= 0", "--set", f"places.limit={limit}"]
