"""Expressions as they are kept between builds: values of which nothing is code, by numbers that hold in any process."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any, cast

from msgspec import Struct

from generator.tracing.expressions import LOOP, Part, references
from generator.tracing.frame import Guard
from generator.tracing.loops import Loop, loop_constant, path_constant
from generator.tracing.recorder import Recorder, Run

KeptBody = tuple[tuple[Guard, ...], tuple[Part, ...]]


class KeptExpressions(Struct, frozen=True):
    """Expressions and keys of constants by their numbers, and bodies of loops by those of their constants."""

    rows: Mapping[int, Any]
    keys: Mapping[int, Any]
    bodies: Mapping[int, tuple[KeptBody, ...]]


def keep(recorder: Recorder, said: Iterable[object]) -> KeptExpressions:
    """All that the numbers in ``said`` are made of; raises LookupError where that cannot be written down."""
    expressions = recorder.expressions
    found, bodies = expressions.behind(references(tuple(said))), dict[int, tuple[KeptBody, ...]]()
    while loops := {number for number in found if _is_loop(expressions.keys.get(number))}.difference(bodies):
        for number in loops:
            bodies[number] = tuple(expressions.constants[number].bodies.kept)
            found |= expressions.behind(references(bodies[number]))
    rows = {number: expressions.rows[number] for number in found if number in expressions.rows}
    keys: dict[int, Any] = {number: expressions.keys[number] for number in found if number not in rows}
    for key in keys.values():
        if key[0] not in (LOOP, "path"):
            recorder.function(key)
    return KeptExpressions(rows, keys, bodies)


def adopt(recorder: Recorder, kept: KeptExpressions, run: Run) -> None:
    """Know what was kept, the loops of which ``run`` had met; raises LookupError where it is not known here."""
    for number in kept.keys:
        _adopt_constant(recorder, kept, run, number)
    for number, row in kept.rows.items():
        if recorder.expressions.number(*frozen(row)) != number:
            raise LookupError(number)
    for number, bodies in kept.bodies.items():
        for guards, parts in bodies:
            recorder.expressions.constants[number].bodies.add(parts, frozen(guards))


def _adopt_constant(recorder: Recorder, kept: KeptExpressions, run: Run, number: int) -> None:
    expressions, key = recorder.expressions, frozen(kept.keys[number])
    if number in expressions.constants:
        return
    for needed in references(key):
        if needed in kept.keys:
            _adopt_constant(recorder, kept, run, needed)
    kind, *rest = key
    if kind == "path":
        before, owner, guards = rest
        around = cast(Loop, expressions.constants[owner]) if isinstance(owner, int) else None
        found = path_constant(expressions, before, owner, guards, around)
    elif kind == LOOP:
        found = loop_constant(recorder, cast(Any, tuple(rest)), run)
    else:
        found = expressions.constant(key, recorder.function(key))
    if found != number:
        raise LookupError(number)


def known_ways(kept: KeptExpressions) -> frozenset[Hashable]:
    """The variants of the items of its loops, by the names that ``ways`` gives them."""
    found: set[Hashable] = set()
    for number, row in kept.rows.items():
        if row[0] == LOOP:
            found |= {(number, length) for length in range(3)}
            found |= {(number, parts) for _, parts in kept.bodies[row[1]]}
    return frozenset(found)


def _is_loop(key: Hashable) -> bool:
    return isinstance(key, tuple) and key[0] == LOOP


def frozen(value: Any) -> Any:
    """``value`` with the tuples that became lists when it was written down."""
    return tuple(map(frozen, value)) if isinstance(value, (list, tuple)) else value
