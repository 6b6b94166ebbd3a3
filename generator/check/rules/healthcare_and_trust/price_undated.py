"""A price stands in the article without the year or the source that it is from.

Prices of treatments change from year to year and from place to place, and readers plan with what they read. Say when
the price was true and who says so, in the same sentence or the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.quoting import quoted
from generator.check.rule import HEURISTIC, rule
from generator.check.subjects import Article
from generator.errors import Finding

_PRICE = re.compile(r"(?:[$€£]\s?\d[\d.,]*|\b\d[\d.,]*\s?(?:USD|EUR|dollars|euros|dólares)\b)", re.IGNORECASE)
_DATED = re.compile(r"\b(?:19|20)\d\d\b|\baccording to\b|\bde acuerdo con\b", re.IGNORECASE)
_TOPIC = "content/topics/sciatica/en-US.md"
GOOD = (
    Edit("With a needle.", "As of 2026 a session costs $120 to $300.", _TOPIC),
    Edit("With a needle.", "A session cost $120, according to a survey of clinics.", _TOPIC),
)
BAD = (
    Edit("With a needle.", "A session costs $120 to $300.", _TOPIC),
    Edit("With a needle.", "It costs about 300 dollars.", _TOPIC),
    Edit("Con una aguja.", "Cuesta entre $100 y $500, según el lugar.", "content/topics/sciatica/es-US.md"),
)


@rule(severity="warning", evidence=HEURISTIC, scope=Article)
def price_undated(article: Article) -> Iterator[Finding]:
    for number, text in article.text():
        match = _PRICE.search(text)
        if match and not _DATED.search(text):
            fix = "Say when the price was true, and who says so."
            yield Finding(article.where(number), f"the price {quoted(match[0])} has no date and no source", fix)
