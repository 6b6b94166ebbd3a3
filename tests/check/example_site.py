"""The site that the examples of rules change: a real one, built from the tiny site of the other tests."""

from __future__ import annotations

import datetime
import shutil
from dataclasses import dataclass
from pathlib import Path

from generator.check.data import rulebook
from generator.check.document import Document
from generator.check.examples import Data, Edit, Example, PageKind, Statement
from generator.check.published import Published
from generator.check.registry import all_rules
from generator.check.results import Outcome
from generator.commands.built_site import open_built
from generator.commands.check import check_opened
from generator.errors import Finding
from generator.executors.inline import InlineExecutor
from generator.ledger.cache import Cache
from generator.load.site import read_site
from generator.options import Options
from generator.plan.routes import Plan
from generator.plan.site_plan import plan_site
from generator.write.paths import page_file
from tests.sites import BASE, BODY, EN, ES, LOCALE, NOW, make_site, publish, topic_text

PAGES: dict[PageKind, str] = {
    "chooser": "/",
    "home": "/en-us/",
    "topic": "/en-us/sciatica/",
    "region": "/en-us/sciatica/texas/",
    "place": "/en-us/sciatica/texas/waco/",
    "not_found": "/404.html",
}


@dataclass(frozen=True)
class ExampleSite:
    """A built site; ``folder`` holds its content and its output."""

    folder: Path

    def check(self, *rules: str, every_page: bool = True, after: str = "") -> Outcome:
        """What the rules find; ``after`` is a statement that changes the facts before they are asked."""
        with open_built(Options(self.folder, self.folder / "output", NOW)) as built:
            list(built.facts.query(after))
            assert not after or next(built.facts.query("SELECT changes()")) != (0,), f"{after} changes no page"
            return check_opened(built, InlineExecutor(), rules, every_page=every_page)

    def check_example(self, rule: str, example: Example, aside: Path) -> tuple[Finding, ...]:
        """What the rule finds in a copy of the site in ``aside`` with what the example changes."""
        if all_rules()[rule].scope is Document and isinstance(example, Edit) and example.of in PAGES:
            # A rule that reads one page needs no copy of the others.
            path = PAGES[example.of]  # type: ignore[index]
            published = Published(self.folder / "output" / "site", BASE, frozenset())
            changed = Document(path, example.apply(published.text(path)).encode(), published)
            return tuple(all_rules()[rule].findings(changed))
        if isinstance(example, Data):
            return tuple(all_rules()[rule].findings(example.rows()))
        if isinstance(example, Statement):
            return self.check(rule, after=example.sql).findings
        copied = ExampleSite(aside)
        shutil.copytree(self.folder / "content", aside / "content")
        (aside / "templates").symlink_to(self.folder / "templates", target_is_directory=True)
        shutil.copytree(self.folder / "output", aside / "output", copy_function=shutil.copyfile)
        copied.apply(example)
        if all_rules()[rule].scope is Plan:
            loaded = read_site(aside, (), NOW, Cache(), rulebook()).site
            assert loaded
            return tuple(all_rules()[rule].findings(plan_site(loaded, lambda _: False)))
        return copied.check(rule).findings

    def apply(self, example: Example) -> None:
        if isinstance(example, Edit):
            file = self.folder / example.of
            if not example.of.startswith("content/"):
                path = PAGES.get(example.of, example.of)  # type: ignore[call-overload]
                file = self.folder / "output" / "site" / page_file(path)[1:]
            # One that is not there yet is made.
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(example.apply(file.read_text("utf-8") if file.exists() else ""), "utf-8")


NOTICE = "This is not medical advice. In an emergency, call 911."
SPANISH = """
Hola{% if place %}, {{ place.name }}{% endif %}.

## Cómo funcionan

Con una aguja.

### ¿Duele? {.question}

Un *poco*.

## Preguntas {#faq}

### ¿Cuánto dura?

Algunas semanas.

### ¿Cuánto cuesta?

Pregúntenos.
"""


def make_example_site(folder: Path) -> ExampleSite:
    """The tiny site, sound in every respect: reviewed, translated, dated by its first build, without dead links."""
    locales = {tag: LOCALE | {"disclaimer": NOTICE} for tag in ("en-US", "es-US")}
    front = {
        "reviewer": {"name": "A. Reviewer"},
        "last_reviewed": datetime.date(2026, 3, 1),
        "sources": [{"title": "A Book on Needles"}],
        "call_to_action": {
            "label": "Find a provider",
            "url": "https://search.example.org/",
            "text": "We help you **choose**.",
        },
    }
    english = BODY.replace("[us](https://www.example.com/cost)", "us")
    texts = {EN: topic_text(english, **front), ES: topic_text(SPANISH, slug="ciatica", **front)}
    known = {"rule": "json_ld_retired", "severity": "off", "reason": "The questions are for other readers than Google."}
    asked = {"mode": "enforce", "required": ["place.region.board"]}
    make_site(folder, texts, locales=locales, checks=[known], gate=asked)
    publish(folder, is_first=True)
    return ExampleSite(folder)
