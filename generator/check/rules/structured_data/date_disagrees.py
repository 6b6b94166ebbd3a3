"""The page gives two days as that of its last change.

Readers see one, and the structured data or the meta element `article:modified_time` has another. A search engine
that shows a date has to guess which is right. Take all of them from one place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from generator.check.dates import are_one_day, day_of
from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.json_ld import types_of
from generator.check.markup import words
from generator.check.quoting import quoted
from generator.check.rule import documented, rule
from generator.check.search_features import specialised
from generator.check.structured_data import text_in, top_nodes
from generator.errors import Finding

_PAGES = specialised("Article", "WebPage", "MedicalWebPage", "FAQPage", "QAPage", "ProfilePage")
_LABELS = re.compile(
    r"\b(?:updated?|modified|actualizad[oa]|modificad[oa]|aktualisiert|geändert|mis à jour|modifié|aggiornat[oa]"
    r"|atualizad[oa]|bijgewerkt|zaktualizowano|обновлено)\b",
    re.IGNORECASE,
)
"""What precedes the day of a change in the languages that sites of this generator are likely to have."""

_LOOKED_AT = 20
"""Days that are looked at: that of the last change stands near the top of a page, or nowhere."""

_TIME = '<time datetime="2026-06-01">'
_META = '<meta property="article:modified_time" content='
GOOD = (
    Edit("<p>With a needle.</p>", '<p>Updated <time datetime="2020-01-01"></time></p>'),
    Edit("</h1>", '</h1><p>Published <time datetime="2020-01-01">2020</time></p>'),
    Edit("<p>With a needle.</p>", '<p>We look at <time datetime="2020-01-01">2020</time>.</p>'),
    Edit(_TIME, '<time datetime="2026-06-02T01:00:00+02:00">'),
    Edit("<head>", f'<head>{_META}"2026-06-01">'),
    Edit(_TIME, '<time datetime="June">'),
)
BAD = (
    Edit(_TIME, '<time datetime="2026-05-01">'),
    Edit("<head>", f'<head>{_META}"2026-07-01T12:00:00Z">'),
    Edit('"dateModified":"2026-06-01"', '"dateModified":"2025-06-01"'),
)


@rule(
    severity="warning",
    evidence=documented("https://developers.google.com/search/docs/appearance/publication-dates", "2026-11-22"),
    scope=Document,
)
def date_disagrees(document: Document) -> Iterator[Finding]:
    said = list(_days(document))
    for (where, day), (other, another) in pairwise(said):
        if not are_one_day(day, another):
            what = f"the page was last changed on {quoted(day)} for {where}, and on {quoted(another)} for {other}"
            yield Finding(document.path, what, "Take both days from one place.")
            return


def _days(document: Document) -> Iterator[tuple[str, str]]:
    for node in top_nodes(document):
        if not _PAGES.isdisjoint(types_of(node)):
            day = text_in(node.get("dateModified"))
            if day_of(day):
                yield "the structured data", day
    if day_of(document.meta("article:modified_time")):
        yield "article:modified_time", document.meta("article:modified_time")
    for time in document.css("time[datetime]")[:_LOOKED_AT]:
        day = (time.attributes.get("datetime") or "").strip()
        parent = time.parent
        if day_of(day) and parent is not None and parent.tag not in {"body", "main", "article"}:
            shown = words(time)
            before = words(parent).partition(shown)[0] if shown else ""
            if _LABELS.search(before[-40:]):
                yield "readers", day
