"""The title or the main heading promises a year before the one in which the page says it changed.

“Best clinics of 2024” on a page that names a day of 2026 as its last change tells readers that nobody looks after
one of the two. Bring the content up to date and name its year, or leave the year out. Found are only years that
stand with a word such as “guide”, “best”, “cost” or “updated”: “The 2008 crisis” is a subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import quoted
from generator.check.rule import BUILD, rule
from generator.errors import Finding

_YEAR = re.compile(r"(?<![\d.,/-])20\d\d(?![\d/-]|[.,]\d)")
_PROMISE = re.compile(
    r"\b(?:guide|best|top|updated|costs?|prices?|pricing|rates|fees|latest|current|how much"
    r"|guía|mejor(?:es)?|actualizad[oa]s?|costos?|precios?|tarifas|cuánto)\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(r"20\d\d(?=-\d\d|$)")
_DATES = frozenset({"article:modified_time", "og:updated_time", "last-modified"})
GOOD = (
    Edit("<title>.*?</title>", "<title>What injections cost in Waco, 2026</title>"),
    Edit("<title>.*?</title>", "<title>Best care since the 2008 crisis: 2025–2026</title>"),
    Edit("<title>.*?</title>", "<title>The 2020 census in Waco, 2000 people</title>"),
    Edit("<title>.*?</title>", "<title>A guide to form 2025-B and 20/2010</title>"),
)
BAD = (
    Edit("<title>.*?</title>", "<title>What injections cost in Waco (2024)</title>"),
    Edit("<h1>.*?</h1>", "<h1>The 2025 guide to injections</h1>"),
    Edit("<h1>.*?</h1>", "<h1>Las mejores clínicas de 2024</h1>"),
)


@rule(severity="warning", evidence=BUILD, scope=Document)
def stale_year(document: Document) -> Iterator[Finding]:
    dated = [(name, text) for name, text in (("title", document.title), ("main heading", document.h1)) if "20" in text]
    promised = [(name, text, years) for name, text in dated if _PROMISE.search(text) and (years := _YEAR.findall(text))]
    if not promised:
        return
    said = [str(node.get("dateModified")) for node in document.nodes]
    said += [content for name, content in document.metas if name in _DATES]
    changed = max((match[0] for text in said if (match := _CHANGED.match(text))), default="")
    for name, text, years in promised:
        if max(years) < changed:
            what = f"the {name} is {quoted(text)}, and the page changed in {changed}, as it says itself"
            yield Finding(document.path, what, "Name the year that the content is of, or none.")
            return
