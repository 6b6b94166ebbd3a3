"""Evaluates Jinja's expressions as far as their values are known.

Jinja's own nodes compute what is constant (``as_const``), so that a constant means here what it means there.
What fails, or is not known to be the same whenever it is asked, is left to the page.
"""

from __future__ import annotations

import math
from gettext import NullTranslations
from typing import Any

from jinja2 import Environment, nodes
from jinja2.nodes import EvalContext
from jinja2.runtime import Undefined, markup_join, str_join

from generator.render.partial.calls import Calls, Writer
from generator.render.partial.values import (
    IMMUTABLE,
    LITERALS,
    CannotInline,
    Dynamic,
    Items,
    Known,
    Module,
    Record,
    Scope,
    Text,
    Value,
    is_fixed,
)

_OPERATORS = (nodes.BinExpr, nodes.UnaryExpr, nodes.Compare)
SPECIAL = ("self", "super", "caller", "varargs", "kwargs")
"""Names that Jinja gives to a block or a macro, and to nothing that is taken out of it."""

_IDENTITY_TESTS = frozenset({"sameas", "callable"})


class Expressions:
    """Evaluates for one environment.

    ``writer`` writes macros and blocks out, and keeps caught output in variables; it raises CannotInline, too.
    """

    def __init__(self, environment: Environment, translations: NullTranslations, writer: Writer) -> None:
        self._environment = environment
        self._calls = Calls(environment, translations, writer, self)
        self.constants: dict[str, Any] = {}
        """Values that the residual reads by name, since they cannot be written as literals."""
        self._writer = writer
        self._eval = EvalContext(environment)
        self._guarded = 0

    def evaluate(self, node: nodes.Expr, scope: Scope) -> Value:
        """The value of ``node``; raises CannotInline where only Jinja itself can tell."""
        kind = type(node).__name__
        method = getattr(self, f"_{kind.lower()}", None)
        if method is not None:
            value: Value = method(node, scope)
            return value
        if isinstance(node, _OPERATORS):
            return self._plain(node, scope)
        raise CannotInline(f"the expression {kind}")

    def residual(self, value: Value) -> nodes.Expr:
        """An expression that gives ``value`` on the page."""
        if isinstance(value, Known):
            return self._constant(value.value)
        if isinstance(value, (Dynamic, Record)) and value.node is not None:
            return value.node
        if isinstance(value, Items):
            return value.node or nodes.Tuple([self.residual(item) for item in value.items], "load")
        if isinstance(value, Text):
            if self._guarded:
                raise CannotInline("output of a macro, needed only under a condition")
            return self._writer.hoist(value)
        raise CannotInline("a macro or a loop that is passed on")

    def truth(self, value: Value) -> bool | None:
        """Whether ``value`` is true; None where only the page knows."""
        if isinstance(value, Known):
            try:
                return bool(value.value)
            except Exception:  # noqa: BLE001 - whatever a value raises, the page shall raise it
                return None
        # Also of a list, which nothing can have changed between the brackets and the question.
        if isinstance(value, Items) and all(map(is_fixed, value.items)):
            return bool(value.items)
        # Output must be made to know whether making it fails.
        return None if isinstance(value, (Dynamic, Items, Text)) else True

    def _constant(self, value: Any) -> nodes.Expr:
        if type(value) in LITERALS and not (isinstance(value, float) and not math.isfinite(value)):
            return nodes.Const(value)
        return self.named(value)

    def named(self, value: Any) -> nodes.Expr:
        """A name by which the page reads ``value``."""
        for name, known in self.constants.items():
            if known is value:
                return nodes.Name(name, "load")
        name = f"constant__residual_{len(self.constants)}"
        self.constants[name] = value
        return nodes.Name(name, "load")

    def _try(self, node: nodes.Expr) -> Known | None:
        """The value of ``node``, whose parts are all constants; None where it has to be left to the page."""
        try:
            value = node.as_const(self._eval)
        except Exception:  # noqa: BLE001 - what fails now shall fail on the page
            return None
        # Iterators can be used but once, lists can be changed, and the page reports what is undefined.
        is_look = isinstance(node, (nodes.Getattr, nodes.Getitem))
        if hasattr(value, "__next__") or isinstance(value, Undefined) or not (is_look or isinstance(value, IMMUTABLE)):
            return None
        return Known(value)

    def _plain(self, node: nodes.Expr, scope: Scope) -> Value:
        """A node whose value follows from its children's."""
        whole = True
        fields: list[Any] = []
        constants: list[Any] = []
        for name in node.fields:
            child = getattr(node, name)
            kept, constant = self._child(child, scope)
            whole = whole and constant is not None
            fields.append(kept)
            constants.append(constant)
        if whole:
            copied = type(node)(*[None if c is _NOTHING else c for c in constants], lineno=node.lineno)
            copied.set_environment(self._environment)
            if (value := self._try(copied)) is not None:
                return value
        return Dynamic(type(node)(*fields, lineno=node.lineno))

    def _child(self, child: Any, scope: Scope) -> tuple[Any, Any]:
        """A node's field as the page evaluates it, and as a constant, None where it is none."""
        if isinstance(child, list):
            pairs = [self._child(item, scope) for item in child]
            constants = [constant for _, constant in pairs]
            return [kept for kept, _ in pairs], None if any(c is None for c in constants) else constants
        if isinstance(child, (nodes.Operand, nodes.Keyword, nodes.Pair, nodes.Slice)):
            parts = [self._child(getattr(child, name), scope) for name in child.fields]
            kept = type(child)(*[part for part, _ in parts], lineno=child.lineno)
            if any(constant is None for _, constant in parts):
                return kept, None
            return kept, type(child)(*[None if c is _NOTHING else c for _, c in parts], lineno=child.lineno)
        if isinstance(child, nodes.Expr):
            value = self.evaluate(child, scope)
            known = self._known(value)
            return self.residual(value), None if known is None else nodes.Const(known.value)
        return child, _NOTHING if child is None else child

    def _known(self, value: Value) -> Known | None:
        """``value`` as one constant."""
        if isinstance(value, Known):
            return value
        if isinstance(value, Items) and (value.node is None or isinstance(value.node, (nodes.List, nodes.Const))):
            items = [self._known(item) for item in value.items]
            if not any(item is None for item in items):
                kind = tuple if value.node is None else list
                return Known(kind(item.value for item in items if item))
        return None

    # One method a kind of node, named after it.

    def _const(self, node: nodes.Const, scope: Scope) -> Value:
        del scope
        if isinstance(node.value, list):
            return Items(tuple(map(Known, node.value)), node)
        return Known(node.value) if isinstance(node.value, IMMUTABLE) else Dynamic(node)

    def _templatedata(self, node: nodes.TemplateData, scope: Scope) -> Value:
        del scope
        return Known(node.as_const(self._eval))

    def _name(self, node: nodes.Name, scope: Scope) -> Value:
        if node.name in SPECIAL and scope.find(node.name) is None:
            raise CannotInline(f'the name "{node.name}"')
        found = scope.find(node.name)
        # No page has a "loop" of its own; and none may take that of a loop around it, which this name does not mean.
        is_nowhere = node.name == "loop" or (not scope.sees_page and node.name not in self._environment.globals)
        if found is None and is_nowhere:
            return Known(self._environment.undefined(name=node.name))
        return found or Dynamic(nodes.Name(node.name, "load", lineno=node.lineno))

    def _getattr(self, node: nodes.Getattr, scope: Scope) -> Value:
        return self._attribute(self.evaluate(node.node, scope), node.attr, node.lineno)

    def _attribute(self, owner: Value, name: str, line: int) -> Value:
        if isinstance(owner, Record) and name in owner.fields:
            return owner.fields[name]
        if isinstance(owner, Module):
            if name not in owner.names:
                raise CannotInline(f'"{name}" of a template that is imported')
            return owner.names[name]
        if isinstance(owner, Known):
            found = self._try(nodes.Getattr(nodes.Const(owner.value), name, "load"))
            if found is not None and not callable(found.value):
                return found
        return Dynamic(nodes.Getattr(self.residual(owner), name, "load", lineno=line))

    def _getitem(self, node: nodes.Getitem, scope: Scope) -> Value:
        owner = self.evaluate(node.node, scope)
        if is_fixed(owner) and isinstance(owner, Items) and isinstance(node.arg, nodes.Const):
            index = node.arg.value
            if type(index) is int and -len(owner.items) <= index < len(owner.items):
                return owner.items[index]
        return self._plain(node, scope)

    def _filter(self, node: nodes.Filter, scope: Scope) -> Value:
        if node.node is None:
            raise CannotInline("a filter of a block")
        if node.name in {"length", "count", "first", "last"} and not (node.args or node.kwargs):
            owner = self.evaluate(node.node, scope)
            if isinstance(owner, Items) and is_fixed(owner):
                if node.name in {"length", "count"}:
                    return Known(len(owner.items))
                if owner.items:
                    return owner.items[0 if node.name == "first" else -1]
        if node.name == "list" and isinstance(node.node, nodes.Filter):
            return self._selected(node.node, scope) or self._plain(node, scope)
        return self._plain(node, scope)

    def _selected(self, node: nodes.Filter, scope: Scope) -> Value | None:
        """The list of what ``selectattr`` or ``rejectattr`` leaves; None where only the page knows that."""
        name = node.args[0] if len(node.args) == 1 and not node.kwargs else None
        if node.name not in {"selectattr", "rejectattr"} or node.node is None or not isinstance(name, nodes.Const):
            return None
        owner = self.evaluate(node.node, scope)
        if not isinstance(owner, Items) or not is_fixed(owner) or not str(name.value).isidentifier():
            return None
        truths = [self.truth(self._attribute(item, str(name.value), node.lineno)) for item in owner.items]
        if any(truth is None for truth in truths):
            return None
        wanted = node.name == "selectattr"
        chosen = tuple(item for item, truth in zip(owner.items, truths, strict=True) if truth is wanted)
        return Items(chosen, nodes.List([self.residual(item) for item in chosen], lineno=node.lineno))

    def _test(self, node: nodes.Test, scope: Scope) -> Value:
        value = self.evaluate(node.node, scope)
        if isinstance(value, Record) and node.name in {"defined", "undefined", "none"}:
            return Known(node.name == "defined")
        if node.name in _IDENTITY_TESTS:
            raise CannotInline(f'the test "{node.name}"')
        return self._plain(node, scope)

    def _list(self, node: nodes.List, scope: Scope) -> Value:
        items = tuple(self.evaluate(item, scope) for item in node.items)
        return Items(items, nodes.List([self.residual(item) for item in items], lineno=node.lineno))

    def _tuple(self, node: nodes.Tuple, scope: Scope) -> Value:
        return Items(tuple(self.evaluate(item, scope) for item in node.items))

    def _dict(self, node: nodes.Dict, scope: Scope) -> Value:
        pairs = [
            nodes.Pair(self.residual(self.evaluate(pair.key, scope)), self.residual(self.evaluate(pair.value, scope)))
            for pair in node.items
        ]
        return Dynamic(nodes.Dict(pairs, lineno=node.lineno))

    def _concat(self, node: nodes.Concat, scope: Scope) -> Value:
        values = [self.evaluate(part, scope) for part in node.nodes]
        known = [value.value for value in values if isinstance(value, Known)]
        if len(known) == len(values) and not any(isinstance(value, Undefined) for value in known):
            # Not as_const, which forgets what is safe; this is what the page would do.
            return Known(markup_join(known) if self._eval.autoescape else str_join(known))
        return Dynamic(nodes.Concat([self.residual(value) for value in values], lineno=node.lineno))

    def _and(self, node: nodes.And, scope: Scope) -> Value:
        return self._choice(node, scope, goes_on=True)

    def _or(self, node: nodes.Or, scope: Scope) -> Value:
        return self._choice(node, scope, goes_on=False)

    def _choice(self, node: nodes.And | nodes.Or, scope: Scope, goes_on: bool) -> Value:
        left = self.evaluate(node.left, scope)
        truth = self.truth(left)
        if truth is not None:
            return self.evaluate(node.right, scope) if truth is goes_on else left
        kept = self.residual(left)
        return Dynamic(type(node)(kept, self.under_condition(node.right, scope), lineno=node.lineno))

    def _not(self, node: nodes.Not, scope: Scope) -> Value:
        value = self.evaluate(node.node, scope)
        truth = self.truth(value)
        return Dynamic(nodes.Not(self.residual(value), lineno=node.lineno)) if truth is None else Known(not truth)

    def _condexpr(self, node: nodes.CondExpr, scope: Scope) -> Value:
        test = self.evaluate(node.test, scope)
        truth = self.truth(test)
        if truth is True:
            return self.evaluate(node.expr1, scope)
        if truth is False and node.expr2 is not None:
            return self.evaluate(node.expr2, scope)
        kept = self.residual(test)
        other = None if node.expr2 is None else self.under_condition(node.expr2, scope)
        return Dynamic(nodes.CondExpr(kept, self.under_condition(node.expr1, scope), other, lineno=node.lineno))

    def under_condition(self, node: nodes.Expr, scope: Scope) -> nodes.Expr:
        """What the page evaluates only sometimes, so that nothing of it may be moved before."""
        self._guarded += 1
        try:
            return self.residual(self.evaluate(node, scope))
        finally:
            self._guarded -= 1

    def _call(self, node: nodes.Call, scope: Scope) -> Value:
        return self._calls.evaluate(node, scope)


_NOTHING = object()
"""Stands for an optional part that is not there, since None says that a part is no constant."""
