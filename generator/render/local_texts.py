"""An author's texts on one page, evaluated all at once, so that what all pages share of them is told from the rest."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from gettext import NullTranslations
from typing import NamedTuple

from jinja2 import Environment, nodes
from markupsafe import Markup

from generator.model import Source
from generator.render.content import ContentRenderer, has_jinja, one_line, safe_html
from generator.render.partial.syntax import Parsed
from generator.render.partial.values import CannotInline, Part, Value, statements
from generator.render.specialize import Residual, Specializer, end_of_text, texts_of
from generator.render.text_width import fits, text_units


@dataclass(frozen=True, slots=True)
class Wording:
    """A text and what is left of it where what all pages of its kind share is known.

    ``parts`` are None where it must be left to Jinja as a whole; ``shared`` is the text that all those pages have.
    """

    source: Source
    parts: tuple[Part, ...] | None
    shared: str | None = None


@dataclass(frozen=True, slots=True)
class _Unit:
    """What stands for one placeholder: the first of ``wordings`` that is at most ``pixels`` wide, else the last."""

    number: int
    wordings: tuple[Wording, ...]
    pixels: float
    size: float


class Piece(NamedTuple):
    """A piece of a text on one page; ``is_shared`` where other pages have it in the same place."""

    text: str
    is_html: bool
    is_shared: bool = False


class _Program:
    """Evaluates the texts of one environment one after another, in one run."""

    def __init__(self, environment: Environment, known: Mapping[str, Value], trees: dict[str, Parsed]) -> None:
        self._specializer = Specializer(environment, NullTranslations(), known, trees)
        self._is_html = bool(environment.autoescape)
        self.units: list[_Unit] = []
        self._widths: dict[str, int] = {}
        self._alone: dict[Wording, Residual] = {}

    def wording(self, source: Source) -> Wording:
        if not has_jinja(source.text):
            return Wording(source, (source.text,), self._finished(source.text, source))
        try:
            parts = tuple(self._specializer.source(source.text))
        except CannotInline:
            return Wording(source, None)
        if not all(isinstance(part, str) for part in parts):
            return Wording(source, parts)
        return Wording(source, parts, self._finished("".join(map(str, parts)), source))

    def _finished(self, text: str, source: Source) -> str:
        return safe_html(text, source) if self._is_html else one_line(text)

    def add(self, unit: _Unit) -> None:
        self.units.append(unit)

    @cached_property
    def _residual(self) -> Residual:
        """All wordings of all units, each with the end after it."""
        wordings = [wording for unit in self.units for wording in unit.wordings]
        parts = [part for wording in wordings for part in (*(wording.parts or ()), end_of_text())]
        return self._specializer.residual("texts", parts)

    @cached_property
    def shared(self) -> frozenset[str]:
        wordings = [wording for unit in self.units for wording in unit.wordings]
        # As they are printed, one after another without a break.
        joined = [statements(wording.parts or ()) for wording in wordings]
        outputs = [node for body in joined for node in body if isinstance(node, nodes.Output)]
        return frozenset(part.data for node in outputs for part in node.nodes if isinstance(part, nodes.TemplateData))

    def run(self, names: Mapping[str, object]) -> Iterator[tuple[int, str, list[str]]]:
        """The number of each text, the text on the page of ``names``, and its pieces."""
        if not self.units:
            return
        found: Iterator[list[str]] | None
        try:
            found = iter(texts_of(self._residual.pieces(names)))
        except Exception:  # noqa: BLE001 - perhaps of a wording that this page does not need
            found = None
        for unit in self.units:
            # One that is not needed is still taken from those that were found.
            wordings = [next(found) for _ in unit.wordings] if found else None
            text, pieces = self._chosen(unit, wordings or map(partial(self._pieces, names), unit.wordings))
            yield unit.number, safe_html(text, unit.wordings[0].source) if self._is_html else text, pieces

    def _pieces(self, names: Mapping[str, object], wording: Wording) -> list[str]:
        if wording not in self._alone:
            self._alone[wording] = self._specializer.residual("text", wording.parts or ())
        return list(self._alone[wording].pieces(names))

    def _chosen(self, unit: _Unit, wordings: Iterable[list[str]]) -> tuple[str, list[str]]:
        text, pieces = "", []
        for pieces in wordings:
            text = "".join(pieces)
            if self._is_html:
                break
            line = one_line(text)
            width = self._width(pieces) if line == text else text_units(line)
            text = line
            if fits(width, unit.pixels, unit.size):
                break
        return text, pieces

    def _width(self, pieces: Iterable[str]) -> int:
        """The width of ``pieces``, of which those that pages share are measured once."""
        width = 0
        for piece in pieces:
            known = self._widths.get(piece)
            if known is None:
                known = text_units(piece)
                if piece in self.shared:
                    self._widths[piece] = known
            width += known
        return width


class LocalTexts:
    """The texts of a topic's pages of one kind, as far as they are not the same on all of them.

    ``known`` are the names of texts as far as those pages share them.
    """

    def __init__(self, content: ContentRenderer, known: Mapping[str, Value]) -> None:
        self._content = content
        self._html = _Program(content.html_environment, known, content.html_trees)
        self._text = _Program(content.text_environment, known, content.text_trees)
        self._left: dict[int, Callable[[dict[str, object]], str]] = {}
        self._left_sources: dict[int, Source] = {}

    def wording(self, source: Source, is_html: bool) -> Wording:
        """What of ``source`` is the same on all pages."""
        return (self._html if is_html else self._text).wording(source)

    def add(
        self,
        number: int,
        wordings: Sequence[Wording],
        is_html: bool,
        pixels: float = math.inf,
        size: float = 0.0,
    ) -> None:
        """Evaluate on each page the first of ``wordings`` that is at most ``pixels`` wide, as the value ``number``."""
        if all(wording.parts is not None for wording in wordings):
            (self._html if is_html else self._text).add(_Unit(number, tuple(wordings), pixels, size))
            return
        # The whole of it counts as the page's own.
        content, sources = self._content, [wording.source for wording in wordings]
        self._left_sources[number] = sources[0]
        self._left[number] = (
            partial(content.html, sources[0]) if is_html else partial(content.fitting, sources, pixels, size)
        )

    @cached_property
    def sources(self) -> Mapping[int, Source]:
        """Where each text stands, by its number; of several wordings the first."""
        units = (unit for program in (self._html, self._text) for unit in program.units)
        return {**{unit.number: unit.wordings[0].source for unit in units}, **self._left_sources}

    def evaluate(self, names: dict[str, object]) -> tuple[dict[int, str], list[Piece]]:
        """The texts of the page of ``names`` by their numbers, and their pieces that other pages do not share.

        Raises whatever a text that this page needs raises.
        """
        values: dict[int, str] = {}
        local: list[Piece] = []
        for program, is_html in ((self._html, True), (self._text, False)):
            shared = program.shared
            for number, text, pieces in program.run(names):
                values[number] = text
                local += [Piece(piece, is_html) for piece in pieces if piece not in shared]
        for number, read in self._left.items():
            values[number] = read(names)
            local.append(Piece(values[number], isinstance(values[number], Markup)))
        return values, local

    def pieces(self, names: dict[str, object]) -> dict[int, list[Piece]]:
        """The pieces of each text of the page of ``names``, by its number, as ``evaluate`` would join them.

        Raises whatever a text that this page needs raises.
        """
        found = {}
        for program, is_html in ((self._html, True), (self._text, False)):
            shared = program.shared
            for number, _, pieces in program.run(names):
                found[number] = [Piece(piece, is_html, piece in shared) for piece in pieces]
        for number, read in self._left.items():
            text = read(names)
            found[number] = [Piece(text, isinstance(text, Markup), is_shared=False)]
        return found
