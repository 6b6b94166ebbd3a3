"""Several pages of one language have the same content, word for word.

Readers gain nothing from the second one, and a search engine picks one and leaves the others out. Give each what only
it can say, let the others name the first one as canonical, or do not build them. Translations are no copies, and
neither are pages that may not be indexed or that name another page as canonical.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

from generator.check.examples import Statement
from generator.check.facts import Facts
from generator.check.rule import documented, rule
from generator.errors import Finding
from generator.ledger.records import DIGEST_SIZE

_NOTHING = blake2b(b"", digest_size=DIGEST_SIZE).digest()
# In a ledger a page's content holds its address, in the structured data; two pages share it only where they have none.
_SAME = """
    SELECT count(*), min(path), max(path) FROM pages
    WHERE state = 'live' AND content_digest NOT IN (?1, x'') AND canonical IN ('', path, ?2 || path)
    GROUP BY locale, content_digest HAVING count(*) > 1 ORDER BY min(path)
"""

_COPY = "UPDATE pages SET content_digest = x'00'{} WHERE path {}"
GOOD = (
    Statement(_COPY.format("", "IN ('/en-us/sciatica/texas/waco/', '/es-us/ciatica/texas/waco/')")),
    Statement(_COPY.format(", state = 'noindex'", "LIKE '/en-us/sciatica/texas/%'")),
    Statement(_COPY.format(", canonical = 'https://www.example.com/en-us/'", "LIKE '/en-us/%'")),
    Statement("UPDATE pages SET content_digest = x'cae66941d9efbd404e4d88758ea67670'"),
)
BAD = (
    Statement(_COPY.format("", "LIKE '/en-us/sciatica/texas/%'")),
    Statement(_COPY.format(", canonical = ''", "IN ('/en-us/', '/en-us/sciatica/')")),
)


@rule(
    severity="stop",
    evidence=documented(
        "https://developers.google.com/search/docs/crawling-indexing/consolidate-duplicate-urls", "2026-11-22"
    ),
    scope=Facts,
)
def content_identical(facts: Facts) -> Iterator[Finding]:
    for count, first, last in facts.query(_SAME, _NOTHING, facts.origin):
        others = f"{last} says" if count == 2 else f"{count - 1:,} others say, {last} among them,"
        what = f"the page says the same as others: {others} nothing else"
        yield Finding(first, what, "Give each something of its own, or keep one.")
