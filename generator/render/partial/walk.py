"""Walks Jinja's statements: flattens inheritance, includes and macros, unrolls loops and chooses branches.

What comes out is a body of shared text and of the statements that depend on the page. Every variable that these
set has a name of its own, so that nothing that was moved into another template can be taken for something else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from gettext import NullTranslations
from typing import Any

from jinja2 import Environment, meta, nodes
from jinja2.compiler import find_undeclared
from markupsafe import Markup
from msgspec import Struct, field

from generator.render.partial.expressions import SPECIAL, Expressions
from generator.render.partial.syntax import Parsed, assigned, has, line_of, parsed
from generator.render.partial.values import (
    CannotInline,
    Dynamic,
    Known,
    MacroValue,
    Module,
    MustStayWhole,
    Part,
    Scope,
    Text,
    Value,
    is_fixed,
    statements,
)

_DEEPEST = 40
"""Templates and macros within one another; a recursion that goes deeper is left to Jinja."""

_TAGS = {"Scope": "autoescape", "CallBlock": "call", "FilterBlock": "filter", "ExprStmt": "do"}
"""What template authors write for statements that Jinja calls otherwise."""

_SETTING = (nodes.Assign, nodes.AssignBlock, nodes.Import, nodes.FromImport, nodes.Macro)
_TOP_LEVEL = (nodes.Output, nodes.Assign, nodes.AssignBlock, nodes.Import, nodes.FromImport, nodes.Macro, nodes.Block)


class Left(Struct, frozen=True):
    """Something that is left to Jinja: where it stands and why."""

    template: str
    line: int
    reason: str


class _Chain(Struct):
    """The blocks of a template and of those that it extends: of each name all definitions, the last word first."""

    blocks: dict[str, list[tuple[nodes.Block, str]]] = field(default_factory=dict)


Handler = Callable[["Walk", Any, Scope], None]
"""Writes one kind of statement to the walk's body; raises CannotInline."""


class Walk:
    """Specialises templates that share what is known.

    ``handlers`` write the statements, each kind its own; ``trees`` keeps what was parsed, for the next walk.
    """

    def __init__(
        self,
        environment: Environment,
        translations: NullTranslations,
        handlers: Mapping[type[nodes.Node], Handler],
        trees: dict[str, Parsed],
    ) -> None:
        self.environment = environment
        self._handlers = handlers
        self._trees = trees
        self.expressions = Expressions(environment, translations, self)
        self.left: list[Left] = []
        self.body: list[Part] = []
        self.template = ""
        self._depth = 0
        self._numbers = 0
        self.chain = _Chain()
        self.root = Scope()
        self.in_block: tuple[str, int] | None = None
        self.unfit_macros: Mapping[int, str] = {}

    def run(self, name: str, scope: Scope) -> list[Part]:
        """The body of the template ``name``; raises CannotInline where it cannot be specialised as a whole."""
        with self.catching() as parts:
            self.enter(name, scope)
        return parts

    def enter(self, name: str, scope: Scope) -> None:
        """Append the output of ``name``, for which ``scope`` is all that is around it."""
        with self.deeper(f"the template {name}"):
            self.chain, self.root, self.in_block = _Chain(), scope.inner(), None
            current: str | None = name
            while current is not None:
                template = self.parse(current)
                self.template = current
                for block in template.blocks:
                    self.chain.blocks.setdefault(block.name, []).append((block, current))
                current = self._prepare(template.tree) or None
                if current is None:
                    self.write(template.tree.body, self.root)

    def _prepare(self, tree: nodes.Template) -> str:
        """Do what a template does before the one that it extends, whose name this gives, takes over."""
        parents = [index for index, node in enumerate(tree.body) if isinstance(node, nodes.Extends)]
        if not parents:
            return ""
        if len(parents) > 1:
            raise CannotInline("more than one extends")
        parent: Any = tree.body[parents[0]]
        target = self.expressions.evaluate(parent.template, self.root)
        if not isinstance(target, Known) or not isinstance(target.value, str):
            raise CannotInline("a template to extend that only the page knows")
        for index, node in enumerate(tree.body):
            prints = isinstance(node, (nodes.Output, nodes.Block))
            if not isinstance(node, (*_TOP_LEVEL, nodes.Extends)):
                raise CannotInline(f"{type(node).__name__} beside extends")
            # After extends nothing is printed but what the parent prints.
            if node is not parent and (index < parents[0] or not prints):
                self._statement(node, self.root)
        return target.value

    def parse(self, name: str) -> Parsed:
        """The template ``name``, whose statements are walked from here on."""
        if name not in self._trees:
            environment = self.environment
            source, _, _ = environment.loader.get_source(environment, name)  # type: ignore[union-attr]
            self._trees[name] = parsed(source, environment)
        template = self._trees[name]
        self.unfit_macros = template.unfit_macros
        if template.has_namespace:
            raise CannotInline("a namespace")
        return template

    def write(self, body: Sequence[nodes.Node], scope: Scope) -> None:
        """Write the whole of a template, a block, a loop or the like, which has ``scope`` for itself."""
        scope.pending = frozenset(assigned(body))
        self.execute(body, scope)

    def execute(self, body: Sequence[nodes.Node], scope: Scope) -> None:
        for node in body:
            self._statement(node, scope)

    def _statement(self, node: nodes.Node, scope: Scope) -> None:
        start, left = len(self.body), len(self.left)
        names = dict(scope.names)
        try:
            if type(node) not in self._handlers:
                kind = type(node).__name__
                raise CannotInline(f"the statement {_TAGS.get(kind, kind.lower())}")
            self._handlers[type(node)](self, node, scope)
        except MustStayWhole:
            raise
        except CannotInline as reason:
            del self.body[start:]
            scope.names = names
            del self.left[left:]
            self._leave(node, scope, str(reason))

    def _leave(self, node: nodes.Node, scope: Scope, reason: str) -> None:
        """Keep ``node`` as it is, with the names that it reads."""
        # What follows depends on what it sets or overrides, so then the whole must be left to Jinja.
        if isinstance(node, _SETTING) or has(node, (nodes.Block, nodes.Extends)):
            raise CannotInline(reason)
        if isinstance(node, nodes.If) and has(node, _SETTING):
            raise CannotInline(reason)
        if find_undeclared([node], SPECIAL):
            raise CannotInline(reason)
        self.left.append(Left(self.template, line_of(node), reason))
        brought = self._brought(node, scope)
        whole = nodes.Template([*brought, node], lineno=1)
        whole.set_environment(self.environment)
        wanted = scope.all_names() if has(node, nodes.Include) else meta.find_undeclared_variables(whole)
        targets: list[nodes.Expr] = []
        values: list[nodes.Expr] = []
        for name in sorted(wanted):
            value = self.expressions.evaluate(nodes.Name(name, "load"), scope) if name == "loop" else scope.find(name)
            if value is not None and not isinstance(value, (MacroValue, Module)):
                targets.append(nodes.Name(name, "param"))
                values.append(self.expressions.residual(value))
        kept: nodes.Stmt = node  # type: ignore[assignment]
        self.body.append(nodes.With(targets, values, [*brought, kept], lineno=node.lineno))

    def _brought(self, node: nodes.Node, scope: Scope) -> list[nodes.Node]:
        """The imports and macros that ``node`` needs around it; an include sees every name."""
        brought: list[nodes.Node] = []
        named = {name.name for name in node.find_all(nodes.Name)}
        for name in sorted(scope.all_names() if has(node, nodes.Include) else named):
            value = scope.find(name)
            if isinstance(value, Module):
                brought.append(nodes.Import(nodes.Const(value.template), name, False, lineno=node.lineno))
            elif isinstance(value, MacroValue):
                if value.scope.sees_page:
                    raise CannotInline(f'the macro "{name}" of the same template')
                imported = nodes.FromImport(nodes.Const(value.template), [(value.node.name, name)], False)
                brought.append(imported.set_lineno(node.lineno))
        return brought

    def kept(self, name: str, value: Value) -> Value:
        """``value`` as a variable can hold it: what the page computes it computes once, here."""
        if isinstance(value, Known) or is_fixed(value):
            return value
        variable = self.fresh(name)
        self.set(variable, value)
        return Dynamic(nodes.Name(variable, "load"))

    def hoist(self, text: Text) -> nodes.Expr:
        variable = self.fresh("text")
        self.set(variable, text)
        return nodes.Name(variable, "load")

    def call_macro(self, macro: MacroValue, positional: Sequence[Value], named: Mapping[str, Value]) -> Value:
        node = macro.node
        names = [argument.name for argument in node.args]
        if len(positional) > len(names) or any(key not in names[len(positional) :] for key in named):
            raise CannotInline(f'the arguments of the macro "{node.name}"')
        given = {**dict(zip(names, positional, strict=False)), **named}
        inner = macro.scope.inner()
        with self.deeper(f'the macro "{node.name}"'), self.catching() as parts:
            self.template = macro.template
            for index, name in enumerate(names):
                if name in given:
                    inner.names[name] = self.kept(name, given[name])
                elif index - len(names) >= -len(node.defaults):
                    default = self.expressions.evaluate(node.defaults[index - len(names)], inner)
                    inner.names[name] = self.kept(name, default)
                else:
                    missing = self.environment.undefined(f"parameter {name!r} was not provided", name=name)
                    inner.names[name] = Known(missing)
            self.write(node.body, inner)
        return self.caught(parts)

    def print_block(self, name: str, level: int, scope: Scope) -> None:
        node, template = self.chain.blocks[name][level]
        with self.deeper(f'the block "{name}"'):
            self.in_block, self.template = (name, level), template
            self.write(node.body, scope.inner())

    def call_super(self) -> Value:
        if self.in_block is None:
            raise CannotInline("super outside of a block")
        name, level = self.in_block
        if level + 1 >= len(self.chain.blocks[name]):
            raise CannotInline("super of a block that has none above it")
        with self.catching() as parts:
            self.print_block(name, level + 1, self.root)
        return self.caught(parts)

    def set(self, variable: str, value: Value) -> None:
        if isinstance(value, Text):
            self.body.append(nodes.AssignBlock(nodes.Name(variable, "store"), None, statements(value.parts)))
        else:
            self.body.append(nodes.Assign(nodes.Name(variable, "store"), self.expressions.residual(value)))

    def fresh(self, name: str) -> str:
        self._numbers += 1
        return f"{name}__residual_{self._numbers}"

    @contextmanager
    def catching(self) -> Iterator[list[Part]]:
        """Collect what is appended, instead of printing it."""
        outer, self.body = self.body, []
        try:
            yield self.body
        finally:
            self.body = outer

    def caught(self, parts: Sequence[Part]) -> Value:
        """Output as a value, which is safe HTML where the environment escapes."""
        if not all(isinstance(part, str) for part in parts):
            return Text(tuple(parts))
        text = "".join(map(str, parts))
        return Known(Markup(text) if self.environment.autoescape else text)  # noqa: S704 - output is escaped already

    @contextmanager
    def deeper(self, what: str) -> Iterator[None]:
        """Go into another template, macro or block, and come back to where this one was."""
        before = self.template, self.in_block, self.chain, self.root, self.unfit_macros
        self._depth += 1
        try:
            if self._depth > _DEEPEST:
                raise CannotInline(f"{what}, which contains itself")
            yield
        finally:
            self._depth -= 1
            self.template, self.in_block, self.chain, self.root, self.unfit_macros = before
