"""Jinja's sandbox for authors' texts: its delimiters, and the checks before anything renders."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import Environment, StrictUndefined, TemplateSyntaxError, UndefinedError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator.errors import Finding
from generator.templating.contract import CONTENT_NAMES, RegionView
from generator.templating.names import CONTENT_FUNCTIONS, Columns, Names, name_faults

COMMENT = ("{##", "##}")
"""Longer than Jinja's own, so that the attribute list ``{#faq}`` is not the beginning of a comment."""

_PLAIN_COMMENT = re.compile(r"(?<!\{)\{#(?!#)[^{}]*?[^#{}]#\}(?!\})")
"""Jinja's own form of a comment, which is plain text here."""

_STATEMENTS = (nodes.Output, nodes.If, nodes.For, nodes.Assign, nodes.AssignBlock)
"""Statements that authors may write; everything else belongs to templates."""

_UNSAFE_FILTERS = frozenset({"safe", "attr"})
"""Filters that would let a table's cell through as HTML, or reach behind a value."""


_OFFERED: Mapping[type, frozenset[str]] = {
    view: frozenset(view.__struct_fields__) for view in CONTENT_NAMES.values()
} | {RegionView: frozenset(RegionView.__struct_fields__)}
"""Fields of views, which are plain, immutable values."""


class EmptyValue(UndefinedError):
    """A text prints a value that a page does not have."""


def _refuse_empty(value: object) -> object:
    """An empty cell must not be printed as the word None."""
    if value is None:
        raise EmptyValue("a value in it is empty")
    return value


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, which skips its access check for fields that the contract offers."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if attribute in _OFFERED.get(type(obj), ()):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


def content_environment(autoescape: bool) -> Environment:
    """A sandbox for authors' text; ``autoescape`` for HTML, without it for titles and other plain text."""
    return _Sandbox(
        autoescape=autoescape,
        undefined=StrictUndefined,
        finalize=_refuse_empty,
        comment_start_string=COMMENT[0],
        comment_end_string=COMMENT[1],
    )


_PARSER = content_environment(autoescape=True)


def check_source(text: str, where: str, line: int, columns: Columns | None) -> Iterator[Finding]:
    """Faults of one author's text that begins on ``line`` of the file ``where``."""
    if "{" not in text:
        return
    try:
        tree = _PARSER.parse(text)
    except RecursionError:
        yield Finding(f"{where}:{line}", "the Jinja here is nested too deeply", "Write it more simply.")
        return
    except TemplateSyntaxError as error:
        yield Finding(
            f"{where}:{line + error.lineno - 1}",
            f"the Jinja here cannot be read: {(error.message or '').rstrip('.')}",
            "Every {{ needs its }}, and every {% if %} its {% endif %}.",
        )
        return
    for comment in _PLAIN_COMMENT.finditer(text):
        at = line + text.count("\n", 0, comment.start())
        yield Finding(
            f"{where}:{at}", f"the comment {comment[0][:40]} would be printed", "Write {## … ##} for a comment."
        )
    every = list(tree.find_all(nodes.Node))
    yield from name_faults(every, Names(CONTENT_NAMES, columns, CONTENT_FUNCTIONS), _PARSER, where, line)
    for node in tree.find_all(nodes.Filter):
        if node.name in _UNSAFE_FILTERS:
            what = f'a text cannot use the filter "{node.name}"'
            yield Finding(f"{where}:{line + node.lineno - 1}", what, "Values are always printed as text.")
    for statement in tree.find_all(nodes.Stmt):
        if not isinstance(statement, _STATEMENTS):
            yield Finding(
                f"{where}:{line + (statement.lineno or 1) - 1}",
                f"a text cannot use {type(statement).__name__.lower()}",
                "Only {{ values }}, {% if %}, {% for %} and {% set %} work in content.",
            )


def check_compiles(text: str, where: str) -> Iterator[Finding]:
    """Check that a part of a text, which stands at ``where``, is whole Jinja by itself."""
    if "{" not in text:
        return
    try:
        _PARSER.compile(text)
    except (TemplateSyntaxError, SyntaxError, RecursionError):
        yield Finding(
            where,
            "the Jinja in this part cannot be run by itself",
            "Close every {% if %} and {% for %} in the section or answer in which it begins, and nest fewer of them.",
        )
