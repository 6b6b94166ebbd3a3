"""Hostile templates are followed as plain Jinja has them on every row, or left to it for a reason that is known."""

from __future__ import annotations

import pytest

from tests.tracing.snippets import REFUSED, SNIPPETS
from tests.tracing.traced import KINDS, compare


@pytest.mark.parametrize("source", SNIPPETS)
def test_a_hostile_template_is_right_on_every_row_and_refused_only_where_that_is_known(source: str) -> None:
    reasons = set()
    for kind in KINDS:
        if kind == "content" and ("{% trans" in source or "gettext(" in source):
            continue
        for marks_passages in (False, True):
            comparison = compare(kind, {"main": source}, marks_passages=marks_passages)
            assert comparison.wrong == []
            reasons |= {str(reason) for reason in comparison.left}
    assert sorted(reasons) == sorted(REFUSED.get(source, ()))
