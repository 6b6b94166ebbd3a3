"""The title says one word three times or more.

Google's documentation advises against words that repeat in a title: they help no reader, and they can make a result
look like spam. Say it once. That three times are too many is a house number: twice is usual, as in
“New York, New York”. Words of one or two letters are not counted, nor are articles, prepositions and the like.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

_MANY = 3
_REMEMBERED = 2_000
"""Words whose stems are kept: the titles of a site share most of theirs."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_RUN = re.compile(r"\b([^\W\d_]{3,})\b((?:\s+\1\b)+)", re.IGNORECASE)
_FUNCTION_WORDS = frozenset(
    "and are but can did does for from has have her his how its may not off one our out own she than that the their"
    " them they this two was what when where which who why will with you your"
    " como con cual cuando del desde donde ella esta este las los mas nos para pero por porque que quien ser sin sobre"
    " son sus una uno unos unas".split()
)

_TITLE = "<title>.*?</title>"
GOOD = (
    Edit(_TITLE, "<title>Dentists in New York, New York: a Dentist Near You</title>"),
    Edit(_TITLE, "<title>Walla Walla Injections | Walla Walla, WA | Walla Walla Clinic</title>"),
    Edit(_TITLE, "<title>The Cost, the Risks and the Benefits: What They Do, What They Cost</title>"),
    Edit(_TITLE, "<title>Para la ciática, para la espalda y para la rodilla</title>"),
)
BAD = (
    Edit(_TITLE, "<title>Injections, Cheap Injections, Best Injections in Waco</title>"),
    Edit(_TITLE, "<title>Clinic Waco | Clinics Waco TX | CLINIC near me</title>"),
    Edit(_TITLE, "<title>Injections injections injections</title>"),
    Edit(_TITLE, "<title>Inyección en Waco, inyecciones baratas, la mejor inyección</title>"),
)


@rule(
    severity="warning",
    evidence=documented("https://developers.google.com/search/docs/appearance/title-link", "2026-11-22"),
    scope=Document,
)
def title_stuffed(document: Document) -> Iterator[Finding]:
    if len(document.title) < _MANY * len("abc"):
        return
    title = _RUN.sub(_without_name, document.title)
    words = _WORD.findall(title)
    counted = Counter(stem for stem in map(_stem, words) if stem not in _FUNCTION_WORDS)
    for stem, count in counted.most_common(1):
        if count >= _MANY:
            word = next(word for word in words if _stem(word) == stem)
            what = f"the title says {quoted(word)} {count:,} times: {quoted(document.title)}"
            yield Finding(document.path, what, "Say it once, and use the room for what only this page has.")


def _without_name(run: re.Match[str]) -> str:
    """Nothing for a word that is said twice, which is a name, as "Walla Walla"; a longer run as it is."""
    return run[0] if len(run[2].split()) > 1 else ""


@lru_cache(_REMEMBERED)
def _stem(word: str) -> str:
    """The word in small letters, without accents and without the ending of an English or Spanish plural."""
    letters = unicodedata.normalize("NFD", word.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"(?<=[^aeiou])es$|(?<=[^s])s$", "", plain) if len(plain) > 4 else plain
