"""No page can show a column of a table, since no text and no template reads it.

Somebody keeps the column up to date for readers who never see it, or its name is written differently where it was meant
to be read. Read it in an article, as `{{ place.COLUMN }}`, let the gate ask for it, or take it out of `site.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.columns_read import names_asked, names_read, names_required
from generator.check.examples import Edit
from generator.check.quoting import quoted
from generator.check.rule import BUILD, rule
from generator.errors import Finding
from generator.plan.routes import Plan

_SITE, _ASKED = "content/site.yaml", r'"required": \["place.region.board"\]'
GOOD = (Edit(_ASKED, '"required": ["place.region.board"], "min_local_words": 5', _SITE),)
BAD = (Edit(_ASKED, '"required": []', _SITE),)


@rule(severity="warning", evidence=BUILD, scope=Plan)
def column_unread(plan: Plan) -> Iterator[Finding]:
    read = names_read(plan) | names_asked(plan) | names_required(plan)
    for name, table in plan.site.config.tables.items():
        for column in table.columns:
            if column not in read:
                what = f"nothing reads the column {quoted(column)} of the table {quoted(name)}"
                yield Finding(
                    f"content/{table.file}:1, column {column}", what, "Print it in an article, or take it out."
                )
