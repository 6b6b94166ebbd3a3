"""A text may hold what a rule looks for, or it cannot."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.check.hints import holds_any

_TEXTS = st.text("abc", max_size=6)


@given(_TEXTS, st.lists(_TEXTS, max_size=4))
def test_a_text_holds_one_of_the_pieces_that_stand_in_it(text: str, pieces: list[str]) -> None:
    assert holds_any(text, pieces) == any(piece in text for piece in pieces)
