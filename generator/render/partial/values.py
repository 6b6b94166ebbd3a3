"""What is known of a value while a template is specialised."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from jinja2 import nodes
from markupsafe import Markup
from msgspec import Struct, field


class CannotInline(Exception):
    """A statement or expression that must be left to Jinja; says why."""


class MustStayWhole(CannotInline):
    """A template of which no part can be left to Jinja, only the whole."""


class Known(Struct, frozen=True):
    """A value that is the same on every page."""

    value: Any


class Dynamic(Struct, frozen=True):
    """A value that only the page knows; ``node`` computes it there.

    One that ``is_steady`` is the same wherever it is read, and reading it costs nothing and never fails.
    """

    node: nodes.Expr
    is_steady: bool = False


class Record(Struct, frozen=True):
    """An object that is there on every page, of which some ``fields`` are known.

    ``node`` is the whole of it; None where the page has no such object.
    """

    fields: Mapping[str, Value]
    node: nodes.Expr | None


class Items(Struct, frozen=True):
    """A list or tuple of a known length; ``node`` is the whole of it, None where it can be put together."""

    items: tuple[Value, ...]
    node: nodes.Expr | None = None


class Text(Struct, frozen=True):
    """Safe HTML put together from ``parts``, of which the page runs at least one statement.

    Output that a macro or a set block has caught; or, where it ``is_steady``, known pieces and steady values.
    """

    parts: tuple[Part, ...]
    is_steady: bool = False


class MacroValue(Struct, frozen=True):
    """A macro, with the scope in which it was defined and the template to import it from."""

    node: nodes.Macro
    scope: Scope
    template: str


class Module(Struct, frozen=True):
    """An imported template: what it exports."""

    names: Mapping[str, Value]
    template: str


Value = Known | Dynamic | Record | Items | Text | MacroValue | Module
Part = str | nodes.Stmt


class Scope(Struct):
    """The names that a piece of template sees, innermost first.

    An outermost scope that ``is_isolated`` belongs to a template that sees nothing of the page. ``pending`` are
    the names that the scope's own statements set somewhere: Jinja hides what they were before from the scopes
    within, even where they are not set yet.
    """

    names: dict[str, Value] = field(default_factory=dict)
    outer: Scope | None = None
    is_isolated: bool = False
    pending: frozenset[str] = frozenset()

    def find(self, name: str) -> Value | None:
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            if scope is not self and name in scope.pending:
                raise MustStayWhole(f'"{name}", which is read in a block and set after it')
            scope = scope.outer
        return None

    @property
    def sees_page(self) -> bool:
        return not self.is_isolated and (self.outer is None or self.outer.sees_page)

    def all_names(self) -> set[str]:
        return {*self.names, *(self.outer.all_names() if self.outer else ())}

    def inner(self, names: Mapping[str, Value] | None = None) -> Scope:
        return Scope(dict(names or {}), self)

    def copy(self) -> Scope:
        """The same names, of which the innermost can change without changing this scope's."""
        return Scope(dict(self.names), self.outer, self.is_isolated, self.pending)


def statements(parts: Sequence[Part]) -> list[nodes.Node]:
    """``parts`` as the body of a template, shared text joined."""
    body: list[nodes.Node] = []
    for is_shared, group in groupby(parts, key=lambda part: isinstance(part, str)):
        if not is_shared:
            body.extend(part for part in group if not isinstance(part, str))
        elif text := "".join(part for part in group if isinstance(part, str)):
            body.append(nodes.Output([nodes.TemplateData(text)]))
    return body


LITERALS = (str, int, float, bool, type(None))
IMMUTABLE = (*LITERALS, Markup, datetime.date, datetime.datetime, tuple, range, frozenset)
"""Values that no template can change; their methods may be called ahead of time."""


def is_fixed(value: Value) -> bool:
    """Whether ``value`` can be used anywhere, any number of times, with the same result and without failing."""
    if isinstance(value, Known):
        return isinstance(value.value, IMMUTABLE) or _is_frozen(value.value)
    if isinstance(value, Items):
        return not isinstance(value.node, (nodes.List, nodes.Const)) and all(map(is_fixed, value.items))
    if isinstance(value, (Dynamic, Text)):
        return value.is_steady
    return True


def _is_frozen(value: object) -> bool:
    """Whether ``value`` is a record that cannot be changed."""
    return isinstance(value, Struct) and value.__struct_config__.frozen
