"""No page can show a column of a table, since no text and no template reads it.

Somebody keeps the column up to date for readers who never see it, or its name is written differently where it was meant
to be read. Read it in an article, as `{{ place.COLUMN }}`, let the gate ask for it, or take it out of `site.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from generator.check.examples import Edit
from generator.check.quoting import quoted
from generator.check.rule import BUILD, rule
from generator.errors import Finding
from generator.plan.routes import Plan
from generator.templating import contract

_READ = re.compile(r"[.\[]\s*['\"]?([A-Za-z_]\w*)")
"""Name behind a point or in brackets: whatever else is said of it in prose counts for nothing."""

_OF_PLACE = re.compile(r"\b(?:place|region)(?=\s*(?:\.\s*|\[\s*['\"])([A-Za-z_]\w*))")
"""Name after a place or a region, which is not consumed, since it may be the region of which more is read."""

_OF_OTHERS = frozenset(
    field
    for view in vars(contract).values()
    if isinstance(view, type) and issubclass(view, Struct) and view not in (contract.PlaceView, contract.RegionView)
    for field in view.__struct_fields__
)
"""Names of what is no place and no region: such as ``label`` count only where they are read of one."""

_WORD = re.compile(r"[A-Za-z_]\w*")

_SITE, _ASKED = "content/site.yaml", r'"required": \["place.region.board"\]'
GOOD = (Edit(_ASKED, '"required": ["place.region.board"], "min_local_words": 5', _SITE),)
BAD = (Edit(_ASKED, '"required": []', _SITE),)


@rule(severity="warning", evidence=BUILD, scope=Plan)
def column_unread(plan: Plan) -> Iterator[Finding]:
    read = _read(plan) | _asked(plan)
    for name, table in plan.site.config.tables.items():
        for column in table.columns:
            if column not in read:
                what = f"nothing reads the column {quoted(column)} of the table {quoted(name)}"
                yield Finding(
                    f"content/{table.file}:1, column {column}", what, "Print it in an article, or take it out."
                )


def _read(plan: Plan) -> frozenset[str]:
    """Every name that an article or a template reads of something, whatever that is called there."""
    root = plan.site.root
    files = [*(root / "templates").rglob("*.html"), *(root / topic.source for topic in plan.site.topics)]
    texts = "\n".join(file.read_text("utf-8-sig") for file in files)
    return frozenset(_READ.findall(texts)) - _OF_OTHERS | frozenset(_OF_PLACE.findall(texts))


def _asked(plan: Plan) -> frozenset[str]:
    """Every name of which the gate asks that there is something, or what there is."""
    gate = plan.site.config.gate
    return frozenset(_WORD.findall("\n".join([*gate.required, *(condition.where for condition in gate.conditions)])))
