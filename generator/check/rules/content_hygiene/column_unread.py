"""No page can show a column of a table, since no text and no template reads it.

Somebody keeps the column up to date for readers who never see it, or its name is written differently where it was meant
to be read. Read it in an article, as `{{ place.COLUMN }}`, let the gate ask for it, or take it out of `site.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.columns_read import names_read
from generator.check.examples import Edit
from generator.check.quoting import quoted
from generator.check.rule import BUILD, rule
from generator.errors import Finding
from generator.routing import Plan

_WORD = re.compile(r"[A-Za-z_]\w*")

_SITE, _ASKED = "content/site.yaml", r'"required": \["place.region.board"\]'
GOOD = (Edit(_ASKED, '"required": ["place.region.board"], "min_local_words": 5', _SITE),)
BAD = (Edit(_ASKED, '"required": []', _SITE),)


@rule(severity="warning", evidence=BUILD, scope=Plan)
def column_unread(plan: Plan) -> Iterator[Finding]:
    config, read = plan.site.config, {*names_read(plan)}
    asked = [condition.where for condition in config.gate.conditions] + list(config.gate.required)
    read.update(_WORD.findall("\n".join(asked)))
    for name, table in config.tables.items():
        for column in table.columns:
            if column not in read:
                what = f"nothing reads the column {quoted(column)} of the table {quoted(name)}"
                yield Finding(
                    f"content/{table.file}:1, column {column}", what, "Print it in an article, or take it out."
                )
