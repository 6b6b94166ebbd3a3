"""A small word stands twice in a row.

“In the the city” comes from a template and a value that both bring the word along, or from an edit that was not
finished. Readers stumble over it. Only words are looked for that never follow themselves in sound English or Spanish:
“had had”, “Walla Walla” and “sí, sí” are none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import compress, islice
from operator import eq

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import BUILD, rule
from generator.errors import Finding

_END = r"(?![\w’'.-])"


def _twice(words: str) -> re.Pattern[str]:
    """Finds one of ``words`` twice; the first may begin a sentence, and a third one makes it a song."""
    chosen = "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in words.split())
    return re.compile(rf"(?<![\w’'.-])(?P<first>{chosen})\s(?P<second>{chosen.lower()}){_END}(?! (?P=second){_END})")


_ENGLISH = "the an of and or to for with from your our my their its by at as be we they if but into than near"
_SPANISH = "el los las del de en y con por para su sus una un al es desde hasta cerca"
_SMALL = frozenset(f"{_ENGLISH} {_SPANISH}".split())
_TWICE = {"en": _twice(_ENGLISH), "es": _twice(_SPANISH)}
GOOD = (
    Edit(
        "<p>With a needle.</p>",
        "<p>He had had pain that that nurse saw in Walla Walla. No no, it is what it is is fine.</p>",
    ),
    Edit(
        "<p>With a needle.</p>",
        "<p>The OR or the ICU, Vitamin A a day, AT at home, by-by or the-the, in IT it is so, so.</p>",
    ),
    Edit("<p>With a needle.</p>", '<p lang="es">Sí sí, no no, poco a poco, la la la; de De la Rosa y Y Griega.</p>'),
)
BAD = (
    Edit("<p>With a needle.</p>", "<p>With the the needle.</p>"),
    Edit("<p>With a needle.</p>", "<p>The <em>the</em> needle.</p>"),
    Edit("<p>With a needle.</p>", '<p lang="es">Cerca de de Waco.</p>'),
)


@rule(severity="warning", evidence=BUILD, scope=Document)
def repeated_word(document: Document) -> Iterator[Finding]:
    if not any(_repeats(document.prose.get(language, "")) for language in _TWICE):
        return
    found = [
        (passage, match) for passage, match in document.written(_TWICE) if match["first"].lower() == match["second"]
    ]
    if found:
        passage, match = found[0]
        around = passage.around(*match.span())
        what = f"{quoted(match[0])} stands {passage.where}: {quoted(around)}{as_in_others(len(found))}"
        yield Finding(document.path, what, "Leave one of the two out.")


def _repeats(text: str) -> bool:
    """Whether one of the words may: the patterns would take ten times as long to say so."""
    said = text.lower().split()
    return any(first in _SMALL for first in compress(said, map(eq, said, islice(said, 1, None))))
