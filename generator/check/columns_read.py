"""Which names the texts and templates of a site read of something: columns, among others."""

from __future__ import annotations

import re

from generator.routing import Plan

_READ = re.compile(r"[.\[]\s*['\"]?([A-Za-z_]\w*)")
"""What stands behind a point or in brackets: whatever else is said of a name in prose counts for nothing."""


def names_read(plan: Plan) -> frozenset[str]:
    """Every name that an article or a template reads of something, and some that they only mention."""
    root = plan.site.root
    files = [*(root / "templates").rglob("*.html"), *(root / topic.source for topic in plan.site.topics)]
    return frozenset(_READ.findall("\n".join(file.read_text("utf-8-sig") for file in files)))
