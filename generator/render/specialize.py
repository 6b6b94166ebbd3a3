"""A template specialised to what many pages share: text that is joined once, and what only each page knows.

Partial evaluation of Jinja's syntax tree (N. D. Jones, C. K. Gomard, P. Sestoft, "Partial Evaluation and Automatic
Program Generation", 1993): whatever depends on known values alone is computed now, the rest stays a template, which
Jinja compiles. The output is the same, byte for byte; what cannot be proved to be is left to Jinja.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from gettext import NullTranslations
from typing import Any

from jinja2 import Environment, Template, nodes
from jinja2.runtime import Context
from markupsafe import Markup, escape
from msgspec import Struct

from generator.render.partial.composition import COMPOSITION
from generator.render.partial.flow import FLOW
from generator.render.partial.syntax import Parsed, parsed
from generator.render.partial.values import Part, Scope, Value, statements
from generator.render.partial.walk import Left, Walk


class Residual(Struct, frozen=True):
    """What is left of a template: ``render`` prints a page; ``left`` are the places that Jinja still does."""

    template: Template
    constants: Mapping[str, Any]
    left: tuple[Left, ...]
    names: frozenset[str]
    """What it reads of the values that were not known, and what it sets itself."""

    def pieces(self, names: Mapping[str, Any]) -> Iterator[str]:
        """The page for which ``names`` are the values that were not known, piece by piece."""
        context = Context(self.template.environment, {**self.constants, **names}, self.template.name, {})
        return self.template.root_render_func(context)


class Specializer:
    """Specialises templates to ``known``, the values that many pages share, by name.

    Of the environment all templates escape, or none; ``trees`` keeps parsed templates for the next specialiser.
    """

    def __init__(
        self,
        environment: Environment,
        translations: NullTranslations,
        known: Mapping[str, Value],
        trees: dict[str, Parsed] | None = None,
    ) -> None:
        self._environment = environment
        self._known = known
        self._trees = {} if trees is None else trees
        self._walk = Walk(environment, translations, {**FLOW, **COMPOSITION}, self._trees)

    def template(self, name: str) -> list[Part]:
        """What is left of the template ``name``; raises CannotInline where it must be left to Jinja as a whole."""
        return self._walk.run(name, Scope(dict(self._known)))

    def source(self, text: str) -> list[Part]:
        """What is left of a template of which ``text`` is the source; raises CannotInline likewise."""
        if text not in self._trees:
            self._trees[text] = parsed(text, self._environment)
        return self.template(text)

    def residual(self, name: str, parts: Sequence[Part]) -> Residual:
        """What prints ``parts``, which this specialiser has made."""
        environment = self._environment
        tree = nodes.Template(statements(parts), lineno=1)
        tree.set_environment(environment)
        code = environment.compile(tree, name, f"<what is left of {name}>")
        constants = {**environment.globals, **self._walk.expressions.constants}
        template = Template.from_code(environment, code, constants)
        # Output is joined, and need not be marked as safe, which costs thrice what escaping does.
        template.root_render_func.__globals__["escape"] = escaped
        names = frozenset(name.name for name in tree.find_all(nodes.Name)) - constants.keys()
        return Residual(template, constants, tuple(self._walk.left), names)


END = "\ue002"
"""Ends a text; a private character, which no font shows."""


class UnusualPage(Exception):
    """A page that is not like the others, and has to be made by itself."""


def end_of_text() -> nodes.Output:
    """What ends one of several texts that one residual prints."""
    return nodes.Output([nodes.TemplateData(END)])


def texts_of(pieces: Iterable[str], count: int) -> list[str]:
    """Those ``count`` texts; raises UnusualPage where one of them has the private character itself."""
    # To join and split is a quarter of the price of looking at each piece.
    *texts, _ = "".join(pieces).split(END)
    if len(texts) != count:
        raise UnusualPage("a private character, which is needed here")
    return texts


def pieces_of(pieces: Iterable[str], count: int) -> list[list[str]]:
    """The pieces of each of those ``count`` texts; raises UnusualPage likewise."""
    texts: list[list[str]] = [[]]
    for piece in pieces:
        if piece == END:
            texts.append([])
        else:
            texts[-1].append(piece)
    if len(texts) != count + 1:
        raise UnusualPage("a private character, which is needed here")
    return texts[:-1]


def escaped(value: object) -> str:
    """The text of ``escape``, which is all that a compiled template uses of it."""
    if type(value) is str:
        # Asking five times is faster than a regular expression.
        is_special = "&" in value or "<" in value or ">" in value or '"' in value or "'" in value
        return escape(value) if is_special else value
    return value if type(value) is Markup else escape(value)
