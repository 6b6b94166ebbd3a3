"""Records that rules read besides pages and facts: a topic as it is written."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from msgspec import Struct

from generator.model import Site, Topic

_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#[a-z0-9-]+\}|\{\.[a-z-]+\}")


class Article(Struct, frozen=True):
    """One topic in one language: its file in ``lines``, the topic read from it, and the notice on its pages.

    ``today`` is the day of the check.
    """

    topic: Topic
    lines: tuple[str, ...]
    disclaimer: str
    today: datetime.date

    def where(self, line: int) -> str:
        return f"{self.topic.source}:{line}"

    def text(self) -> Iterator[tuple[int, str]]:
        """Each line of the file that says something, with its number; without Jinja, whose parts leave no gap."""
        for number, line in enumerate(self.lines, 1):
            said = _JINJA.sub("", line).strip()
            if said and not said.startswith("# ") and said != "---":
                yield number, said

    def key_line(self, key: str) -> int:
        """The line of a key of the front matter; the first line where it is missing."""
        return next((number for number, line in enumerate(self.lines, 1) if line.startswith(f"{key}:")), 1)


def articles_of(site: Site, today: datetime.date) -> Iterator[Article]:
    """The topics of ``site`` as they are written."""
    for topic in site.topics:
        lines = (site.root / topic.source).read_text("utf-8-sig").splitlines()
        yield Article(topic, tuple(lines), site.config.locales[topic.locale].disclaimer or "", today)
