"""Writes output, branches, loops and variables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jinja2 import Environment, nodes
from markupsafe import escape

from generator.render.partial.syntax import assigned, uses_loop
from generator.render.partial.values import (
    CannotInline,
    Dynamic,
    Items,
    Known,
    Part,
    Record,
    Scope,
    Text,
    Value,
    statements,
)
from generator.render.partial.walk import Handler, Walk

_LONGEST = 400
"""Rounds of a loop that are written out; a longer one stays a loop."""


def write_output(walk: Walk, node: nodes.Output, scope: Scope) -> None:
    for part in node.nodes:
        if isinstance(part, nodes.TemplateData):
            walk.body.append(part.data)
            continue
        value = walk.expressions.evaluate(part, scope)
        if isinstance(value, Text):
            walk.body.extend(value.parts)
        elif isinstance(value, Known):
            text = _printed(value.value, walk.environment, is_literal=isinstance(part, nodes.Const))
            # What fails now fails on the page, where a literal would be escaped before it is looked at.
            walk.body.append(nodes.Output([walk.expressions.named(value.value)]) if text is None else text)
        else:
            walk.body.append(nodes.Output([walk.expressions.residual(value)], lineno=node.lineno))


def write_if(walk: Walk, node: nodes.If, scope: Scope) -> None:
    branches: list[tuple[Any, list[nodes.Node]]] = [(branch.test, branch.body) for branch in (node, *node.elif_)]
    _branch(walk, branches, node.else_, scope)


def _branch(
    walk: Walk, branches: Sequence[tuple[Any, list[nodes.Node]]], otherwise: list[nodes.Node], scope: Scope
) -> None:
    if not branches:
        walk.execute(otherwise, scope)
        return
    (test, body), *rest = branches
    value = walk.expressions.evaluate(test, scope)
    truth = walk.expressions.truth(value)
    if truth is True:
        walk.execute(body, scope)
        return
    if truth is False:
        _branch(walk, rest, otherwise, scope)
        return
    condition = walk.expressions.residual(value)
    merged = _merged(walk, branches, otherwise, scope)
    sides: list[list[Part]] = []
    for taken in (True, False):
        side, root = scope.copy(), walk.root
        with walk.catching() as parts:
            walk.root = side if root is scope else root
            if taken:
                walk.execute(body, side)
            else:
                _branch(walk, rest, otherwise, side)
            for name, variable in merged.items():
                if side.names.get(name) is not scope.names.get(name):
                    walk.set(variable, side.names[name])
        walk.root = root
        sides.append(parts)
    walk.body.append(nodes.If(condition, statements(sides[0]), [], statements(sides[1]), lineno=test.lineno))
    for name, variable in merged.items():
        scope.names[name] = Dynamic(nodes.Name(variable, "load"))


def _merged(
    walk: Walk, branches: Sequence[tuple[Any, list[nodes.Node]]], otherwise: list[nodes.Node], scope: Scope
) -> dict[str, str]:
    """A variable of the page for each name that a branch sets, with the value that it has without it."""
    names = sorted(set(assigned([node for _, body in branches for node in body] + otherwise)))
    merged: dict[str, str] = {}
    for name in names:
        merged[name] = walk.fresh(name)
        before = scope.find(name)
        if before is not None:
            walk.set(merged[name], before)
    return merged


def write_for(walk: Walk, node: Any, scope: Scope) -> None:
    if node.recursive:
        raise CannotInline("a recursive loop")
    items = _items(walk.expressions.evaluate(node.iter, scope))
    items = None if items is None else tuple(walk.kept("item", item) for item in items)
    rounds = _rounds(walk, node, items, scope) if items is not None else None
    if rounds is None:
        _keep_loop(walk, node, scope)
        return
    if not rounds:
        walk.write(node.else_, scope.inner())
    has_loop = uses_loop(node)
    for index, names in enumerate(rounds):
        inner = scope.inner(names)
        if has_loop:
            inner.names["loop"] = _loop_record(index, len(rounds))
        walk.write(node.body, inner)


def _items(value: Value) -> tuple[Value, ...] | None:
    if isinstance(value, Items):
        return value.items if len(value.items) <= _LONGEST else None
    if isinstance(value, Known) and isinstance(value.value, (str, tuple, list, range)):
        return tuple(map(Known, value.value)) if len(value.value) <= _LONGEST else None
    return None


def _rounds(walk: Walk, node: Any, items: Sequence[Value], scope: Scope) -> list[dict[str, Value]] | None:
    """The names of each round; None where the loop cannot be written out."""
    rounds: list[dict[str, Value]] = []
    for item in items:
        names = _unpacked(node.target, item)
        if names is None:
            return None
        if node.test is not None:
            truth = walk.expressions.truth(walk.expressions.evaluate(node.test, scope.inner(names)))
            if truth is None:
                return None
            if not truth:
                continue
        rounds.append(names)
    return rounds


def _unpacked(target: nodes.Node, value: Value) -> dict[str, Value] | None:
    if isinstance(target, nodes.Name):
        return {target.name: value}
    items = _items(value)
    if not isinstance(target, nodes.Tuple) or items is None or len(items) != len(target.items):
        return None
    names: dict[str, Value] = {}
    for part, item in zip(target.items, items, strict=True):
        inner = _unpacked(part, item)
        if inner is None:
            return None
        names |= inner
    return names


def _keep_loop(walk: Walk, node: Any, scope: Scope) -> None:
    """A loop over what only the page knows, its body specialised."""
    iterated = walk.expressions.residual(walk.expressions.evaluate(node.iter, scope))
    names: dict[str, Value] = {}
    target = _renamed(walk, node.target, names)
    inner = scope.inner(names)
    test: nodes.Expr | None = None
    if node.test is not None:
        # Evaluated once a round, before the body: nothing of it may be put in front of the loop.
        test = walk.expressions.under_condition(node.test, inner)
    with walk.catching() as body:
        if uses_loop(node):
            # By a name of its own, which no inner loop can take for its own.
            alias = walk.fresh("loop")
            walk.body.append(nodes.Assign(nodes.Name(alias, "store"), nodes.Name("loop", "load")))
            inner.names["loop"] = Dynamic(nodes.Name(alias, "load"))
        walk.write(node.body, inner)
    with walk.catching() as otherwise:
        walk.write(node.else_, scope.inner())
    loop = nodes.For(target, iterated, statements(body), statements(otherwise), test, False, lineno=node.lineno)
    walk.body.append(loop)


def _renamed(walk: Walk, target: nodes.Node, names: dict[str, Value]) -> nodes.Node:
    if isinstance(target, nodes.Name):
        fresh = walk.fresh(target.name)
        names[target.name] = Dynamic(nodes.Name(fresh, "load"))
        return nodes.Name(fresh, "store")
    if isinstance(target, nodes.Tuple):
        return nodes.Tuple([_renamed(walk, item, names) for item in target.items], "store")
    raise CannotInline("a loop into something that is no name")


def write_assign(walk: Walk, node: Any, scope: Scope) -> None:
    value = walk.expressions.evaluate(node.node, scope)
    names = _unpacked(node.target, value)
    if names is None:
        raise CannotInline("several names set at once from what only the page knows")
    for name, part in names.items():
        scope.names[name] = walk.kept(name, part)


def write_set_block(walk: Walk, node: nodes.AssignBlock, scope: Scope) -> None:
    if node.filter is not None or not isinstance(node.target, nodes.Name):
        raise CannotInline("a filter on a set block")
    with walk.catching() as parts:
        walk.write(node.body, scope.inner())
    scope.names[node.target.name] = walk.kept(node.target.name, walk.caught(parts))


def write_with(walk: Walk, node: Any, scope: Scope) -> None:
    inner = scope.inner()
    for target, expression in zip(node.targets, node.values, strict=True):
        names = _unpacked(target, walk.expressions.evaluate(expression, scope))
        if names is None:
            raise CannotInline("several names set at once from what only the page knows")
        for name, part in names.items():
            inner.names[name] = walk.kept(name, part)
    walk.write(node.body, inner)


def _loop_record(index: int, length: int) -> Record:
    """What ``loop`` says in one round of a loop that is written out."""
    known = {
        "index": index + 1,
        "index0": index,
        "revindex": length - index,
        "revindex0": length - index - 1,
        "first": index == 0,
        "last": index == length - 1,
        "length": length,
        "depth": 1,
        "depth0": 0,
    }
    return Record({name: Known(value) for name, value in known.items()}, None)


def _printed(value: Any, environment: Environment, is_literal: bool) -> str | None:
    finalize = environment.finalize or _unchanged
    try:
        if not environment.autoescape:
            return str(finalize(value))
        # As Jinja compiles literals.
        return str(finalize(escape(value)) if is_literal else escape(finalize(value)))
    except Exception:  # noqa: BLE001 - what fails now shall fail on the page
        return None


def _unchanged(value: Any) -> Any:
    return value


FLOW: Mapping[type[nodes.Node], Handler] = {
    nodes.Output: write_output,
    nodes.If: write_if,
    nodes.For: write_for,
    nodes.Assign: write_assign,
    nodes.AssignBlock: write_set_block,
    nodes.With: write_with,
}
