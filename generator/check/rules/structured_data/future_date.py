"""A page says that it was changed on a day that had not come yet.

Nobody can have changed it then, so search engines have reason to doubt all dates of the site. The day is later than
any on which the site was built, as its ledger knows; a check of other people's files knows no such day and finds
nothing. Enter the day of the real change.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from generator.check.dates import day_of
from generator.check.examples import Edit, Statement
from generator.check.facts import Facts
from generator.check.quoting import quoted
from generator.check.rule import BUILD, rule
from generator.errors import Finding

_LAST_BUILD = "SELECT max(max(first_built), max(coalesce(content_changed, ''))) FROM pages"
_LATER = "SELECT path, modified FROM documents WHERE modified > ? ORDER BY path"
_LISTED_LATER = "SELECT path, lastmod FROM listed WHERE path IS NOT NULL AND lastmod > ? ORDER BY path"
GOOD = (
    Edit('"dateModified":"2026-06-01"', '"dateModified":"2026-06-02T01:00:00+09:00"'),
    Edit('"dateModified":"2026-06-01"', '"dateModified":"soon"'),
    Statement("UPDATE pages SET first_built = '', content_changed = NULL"),
)
BAD = (
    Edit('"dateModified":"2026-06-01"', '"dateModified":"2027-06-01"'),
    Edit("<lastmod>2026-06-01</lastmod>", "<lastmod>2026-07-01T00:00:00Z</lastmod>", "/sitemaps/en-us.xml"),
)


@rule(severity="error", evidence=BUILD, scope=Facts)
def future_date(facts: Facts) -> Iterator[Finding]:
    ((last,),) = facts.query(_LAST_BUILD)
    built = day_of(last or "")
    if built is None or built == date.max:
        return
    # It may be a day later elsewhere.
    latest = built + timedelta(days=1)
    for query, said in ((_LATER, "the page says it was changed"), (_LISTED_LATER, "a sitemap says it was changed")):
        for path, text in facts.query(query, last):
            day = day_of(text)
            if day is not None and day > latest:
                what = f"{said} on {quoted(text)}, and the site was last built on {built.isoformat()}"
                yield Finding(path, what, "Enter the day of the real change.")
