"""The date on which a page's content last changed."""

from __future__ import annotations

import datetime

from generator.ledger.records import Dating, PageHistory
from generator.plan.routes import Route


def content_changed(dating: Dating, history: PageHistory | None, is_same: bool) -> str | None:
    """The ISO date, or None while it is unknown.

    A page without history is new where all that was ever published is known. One whose content ``is_same``
    keeps its date, also an unknown one; any other has changed today.
    """
    if history is None:
        return dating.today.isoformat() if dating.is_known else None
    return history.content_changed if is_same else dating.today.isoformat()


def updated_on(route: Route, changed: str | None) -> datetime.date | None:
    """The date that the page may claim: when its content changed, or the author's later date on the article."""
    given = route.topic.updated if route.topic and route.kind in {"topic", "place"} else None
    known = datetime.date.fromisoformat(changed) if changed else None
    return max((date for date in (given, known) if date), default=None)
