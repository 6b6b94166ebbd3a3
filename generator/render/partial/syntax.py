"""Questions about Jinja's syntax trees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from jinja2 import Environment, nodes
from jinja2.compiler import find_undeclared
from jinja2.optimizer import Optimizer
from msgspec import Struct


class _Folding(Optimizer):
    """Folds constants as the compiler does, but nothing under another rule of escaping."""

    def visit_ScopedEvalContextModifier(  # noqa: N802 - Jinja's visitors are named after their nodes
        self, node: nodes.ScopedEvalContextModifier, *_: Any, **__: Any
    ) -> nodes.Node:
        return node


class Parsed(Struct, frozen=True):
    """A template's syntax tree, with its constant expressions worked out, and what it is asked again and again."""

    tree: nodes.Template
    blocks: tuple[nodes.Block, ...]
    has_extends: bool
    has_namespace: bool
    unfit_macros: Mapping[int, str]
    """Why a macro must be left to Jinja, by the ``id`` of its node."""


def parsed(source: str, environment: Environment) -> Parsed:
    tree = cast(nodes.Template, _Folding(environment).visit(environment.parse(source)))
    found = list(tree.find_all((nodes.Assign, nodes.AssignBlock, nodes.Name, nodes.Block, nodes.Extends, nodes.Macro)))
    names = frozenset(name for node in found for name in assigned([node]) if not isinstance(node, nodes.Macro))
    reasons = {id(node): _unfit(node, names) for node in found if isinstance(node, nodes.Macro)}
    return Parsed(
        tree,
        tuple(node for node in found if isinstance(node, nodes.Block)),
        any(isinstance(node, nodes.Extends) for node in found),
        any(isinstance(node, nodes.Name) and node.name == "namespace" for node in found),
        {number: reason for number, reason in reasons.items() if reason},
    )


def _unfit(node: nodes.Macro, names: frozenset[str]) -> str:
    if any(name.name in {"caller", "varargs", "kwargs"} for name in node.find_all(nodes.Name)):
        return "a macro with caller, varargs or kwargs"
    if find_undeclared(node.body, names) - {argument.name for argument in node.args}:
        return "a macro that reads what its template sets"
    return ""


def line_of(node: nodes.Node) -> int:
    """The line on which ``node`` begins; some kinds say nothing, but what they hold does."""
    if node.lineno is not None:
        return node.lineno
    return next((line for inner in node.iter_child_nodes() if (line := line_of(inner))), 0)


def has(node: nodes.Node, kinds: type[nodes.Node] | tuple[type[nodes.Node], ...]) -> bool:
    found: Iterator[nodes.Node] = node.find_all(kinds)
    return isinstance(node, kinds) or any(True for _ in found)


def assigned(body: Sequence[nodes.Node]) -> Iterator[str]:
    """Names that ``body`` sets around itself: not those within loops and the like, which keep theirs."""
    for node in body:
        if isinstance(node, (nodes.Assign, nodes.AssignBlock)):
            targets = [node.target, *node.target.find_all(nodes.Name)]
            yield from (target.name for target in targets if isinstance(target, nodes.Name))
        elif isinstance(node, nodes.Import):
            yield node.target
        elif isinstance(node, nodes.FromImport):
            yield from (name if isinstance(name, str) else name[1] for name in node.names)
        elif isinstance(node, nodes.Macro):
            yield node.name
        elif isinstance(node, nodes.If):
            yield from assigned([*node.body, *node.elif_, *node.else_])


def uses_loop(node: nodes.For) -> bool:
    """Whether Jinja gives ``node`` a variable ``loop``, which then also what it includes can read."""
    is_named = bool(find_undeclared(node.iter_child_nodes(only=("body",)), ("loop",)))
    return is_named or any(block.scoped for block in node.find_all(nodes.Block))
