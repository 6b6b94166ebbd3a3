"""Which fields of a page its templates read, so that only what is shown counts as the page's content."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import Environment, meta, nodes

ALL = "*"
"""Stands for every field, where a template hands a whole view on."""


Trees = dict[str, nodes.Template]
"""Parsed templates by name."""


def closure(environment: Environment, template: str, parsed: Trees) -> Trees:
    """``template`` and every template that it extends, includes or imports, by name, in order.

    ``parsed`` keeps what was parsed, for the next call.
    """
    found: Trees = {}
    waiting = [template]
    while waiting:
        name = waiting.pop()
        if name not in found:
            if name not in parsed:
                source, _, _ = environment.loader.get_source(environment, name)  # type: ignore[union-attr]
                parsed[name] = environment.parse(source)
            found[name] = parsed[name]
            waiting += [str(other) for other in meta.find_referenced_templates(found[name]) if other]
    return dict(sorted(found.items()))


def facts_read(environment: Environment, template: str, parsed: Trees) -> tuple[str, ...]:
    """What the closure of ``template`` reads of ``place``, ``place.region``, ``page.region`` and ``page``, sorted.

    Names are dotted, ``place.population`` or ``page.nearest_larger``; ``place.*`` where the whole place is
    handed on. A view that is only asked for (``{% if place %}``) is not read by that.
    """
    read: set[str] = set()
    for tree in closure(environment, template, parsed).values():
        asked = {id(node) for node in _asked(tree)}
        inner = {id(node.node) for node in tree.find_all(nodes.Getattr)}
        inner |= {id(node.node) for node in tree.find_all(nodes.Getitem)}
        for node in tree.find_all((nodes.Getattr, nodes.Getitem, nodes.Name)):
            if id(node) not in inner and (chain := _chain(node)) and chain[0] in {"place", "page"}:
                if len(chain) == 1 and id(node) in asked:
                    continue
                read.add(_name(chain))
    return tuple(sorted(read))


def _asked(tree: nodes.Template) -> Iterator[nodes.Node]:
    """Expressions of which only the truth counts."""
    for branch in tree.find_all(nodes.If):
        yield from _operands(branch.test)
    for choice in tree.find_all(nodes.CondExpr):
        yield from _operands(choice.test)


def _operands(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    if isinstance(node, (nodes.And, nodes.Or)):
        yield from _operands(node.left)
        yield from _operands(node.right)
    elif isinstance(node, nodes.Not):
        yield from _operands(node.node)


def _chain(node: nodes.Node) -> tuple[str, ...]:
    if isinstance(node, nodes.Name):
        return (node.name,)
    if isinstance(node, nodes.Getattr):
        before = _chain(node.node)
        return (*before, node.attr) if before else ()
    if isinstance(node, nodes.Getitem):
        before = _chain(node.node)
        key = node.arg.value if isinstance(node.arg, nodes.Const) else ALL
        return (*before, str(key)) if before else ()
    return ()


def _name(chain: tuple[str, ...]) -> str:
    if len(chain) == 1:
        return f"{chain[0]}.{ALL}"
    if chain[1] == "region":
        return ".".join((*chain[:2], chain[2] if len(chain) > 2 else ALL))
    return ".".join(chain[:2])
