"""What stands on a page because of a decision is marked, and is not taken for what all pages share."""

from __future__ import annotations

import pytest

from generator.tracing.columns import Columns
from generator.tracing.expressions import Part, parts_of
from generator.tracing.passages import pieces
from tests.tracing.traced import Tracing, names, places


def shared(templates: dict[str, str], at: int = 4) -> list[tuple[str, bool]]:
    """The constant parts of a page, each with whether it is shared; values are left out."""
    tracing = Tracing("html", templates, marks_passages=True)
    row = tracing.recorder.begin(Columns(tracing.expressions, [places()[at]]))
    parts: tuple[Part, ...] = parts_of(tracing.environment.get_template("main").render(names(row)))
    return [
        (piece.part, piece.is_shared) for piece in pieces(tracing.expressions, parts) if isinstance(piece.part, str)
    ]


CASES = {
    "what stands for itself is shared": ("a{{ place.name }}b", [("a", True), ("b", True)]),
    "a branch that the row chose is not": (
        "a{% if place.name == 'x' %}b{% else %}c{% endif %}d", [("a", True), ("c", False), ("d", True)],
    ),
    "nor is an elif": ("{% if not place.name %}b{% elif place.name %}c{% endif %}", [("c", False)]),
    "a branch that all pages take is": ("a{% if site.brand %}b{% endif %}c", [("abc", True)]),
    "a branch of it within one of the row's is not": (
        "{% if place.name %}a{% if site.brand %}b{% endif %}c{% endif %}d", [("abc", False), ("d", True)],
    ),
    "what follows an inner choice is still within the outer one": (
        "{% if place.name %}a{% if place.name != 'x' %}b{% endif %}c{% endif %}d",
        [("a", False), ("b", False), ("c", False), ("d", True)],
    ),
    "an expression that the row chose is not": ("a{{ 'b' if place.name else 'c' }}d", [("a", True), ("b", False), ("d", True)]),
    "an expression that all choose is": ("a{{ 'b' if site.brand else 'c' }}d", [("abd", True)]),
    "conditions of several templates do not disturb each other": (
        "{% if place.name %}a{% include 'part' %}b{% endif %}c", [("axb", False), ("c", True)],
    ),
    "nor do those of a macro that calls itself": (
        "{% macro m(n) %}{% if place.name %}<{% if n %}{{ m(n - 1) }}{% endif %}>{% endif %}{% endmacro %}{{ m(1) }}c",
        [("<", False), ("<", False), (">", False), (">", False), ("c", True)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("claim", CASES)
def test_pieces_know_what_all_pages_share(claim: str) -> None:
    source, expected = CASES[claim]
    found = shared({"main": source, "part": "{% if site.brand %}x{% endif %}"})
    assert _joined(found) == _joined(expected)


def _joined(found: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Neighbours that are shared alike as one."""
    joined: list[tuple[str, bool]] = []
    for text, is_shared in found:
        if joined and joined[-1][1] == is_shared:
            joined[-1] = (joined[-1][0] + text, is_shared)
        else:
            joined.append((text, is_shared))
    return joined


def test_marks_of_passages_print_measure_and_compare_as_nothing() -> None:
    source = (
        "{% set x %}{% if place.name %}ab{% endif %}{% endset %}{{ x|length }}{{ x == 'ab' }}{{ x[0] }}{{ x|upper }}"
    )
    tracing = Tracing("html", {"main": source}, marks_passages=True)
    assert tracing.block([places()[0]]) == [b"2TrueaAB"]
