"""A page in a language that is written from right to left does not say so.

Arabic, Hebrew, Persian or Urdu on a page that runs from left to right has its full stops, lists and columns on the
wrong side. Write `dir="rtl"` into the first tag of the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from babel.core import get_global

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

_RIGHT_TO_LEFT = frozenset("Adlm Arab Aran Hebr Mand Nkoo Rohg Samr Syrc Thaa".split())
"""Scripts that are written from right to left: https://www.w3.org/International/questions/qa-scripts"""

_START = '<html lang="en-US" dir="ltr">'
GOOD = (
    Edit(_START, '<html lang="en-US">'),
    Edit(_START, '<html lang="ar" dir="RTL">'),
    Edit(_START, '<html lang="ar-Latn">'),
    Edit(_START, '<html lang="az">'),
    Edit(f"{_START}(.*)<body", '<html lang="he"><body dir="rtl"'),
)
BAD = (
    Edit(_START, '<html lang="ar">'),
    Edit(_START, '<html lang="he-IL" dir="ltr">'),
    Edit(_START, '<html lang="pa-Arab" dir>'),
    Edit(_START, '<html lang="pa-PK" dir="">'),
)


@rule(
    severity="error",
    evidence=documented("https://www.w3.org/International/questions/qa-html-dir", "2026-11-22"),
    scope=Document,
    hints=(),
)
def direction_missing(document: Document) -> Iterator[Finding]:
    if not document.language or not _is_right_to_left(document.language):
        return
    elements = (document.tree.css_first("html"), document.tree.body)
    said = [(node.attributes.get("dir") or "").strip().lower() for node in elements if node is not None]
    if not {"rtl", "auto"}.intersection(said):
        direction = f"its direction is {quoted(said[0])}" if said and said[0] else "it names no direction"
        what = f"the page is in {quoted(document.language)}, which is written from right to left, and {direction}"
        yield Finding(document.path, what, 'Write dir="rtl" into the first tag.')


@cache
def _is_right_to_left(tag: str) -> bool:
    """Whether text of this language is written from right to left."""
    language, *rest = tag.split("-")
    script = next((part.title() for part in rest if len(part) == 4), "")
    if not script:
        likely = get_global("likely_subtags")
        country = next((part.upper() for part in rest if len(part) == 2), "")
        full = likely.get(f"{language.lower()}_{country}") or likely.get(language.lower()) or ""
        script = next((part for part in full.split("_")[1:] if len(part) == 4), "")
    return script in _RIGHT_TO_LEFT
