"""Writes out templates within templates: includes, imports, macros and blocks."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import TemplateNotFound, nodes

from generator.render.partial.values import CannotInline, Known, MacroValue, Module, Scope
from generator.render.partial.walk import Handler, Walk


def write_include(walk: Walk, node: nodes.Include, scope: Scope) -> None:
    target = walk.expressions.evaluate(node.template, scope)
    if not isinstance(target, Known) or not isinstance(target.value, str):
        raise CannotInline("an include that only the page knows")
    try:
        walk.enter(target.value, scope if node.with_context else Scope(is_isolated=True))
    except TemplateNotFound:
        if not node.ignore_missing:
            raise CannotInline("a template that is missing") from None


def write_import(walk: Walk, node: nodes.Import, scope: Scope) -> None:
    scope.names[node.target] = _module(walk, node)


def write_from_import(walk: Walk, node: nodes.FromImport, scope: Scope) -> None:
    module = _module(walk, node)
    for name in node.names:
        exported, alias = name if isinstance(name, tuple) else (name, name)
        if exported not in module.names:
            raise CannotInline(f'"{exported}" of a template that is imported')
        scope.names[alias] = module.names[exported]


def _module(walk: Walk, node: nodes.Import | nodes.FromImport) -> Module:
    if node.with_context or not isinstance(node.template, nodes.Const):
        raise CannotInline("an import with context")
    name = str(node.template.value)
    scope = Scope(is_isolated=True)
    with walk.deeper(f"the template {name}"), walk.catching() as parts:
        walk.template, walk.root, walk.in_block = name, scope, None
        template = walk.parse(name)
        if template.blocks or template.has_extends:
            raise CannotInline("an import of a template with blocks")
        walk.write(template.tree.body, scope)
    if not all(isinstance(part, str) for part in parts):
        raise CannotInline("an import of a template that prints what only the page knows")
    return Module({name: value for name, value in scope.names.items() if not name.startswith("_")}, name)


def write_macro(walk: Walk, node: nodes.Macro, scope: Scope) -> None:
    if id(node) in walk.unfit_macros:
        raise CannotInline(walk.unfit_macros[id(node)])
    scope.names[node.name] = MacroValue(node, scope, walk.template)


def write_block(walk: Walk, node: nodes.Block, scope: Scope) -> None:
    if node.required and len(walk.chain.blocks[node.name]) < 2:
        raise CannotInline("a required block")
    walk.print_block(node.name, 0, scope if node.scoped else walk.root)


COMPOSITION: Mapping[type[nodes.Node], Handler] = {
    nodes.Include: write_include,
    nodes.Import: write_import,
    nodes.FromImport: write_from_import,
    nodes.Macro: write_macro,
    nodes.Block: write_block,
}
