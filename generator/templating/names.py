"""Static check of Jinja source for names that the template contract does not have."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from jinja2 import nodes
from msgspec import Struct

from generator.errors import did_you_mean

CONTENT_FUNCTIONS = frozenset({"range", "dict", "cycler", "joiner", "namespace", "loop"})
"""What Jinja itself offers to authors' texts."""

TEMPLATE_FUNCTIONS = CONTENT_FUNCTIONS | {
    "caller",
    "self",
    "super",
    "_",
    "gettext",
    "ngettext",
    "pgettext",
    "npgettext",
}
"""What it offers to templates besides."""


class Unknown(Struct, frozen=True):
    """A name that nothing defines: its line in the parsed source, how it is written, and the cure."""

    line: int
    name: str
    fix: str


def unknown_names(
    found_in: Iterable[nodes.Node],
    contract: Mapping[str, type],
    columns: Mapping[str, frozenset[str]] | None,
    functions: frozenset[str] = TEMPLATE_FUNCTIONS,
) -> tuple[Unknown, ...]:
    """Every name and attribute chain that ``contract`` does not offer, in order of line, of a tree given node by node.

    ``columns`` maps the name of a view class to the table columns that rows attach to it; None, when those
    are unknown, lets every name of such a view pass. Attributes of values whose type is not a view are not
    checked: StrictUndefined reports those while rendering.
    """
    every = tuple(found_in)
    scope = _assigned_names(every, contract, columns, functions)
    found: dict[tuple[int, str], Unknown] = {}
    for node in _expressions(every):
        try:
            _type_of(node, scope, columns)
        except _UnknownName as error:
            found.setdefault((node.lineno, error.name), Unknown(node.lineno, error.name, error.fix))
    return tuple(found[key] for key in sorted(found))


class _UnknownName(Exception):
    def __init__(self, name: str, fix: str) -> None:
        super().__init__(name)
        self.name = name
        self.fix = fix


def _expressions(every: Iterable[nodes.Node]) -> Iterator[nodes.Expr]:
    """Each outermost attribute chain and each loaded name."""
    inner = {id(node.node) for node in every if isinstance(node, nodes.Getattr)}
    for node in every:
        if isinstance(node, (nodes.Getattr, nodes.Name)) and id(node) not in inner and node.ctx == "load":
            yield node


def _assigned_names(
    every: Sequence[nodes.Node],
    contract: Mapping[str, type],
    columns: Mapping[str, frozenset[str]] | None,
    functions: frozenset[str],
) -> dict[str, typing.Any]:
    scope: dict[str, typing.Any] = dict.fromkeys(functions, typing.Any)
    for node in every:
        if isinstance(node, nodes.Macro) or (isinstance(node, nodes.Name) and node.ctx != "load"):
            scope[node.name] = typing.Any
        elif isinstance(node, nodes.Import):
            scope[node.target] = typing.Any
        elif isinstance(node, nodes.FromImport):
            scope.update((name if isinstance(name, str) else name[1], typing.Any) for name in node.names)
    scope.update(contract)
    # A loop over a list of views gives its variable that view's type; two passes reach one nested loop.
    for _ in range(2):
        for loop in every:
            if isinstance(loop, nodes.For) and isinstance(loop.target, nodes.Name) and loop.target.name not in contract:
                scope[loop.target.name] = _element_type(loop.iter, scope, columns)
    return scope


def _element_type(
    node: nodes.Node, scope: Mapping[str, typing.Any], columns: Mapping[str, frozenset[str]] | None
) -> typing.Any:
    try:
        hint = _type_of(node, scope, columns)
    except _UnknownName:
        return typing.Any
    arguments = typing.get_args(hint)
    return arguments[0] if typing.get_origin(hint) is tuple and arguments else typing.Any


def _type_of(
    node: nodes.Node, scope: Mapping[str, typing.Any], columns: Mapping[str, frozenset[str]] | None
) -> typing.Any:
    if isinstance(node, nodes.Name):
        if node.name not in scope:
            raise _UnknownName(node.name, did_you_mean(node.name, scope.keys() - TEMPLATE_FUNCTIONS))
        return scope[node.name]
    if not isinstance(node, nodes.Getattr):
        return typing.Any
    owner = _type_of(node.node, scope, columns)
    if not (isinstance(owner, type) and issubclass(owner, Struct)):
        return typing.Any
    hints = _hints(owner)
    attached = (columns or {}).get(owner.__name__, frozenset())
    if node.attr in hints:
        return _without_none(hints[node.attr])
    if node.attr in attached or (columns is None and "facts" in hints):
        return typing.Any
    raise _UnknownName(_dotted(node), did_you_mean(node.attr, [*hints, *attached]))


@cache
def _hints(view: type) -> dict[str, typing.Any]:
    return typing.get_type_hints(view)


def _without_none(hint: typing.Any) -> typing.Any:
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        rest = [argument for argument in typing.get_args(hint) if argument is not type(None)]
        return rest[0] if len(rest) == 1 else typing.Any
    return hint


def _dotted(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_dotted(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else "…"
