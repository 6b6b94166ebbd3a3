"""Evaluates authors' texts for a page, in Jinja's sandbox."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Protocol, TypeVar

from jinja2 import Template
from jinja2.environment import TemplateExpression
from jinja2.runtime import Context
from markupsafe import Markup

from generator.errors import Finding
from generator.model import Locale, Source
from generator.render.text_width import first_fitting
from generator.templating.filters import locale_filters
from generator.templating.sandbox import EmptyValue, content_environment

_SCRIPT_ADDRESS = re.compile(r"""(?:href|src)\s*=\s*["']?\s*(?:javascript|vbscript):""", re.IGNORECASE)


TextT = TypeVar("TextT", bound=str)


class ContentError(Exception):
    """A text cannot be evaluated for a page; carries where its author wrote it."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


class Content(Protocol):
    """Gives authors' texts as one page shows them, for the ``names`` that they may read."""

    def html(self, source: Source, names: dict[str, object]) -> Markup:
        """HTML with every value escaped."""
        ...

    def text(self, source: Source, names: dict[str, object]) -> str:
        """Plain text on one line."""
        ...

    def fitting(self, sources: Sequence[Source], pixels: float, size: float, names: dict[str, object]) -> str:
        """The first of ``sources`` that is at most ``pixels`` wide in type of ``size``, else the last."""
        ...

    def holds(self, source: Source, names: dict[str, object]) -> bool:
        """Whether the condition ``source`` is true; an empty one always is."""
        ...

    def passage(self, text: TextT, when: Source) -> TextT:
        """``text``, the last one that was asked for, which stands on the page because ``when`` holds."""
        ...

    def has_words(self, html: Markup) -> bool:
        """Whether a reader would see anything of ``html``."""
        ...


class ContentRenderer(Content):
    """The texts of one locale; each is compiled once, and one without Jinja is not run at all.

    The ``names`` that texts read are those of ``names``, made once a page.
    """

    def __init__(self, locale: Locale) -> None:
        self.html_environment = content_environment(autoescape=True)
        self.text_environment = content_environment(autoescape=False)
        for environment in (self.html_environment, self.text_environment):
            environment.filters.update(locale_filters(locale))
        self._compiled_html: dict[str, Template | Markup] = {}
        self._compiled_text: dict[str, Template | str] = {}
        self._expressions: dict[str, TemplateExpression] = {}

    def names(self, page: Mapping[str, object]) -> dict[str, object]:
        """``page`` with what Jinja itself offers to texts."""
        return {**self.html_environment.globals, **page}

    def html(self, source: Source, names: dict[str, object]) -> Markup:
        compiled = self._compiled_html.get(source.text)
        if compiled is None:
            compiled = (
                self.html_environment.from_string(source.text)
                if has_jinja(source.text)
                else safe_html(source.text, source)
            )
            self._compiled_html[source.text] = compiled
        return compiled if isinstance(compiled, Markup) else safe_html(_run(compiled, source, names), source)

    def text(self, source: Source, names: dict[str, object]) -> str:
        compiled = self._compiled_text.get(source.text)
        if compiled is None:
            compiled = (
                self.text_environment.from_string(source.text) if has_jinja(source.text) else one_line(source.text)
            )
            self._compiled_text[source.text] = compiled
        return compiled if isinstance(compiled, str) else one_line(_run(compiled, source, names))

    def fitting(self, sources: Sequence[Source], pixels: float, size: float, names: dict[str, object]) -> str:
        # A generator, so that wordings after the first that fits are never evaluated.
        return first_fitting((self.text(source, names) for source in sources), pixels, size)

    def holds(self, source: Source, names: dict[str, object]) -> bool:
        if not source.text:
            return True
        if source.text not in self._expressions:
            self._expressions[source.text] = self.text_environment.compile_expression(
                source.text, undefined_to_none=False
            )
        try:
            return bool(self._expressions[source.text](**names))
        except Exception as error:
            raise _content_error(error, source.where) from error

    def passage(self, text: TextT, when: Source) -> TextT:  # noqa: ARG002 - all pages are told apart by themselves
        return text

    def has_words(self, html: Markup) -> bool:
        return has_words(html)


def _run(template: Template, source: Source, names: dict[str, object]) -> str:
    # As Template.render does it, without making the names anew for each text of a page.
    context = Context(template.environment, names, template.name, {})
    try:
        return template.environment.concat(template.root_render_func(context))
    except Exception as error:
        raise _content_error(error, source.at(line_of(error, template))) from error


def line_of(error: Exception, template: Template) -> int:
    """The line of ``template`` on which ``error`` came up."""
    step, line = error.__traceback__, 1
    while step:
        if step.tb_frame.f_globals is template.root_render_func.__globals__:
            line = template.get_corresponding_lineno(step.tb_lineno)
        step = step.tb_next
    return line


def runs_script(html: str) -> bool:
    """Whether a link in ``html`` runs a script."""
    return "script:" in html and _SCRIPT_ADDRESS.search(html) is not None


_WORD = re.compile(r"(?:^|>)\s*[^<\s&]")


def has_words(html: Markup) -> bool:
    """Whether a reader would see anything of ``html``."""
    return _WORD.search(html) is not None or bool(html.striptags())


def safe_html(text: str, source: Source) -> Markup:
    """``text`` as HTML; raises ContentError where a link in it runs a script."""
    # Every value was escaped as it was put in, and the rest is the author's own HTML.
    if runs_script(text):
        raise ContentError(Finding(source.where, "a link in the text runs a script", "Link to an address."))
    return Markup(text)  # noqa: S704


def one_line(text: str) -> str:
    """``text`` with single spaces, which is how a browser shows it."""
    # Asking costs a sixth of taking the text apart.
    if text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text
    return " ".join(text.split())


def has_jinja(text: str) -> bool:
    return "{{" in text or "{%" in text or "{##" in text


def _content_error(error: Exception, where: str) -> ContentError:
    message = str(error).rstrip(".")
    fix = "Mend the text, or put it into {% if … %}."
    if "'None' has no attribute" in message:
        message = "it reads a value of the place on a page that has none"
        fix = "Put the words into {% if place %} … {% endif %}."
    elif isinstance(error, EmptyValue):
        fix = "Put the words around it into {% if … %} … {% endif %}."
    return ContentError(Finding(where, f"the text cannot be made: {message}", fix))
