"""A page in a language that is written from right to left does not say so.

Arabic, Hebrew, Persian or Urdu on a page that runs from left to right has its full stops, lists and columns on the
wrong side. Write `dir="rtl"` into the first tag of the page.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.languages import is_right_to_left
from generator.check.quoting import quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

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
    if not document.language or not is_right_to_left(document.language):
        return
    elements = (document.tree.css_first("html"), document.tree.body)
    said = [(node.attributes.get("dir") or "").strip().lower() for node in elements if node is not None]
    if not {"rtl", "auto"}.intersection(said):
        direction = f"its direction is {quoted(said[0])}" if said and said[0] else "it names no direction"
        what = f"the page is in {quoted(document.language)}, which is written from right to left, and {direction}"
        yield Finding(document.path, what, 'Write dir="rtl" into the first tag.')
