"""A column differs from place to place, and every page says the same whatever stands in it.

A text reads the column, but nothing comes of it: it is rounded or cut until nothing is left, or a condition asks for
something that is true of every value. The pages are no more their own for it. Pages of every topic and language were
made anew with other values of the column: of places all over the site, of the largest and the smallest, of some that
have each of its values; and of regions. Not one of them changed. A column of which a condition of the gate speaks is
not tried.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.quoting import quoted
from generator.check.rule import BUILD, rule
from generator.check.subjects import ColumnTrial
from generator.errors import Finding

_TEXT, _BEFORE = "content/topics/sciatica/en-US.md", r"Hello"
GOOD = (
    Edit(_BEFORE, "{% if place %}Ask the {{ place.region.board }}.{% endif %} Hello", _TEXT),
    Edit(_BEFORE, "{% if place and 'Texas' in place.region.board %}Ask in Austin.{% endif %} Hello", _TEXT),
)
BAD = (
    Edit(_BEFORE, "{% if place and place.region.board %}Ask your board.{% endif %} Hello", _TEXT),
    Edit(_BEFORE, "{% if place %}Ask the board {{ place.region.board[:0] }}.{% endif %} Hello", _TEXT),
)


@rule(severity="warning", evidence=BUILD, scope=ColumnTrial)
def data_identical(trial: ColumnTrial) -> Iterator[Finding]:
    if not trial.is_shown:
        what = (
            f"the column {quoted(trial.name)} has {trial.values:,} different values, and pages say the same whatever it"
            f" is: {trial.pages:,} were tried with others"
        )
        yield Finding(trial.where, what, "See whether its text is meant to say more, or take the column out.")
