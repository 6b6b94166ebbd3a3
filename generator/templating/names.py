"""Static check of Jinja source for names that nothing defines: of values, filters and tests."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from jinja2 import Environment, nodes
from msgspec import Struct

from generator.errors import Finding, did_you_mean
from generator.templating.contract import CHANCE, FILTERS, OF_CHANCE

CONTENT_FUNCTIONS = frozenset({"range", "dict", "cycler", "joiner", "namespace", "loop"})
"""Functions that Jinja itself offers to authors' texts."""

TEMPLATE_FUNCTIONS = CONTENT_FUNCTIONS | frozenset("caller self super _ gettext ngettext pgettext npgettext".split())
"""The same, with those that it offers to templates only."""

Columns = Mapping[str, frozenset[str]]
"""The name of a view class with the table columns that rows attach to it."""


class Names(Struct, frozen=True):
    """Names open to a text; ``columns`` are None where they are unknown, which lets every name of such a view pass."""

    contract: Mapping[str, type]
    columns: Columns | None
    functions: frozenset[str] = TEMPLATE_FUNCTIONS


class Unknown(typing.NamedTuple):
    """A name that nothing defines: its line in the parsed source, how it is written, and the cure."""

    line: int
    name: str
    fix: str


def name_faults(
    every: Sequence[nodes.Node], names: Names, environment: Environment, shown: str, line: int = 1
) -> Iterator[Finding]:
    """Faults of the names in a tree given node by node, which begins on ``line`` of the file ``shown``."""

    def at(node_line: int) -> str:
        return f"{shown}:{line + node_line - 1}"

    for unknown in unknown_names(every, names):
        yield Finding(at(unknown.line), f'"{unknown.name}" is not a name that pages have', unknown.fix)
    filters = [*environment.filters, *FILTERS]
    for node in every:
        if isinstance(node, nodes.Filter) and node.name == CHANCE:
            yield Finding(at(node.lineno), *OF_CHANCE)
        elif isinstance(node, nodes.Filter) and node.name not in filters:
            yield Finding(at(node.lineno), f'there is no filter "{node.name}"', did_you_mean(node.name, filters))
        elif isinstance(node, nodes.Test) and node.name not in environment.tests:
            fix = did_you_mean(node.name, environment.tests)
            yield Finding(at(node.lineno), f'there is no test "is {node.name}"', fix)


def unknown_names(every: Sequence[nodes.Node], names: Names) -> list[Unknown]:
    """Every name and attribute chain that ``names`` do not offer, in order of line.

    Attributes of values whose type is not a view are not checked: StrictUndefined reports those while rendering.
    """
    scope = _Scope(every, names)
    found: dict[tuple[int, str], Unknown] = {}
    for node in _expressions(every):
        try:
            scope.type_of(node)
        except _UnknownName as error:
            name, fix = error.args
            found.setdefault((node.lineno, name), Unknown(node.lineno, name, fix))
    return sorted(found.values())


class _UnknownName(Exception):
    """Its arguments are the name as it is written, and the cure."""


def _expressions(every: Iterable[nodes.Node]) -> Iterator[nodes.Expr]:
    """Each outermost attribute chain and each loaded name."""
    inner = {id(node.node) for node in every if isinstance(node, nodes.Getattr)}
    for node in every:
        if isinstance(node, (nodes.Getattr, nodes.Name)) and id(node) not in inner and node.ctx == "load":
            yield node


class _Scope:
    """The types of the names of one tree, as far as they are known."""

    def __init__(self, every: Sequence[nodes.Node], names: Names) -> None:
        self._columns = names.columns
        self._types: dict[str, typing.Any] = dict.fromkeys(names.functions, typing.Any)
        for node in every:
            if isinstance(node, nodes.Macro) or (isinstance(node, nodes.Name) and node.ctx != "load"):
                self._types[node.name] = typing.Any
            elif isinstance(node, nodes.Import):
                self._types[node.target] = typing.Any
            elif isinstance(node, nodes.FromImport):
                self._types.update((name if isinstance(name, str) else name[1], typing.Any) for name in node.names)
        self._types.update(names.contract)
        # A loop over a list of views gives its variable that view's type; two passes reach one nested loop.
        for loop in [node for node in every if isinstance(node, nodes.For)] * 2:
            if isinstance(loop.target, nodes.Name) and loop.target.name not in names.contract:
                self._types[loop.target.name] = self._element_type(loop.iter)

    def _element_type(self, node: nodes.Node) -> typing.Any:
        try:
            hint = self.type_of(node)
        except _UnknownName:
            return typing.Any
        arguments = typing.get_args(hint)
        return arguments[0] if typing.get_origin(hint) is tuple and arguments else typing.Any

    def type_of(self, node: nodes.Node) -> typing.Any:
        """The type of an expression; raises _UnknownName where it reads an unknown name."""
        if isinstance(node, nodes.Name):
            if node.name not in self._types:
                raise _UnknownName(node.name, did_you_mean(node.name, self._types.keys() - TEMPLATE_FUNCTIONS))
            return self._types[node.name]
        if not isinstance(node, nodes.Getattr):
            return typing.Any
        owner = self.type_of(node.node)
        if not (isinstance(owner, type) and issubclass(owner, Struct)):
            return typing.Any
        hints = _hints(owner)
        attached = (self._columns or {}).get(owner.__name__, frozenset())
        if node.attr in hints:
            return _without_none(hints[node.attr])
        if node.attr in attached or (self._columns is None and "facts" in hints):
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
