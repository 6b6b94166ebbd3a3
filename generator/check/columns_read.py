"""Columns of tables that the texts, the templates and the gate of a site read."""

from __future__ import annotations

import re

from msgspec import Struct

from generator.plan.routes import Plan
from generator.templating import contract

_READ = re.compile(r"[.\[]\s*['\"]?([A-Za-z_]\w*)")
"""What stands behind a point or in brackets: whatever else is said of a name in prose counts for nothing."""

_OF_PLACE = re.compile(r"\b(?:place|region)(?=\s*(?:\.\s*|\[\s*['\"])([A-Za-z_]\w*))")
"""What follows is only looked at, since it may be the region of which more is read."""

_OF_OTHERS = frozenset(
    field
    for view in vars(contract).values()
    if isinstance(view, type) and issubclass(view, Struct) and view not in (contract.PlaceView, contract.RegionView)
    for field in view.__struct_fields__
)
"""Names of what is no place and no region."""

_WORD = re.compile(r"[A-Za-z_]\w*")


def names_read(plan: Plan) -> frozenset[str]:
    """Every name that an article or a template reads of something, whatever that is called there.

    A name that other things have, too, such as ``label``, counts only where it is read of a place or a region.
    """
    texts = _texts(plan)
    return frozenset(_READ.findall(texts)) - _OF_OTHERS | frozenset(_OF_PLACE.findall(texts))


def facts_read(plan: Plan) -> frozenset[str]:
    """Those that an article or a template reads of a place or a region under these names."""
    return frozenset(_OF_PLACE.findall(_texts(plan)))


def names_required(plan: Plan) -> frozenset[str]:
    """Every name of which the gate asks that there is something."""
    return frozenset(_WORD.findall("\n".join(plan.site.config.gate.required)))


def names_asked(plan: Plan) -> frozenset[str]:
    """Every name of which the gate asks what there is."""
    return frozenset(_WORD.findall("\n".join(condition.where for condition in plan.site.config.gate.conditions)))


def _texts(plan: Plan) -> str:
    root = plan.site.root
    files = [*(root / "templates").rglob("*.html"), *(root / topic.source for topic in plan.site.topics)]
    return "\n".join(file.read_text("utf-8-sig") for file in files)
