"""Evaluates calls: macros, translated messages, and methods of what is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from gettext import NullTranslations
from typing import Any, Protocol

from jinja2 import Environment, nodes
from markupsafe import Markup

from generator.render.partial.values import (
    IMMUTABLE,
    CannotInline,
    Dynamic,
    Known,
    MacroValue,
    Part,
    Scope,
    Text,
    Value,
)

_TRANSLATIONS = ("_", "gettext", "ngettext", "pgettext", "npgettext")
_FORMAT = re.compile(r"%%|%\((\w+)\)s|(%)")
_MARK = re.compile("\0(\\w+)\0")


class Writer(Protocol):
    """What expressions need of whoever walks the statements around them."""

    def call_macro(self, macro: MacroValue, positional: Sequence[Value], named: Mapping[str, Value]) -> Value:
        """What the macro prints for these arguments."""
        ...

    def call_super(self) -> Value:
        """What the block above the one being written prints."""
        ...

    def hoist(self, text: Text) -> nodes.Expr:
        """A variable of the page that holds ``text`` from here on."""
        ...


class Evaluator(Protocol):
    """Evaluates what a call is made of."""

    def evaluate(self, node: nodes.Expr, scope: Scope) -> Value:
        """The value of ``node``; raises CannotInline where only Jinja itself can tell."""
        ...

    def residual(self, value: Value) -> nodes.Expr:
        """An expression that gives ``value`` on the page."""
        ...


class Calls:
    """Evaluates the calls of one environment; ``writer`` writes macros and blocks out."""

    def __init__(
        self, environment: Environment, translations: NullTranslations, writer: Writer, evaluator: Evaluator
    ) -> None:
        self._environment = environment
        self._translations = translations
        self._writer = writer
        self._evaluator = evaluator
        self._context = environment.from_string("").new_context({})

    def evaluate(self, node: nodes.Call, scope: Scope) -> Value:
        """What ``node`` gives; raises CannotInline where only Jinja itself can tell."""
        if node.dyn_args is not None or node.dyn_kwargs is not None:
            raise CannotInline("a call with * or **")
        if isinstance(node.node, nodes.Name) and scope.find(node.node.name) is None:
            if node.node.name == "super" and not (node.args or node.kwargs):
                return self._writer.call_super()
            if node.node.name in _TRANSLATIONS:
                return self._translation(node, node.node.name, scope)
            if node.node.name == "range":
                function: Any = self._environment.globals["range"]
                return self._known_call(node, function, scope) or self._page_call(node, scope)
        # A sandbox has its own way to call methods.
        if isinstance(node.node, nodes.Getattr) and not self._environment.sandboxed:
            owner = self._evaluator.evaluate(node.node.node, scope)
            if isinstance(owner, Known) and isinstance(owner.value, IMMUTABLE) and not node.node.attr.startswith("_"):
                method = getattr(owner.value, node.node.attr, None)
                if callable(method) and (found := self._known_call(node, method, scope)) is not None:
                    return found
        target = self._evaluator.evaluate(node.node, scope)
        if isinstance(target, MacroValue):
            return self._writer.call_macro(target, *self._arguments(node, scope))
        return self._page_call(node, scope)

    def _arguments(self, node: nodes.Call, scope: Scope) -> tuple[list[Value], dict[str, Value]]:
        named = {keyword.key: self._evaluator.evaluate(keyword.value, scope) for keyword in node.kwargs}
        return [self._evaluator.evaluate(argument, scope) for argument in node.args], named

    def _known_call(self, node: nodes.Call, function: Callable[..., Any], scope: Scope) -> Known | None:
        positional, named = self._arguments(node, scope)
        if not all(isinstance(value, Known) for value in (*positional, *named.values())):
            return None
        try:
            value = function(
                *[v.value for v in positional if isinstance(v, Known)],
                **{key: v.value for key, v in named.items() if isinstance(v, Known)},
            )
        except Exception:  # noqa: BLE001 - what fails now shall fail on the page
            return None
        return Known(value) if isinstance(value, IMMUTABLE) else None

    def _page_call(self, node: nodes.Call, scope: Scope) -> Value:
        positional, named = self._arguments(node, scope)
        target = self._evaluator.residual(self._evaluator.evaluate(node.node, scope))
        keywords = [nodes.Keyword(key, self._evaluator.residual(value)) for key, value in named.items()]
        kept = [self._evaluator.residual(value) for value in positional]
        return Dynamic(nodes.Call(target, kept, keywords, None, None, lineno=node.lineno))

    def _translation(self, node: nodes.Call, name: str, scope: Scope) -> Value:
        """A message in the page's language, with its variables put where the language wants them."""
        positional, named = self._arguments(node, scope)
        function = self._environment.globals.get(name)
        if not all(isinstance(value, Known) for value in positional) or not callable(function):
            return self._page_call(node, scope)
        arguments = [value.value for value in positional if isinstance(value, Known)]
        known = {key: value.value for key, value in named.items() if isinstance(value, Known)}
        # What only the page knows stands as a mark, for which it is then put in.
        marks = {key: Markup(f"\0{key}\0") for key in named if key not in known}  # noqa: S704
        try:
            message = str(getattr(self._translations, "gettext" if name == "_" else name)(*arguments))
            text = function(self._context, *arguments, **known, **marks)
        except Exception:  # noqa: BLE001 - what fails now shall fail on the page
            return self._page_call(node, scope)
        if not marks:
            return Known(text)
        # A width or another conversion would be applied to the mark instead of the value.
        expected = [found[1] for found in _FORMAT.finditer(message) if found[1] in marks]
        pieces = _MARK.split(str(text))
        if any(found[2] for found in _FORMAT.finditer(message)) or pieces[1::2] != expected:
            return self._page_call(node, scope)
        parts: list[Part] = []
        for number, piece in enumerate(pieces):
            value = named[piece] if number % 2 else None
            if isinstance(value, Text):
                parts += value.parts
            elif value is not None:
                parts.append(nodes.Output([self._evaluator.residual(value)]))
            elif piece:
                parts.append(piece)
        return Text(tuple(parts))
