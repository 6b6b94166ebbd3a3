"""A template specialised to what many pages share: text that is joined once, and what only each page knows.

Partial evaluation of Jinja's syntax tree (N. D. Jones, C. K. Gomard, P. Sestoft, "Partial Evaluation and Automatic
Program Generation", 1993): whatever depends on known values alone is computed now, the rest stays a template, which
Jinja compiles. The output is the same, byte for byte; what cannot be proved to be is left to Jinja.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from gettext import NullTranslations
from typing import Any

from jinja2 import Environment, Template, meta, nodes
from jinja2.runtime import Context

from generator.render.partial.composition import COMPOSITION
from generator.render.partial.flow import FLOW
from generator.render.partial.values import Scope, Value, statements
from generator.render.partial.walk import Left, Walk


@dataclass(frozen=True, slots=True)
class Residual:
    """What is left of a template: ``render`` prints a page; ``left`` are the places that Jinja still does."""

    template: Template
    constants: Mapping[str, Any]
    left: tuple[Left, ...]
    texts: tuple[str, ...]
    """Pieces of text that pages share; most of them all pages."""
    names: frozenset[str]
    """What it reads of the values that were not known."""
    shared: int
    """Characters of text that all pages share."""

    def pieces(self, names: Mapping[str, Any]) -> Iterator[str]:
        """The page for which ``names`` are the values that were not known, piece by piece."""
        context = Context(self.template.environment, {**self.constants, **names}, self.template.name, {})
        return self.template.root_render_func(context)

    def render(self, names: Mapping[str, Any]) -> str:
        """The same page as a whole."""
        return self.template.environment.concat(self.pieces(names))


def specialize(
    environment: Environment,
    translations: NullTranslations,
    name: str,
    known: Mapping[str, Value],
    trees: dict[str, nodes.Template] | None = None,
) -> Residual:
    """The template ``name`` for pages that share ``known``, the values by name.

    Raises CannotInline where the template as a whole must be left to Jinja. The environment has to escape
    everything, and must not finalize. ``trees`` keeps parsed templates from one call to the next.
    """
    walk = Walk(environment, translations, {**FLOW, **COMPOSITION}, {} if trees is None else trees)
    parts = walk.run(name, Scope(dict(known)))
    tree = nodes.Template(statements(parts), lineno=1)
    tree.set_environment(environment)
    code = environment.compile(tree, name, f"<what is left of {name}>")
    constants = {**environment.globals, **walk.expressions.constants}
    template = Template.from_code(environment, code, constants)
    shared = sum(len(part) for part in parts if isinstance(part, str))
    texts = tuple(data.data for data in tree.find_all(nodes.TemplateData))
    names = frozenset(meta.find_undeclared_variables(tree)) - constants.keys()
    return Residual(template, constants, tuple(walk.left), texts, names, shared)
