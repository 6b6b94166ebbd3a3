"""Evaluates authors' texts with recording values, so that text of all pages is told from that of one place."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

from jinja2 import Environment, Template
from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from generator.model import Locale, Source
from generator.render.content import (
    Content,
    TextT,
    has_jinja,
    has_words,
    line_of,
    one_line,
    runs_script,
    safe_html,
)
from generator.render.text_width import first_fitting, fits, text_units
from generator.templating.filters import locale_filters
from generator.templating.sandbox import content_environment
from generator.tracing.columns import Columns
from generator.tracing.environment import record
from generator.tracing.expressions import OPEN, PASSAGE, Expressions, Part, Refused, parts_of
from generator.tracing.recorder import Recorder
from generator.tracing.values import RecordingText, is_recording

_IN_TAG = re.compile(f"<[^>]*{OPEN}")
"""A value within a tag: only there can one become part of an address that runs a script."""


class AuthorText(Struct, frozen=True):
    """An author's text on a page, and where it stands."""

    source: Source
    parts: tuple[Part, ...]
    is_html: bool


class RecordedContent(Content):
    """The texts of one locale; ``texts`` are those that the present run has asked for."""

    def __init__(self, locale: Locale, recorder: Recorder) -> None:
        filters = locale_filters(locale)
        self._recorder = recorder
        recorder.functions |= _FUNCTIONS
        self._html_environment = _environment(recorder, filters, autoescape=True)
        self._text_environment = _environment(recorder, filters, autoescape=False)
        self._templates: dict[tuple[bool, str], Template] = {}
        self._conditions: dict[str, Any] = {}
        self._is_open: dict[str, bool] = {}
        self.texts: list[AuthorText] = []

    def begin(self) -> None:
        """Forget the texts of the run before."""
        self.texts = []

    def html(self, source: Source, names: dict[str, object]) -> Markup:
        if not has_jinja(source.text):
            return safe_html(source.text, source)
        text = self._run(self._html_environment, source, names, is_html=True)
        recorder = self._recorder
        if _IN_TAG.search(text):
            call = recorder.calling(("runs a script",), (recorder.markup(text),))
            if recorder.decide("value", call):
                raise Refused(f"{source.where}: a link that runs a script")
        made = recorder.markup(safe_html(text, source))
        self.texts.append(AuthorText(source, _parts(made), is_html=True))
        return made  # type: ignore[no-any-return]

    def text(self, source: Source, names: dict[str, object]) -> str:
        text = self._line(source, names)
        if is_recording(text):
            self.texts.append(AuthorText(source, _parts(text), is_html=False))
        return text

    def fitting(self, sources: Sequence[Source], pixels: float, size: float, names: dict[str, object]) -> str:
        texts = [self._line(source, names) for source in sources]
        if not any(map(is_recording, texts)):
            return first_fitting(texts, pixels, size)
        recorder, expressions = self._recorder, self._recorder.expressions
        wordings = tuple([expressions.flattened(_parts(text)) for text in texts])
        function = expressions.constant(("wording that fits",), _fitting_numbers)
        chosen = expressions.number("columns", function, wordings, pixels, size)
        number = expressions.number("columns", expressions.constant(("fitting",), _fitting), wordings, chosen)
        # Which of them is chosen, only the page knows; its values are those of any.
        self.texts.append(AuthorText(sources[0], _parts(texts[0]), is_html=False))
        return RecordingText(recorder, number)

    def holds(self, source: Source, names: dict[str, object]) -> bool:
        if not source.text:
            return True
        expression = self._conditions.get(source.text)
        if expression is None:
            expression = self._text_environment.compile_expression(source.text, undefined_to_none=False)
            self._conditions[source.text] = expression
        before = self._recorder.asked
        holds = bool(expression(**names))
        self._is_open[source.text] = self._recorder.asked != before
        return holds

    def passage(self, text: TextT, when: Source) -> TextT:
        if not self._is_open.get(when.text):
            return text
        recorder = self._recorder
        made = recorder.join((recorder.passage("begin"), text, recorder.passage("end")), is_markup=True)
        if self.texts and self.texts[-1].parts == _parts(text):
            self.texts[-1] = replace(self.texts[-1], parts=_parts(made))
        else:
            self.texts.append(AuthorText(when, _parts(made), isinstance(text, Markup)))
        return cast("TextT", made)

    def has_words(self, html: Markup) -> bool:
        if not is_recording(html):
            return has_words(html)
        parts = self._recorder.expressions.flattened(_parts(html))
        if has_words(Markup("".join(part for part in parts if isinstance(part, str)))):  # noqa: S704 - only looked at
            return True
        call = self._recorder.calling(("has words",), (html,))
        return bool(self._recorder.decide("value", call))

    def _line(self, source: Source, names: dict[str, object]) -> str:
        """A text on one line; values that are on one line need not be looked at on every page."""
        if not has_jinja(source.text):
            return one_line(source.text)
        recorder, expressions = self._recorder, self._recorder.expressions
        text = self._run(self._text_environment, source, names, is_html=False)
        if not is_recording(text):
            return one_line(text)
        parts = expressions.flattened(parts_of(text))
        probe = "".join(part if isinstance(part, str) else "" if self._is_edge(part) else "x" for part in parts)
        values = [part for part in parts if isinstance(part, int) and not self._is_edge(part)]
        if one_line(probe) == probe and all(map(self._is_one_line, values)):
            return recorder.text(text)
        return RecordingText(recorder, recorder.calling(("one line",), (recorder.text(text),)))

    def _is_one_line(self, number: int) -> bool:
        call = self._recorder.calling(("is one line",), (RecordingText(self._recorder, number),))
        return bool(self._recorder.decide("value", call))

    def _is_edge(self, number: int) -> bool:
        return bool(self._recorder.expressions.rows[number][0] == PASSAGE)

    def _run(self, environment: Environment, source: Source, names: dict[str, object], *, is_html: bool) -> str:
        template = self._templates.get((is_html, source.text))
        if template is None:
            template = self._templates[is_html, source.text] = environment.from_string(source.text)
        context = environment.context_class(environment, names, template.name, {})
        try:
            return environment.concat(template.root_render_func(context))
        except Exception as error:
            raise Refused(f"{source.at(line_of(error, template))}: {error}") from error


def _environment(recorder: Recorder, filters: Any, *, autoescape: bool) -> Environment:
    environment = content_environment(autoescape=autoescape)
    environment.filters.update(filters)
    return record(environment, recorder, marks_passages=True)


def _parts(text: str) -> tuple[Part, ...]:
    return parts_of(str.__str__(text))


def _is_one_line(value: object) -> bool:
    text = str(value)
    return text != "" and one_line(text) == text


def _fitting(columns: Columns, wordings: tuple[tuple[Part, ...], ...], chosen: int) -> list[str]:
    """For each row the wording whose number is ``chosen``."""
    values = {part: columns.texts(part) for wording in wordings for part in wording if isinstance(part, int)}
    return [
        "".join([part if isinstance(part, str) else values[part][row] for part in wordings[number]])
        for row, number in enumerate(columns.column(chosen))
    ]


def _fitting_numbers(columns: Columns, wordings: tuple[tuple[Part, ...], ...], pixels: float, size: float) -> list[int]:
    """For each row the number of the first of ``wordings`` that is at most ``pixels`` wide, else of the last.

    The width of a text is the sum of those of its letters, so that of each value is found once.
    """
    chosen, left = [len(wordings) - 1] * len(columns.rows), [*range(len(columns.rows))]
    for number, wording in enumerate(wordings[:-1]):
        constant = sum(text_units(part) for part in wording if isinstance(part, str))
        values = [columns.texts(part) for part in wording if isinstance(part, int)]
        waiting = []
        for row in left:
            if fits(constant + sum([_units(value[row]) for value in values]), pixels, size):
                chosen[row] = number
            else:
                waiting.append(row)
        left = waiting
    return chosen


_FUNCTIONS: Mapping[Hashable, Callable[..., Any]] = {
    ("runs a script",): runs_script,
    ("has words",): has_words,
    ("one line",): one_line,
    ("is one line",): _is_one_line,
    ("wording that fits",): _fitting_numbers,
    ("fitting",): _fitting,
}


def is_fitting(expressions: Expressions, number: int) -> bool:
    """Whether an expression is a choice of wordings."""
    row = expressions.rows[number]
    return bool(row[0] == "columns" and expressions.constants[row[1]] is _fitting)


def wording_values(row: tuple[Any, ...]) -> list[int]:
    """The numbers of the values in the wordings of such a choice."""
    return [part for wording in row[2] for part in wording if isinstance(part, int)]


def wordings_of(expressions: Expressions, number: int, columns: Columns) -> list[int]:
    """The number of the wording that was chosen, by row."""
    return columns.column(expressions.rows[number][3])


def fitted(expressions: Expressions, number: int, columns: Columns, row: int) -> tuple[Part, ...] | None:
    """The parts of the wording that was chosen for a row; None where an expression is no choice of wordings."""
    if not is_fitting(expressions, number):
        return None
    _, _, wordings, chosen = expressions.rows[number]
    found: tuple[Part, ...] = wordings[columns.column(chosen)[row]]
    return found


@lru_cache(maxsize=65_536)
def _units(text: str) -> int:
    """The width of a value: names of places stand in many titles."""
    return text_units(text)
