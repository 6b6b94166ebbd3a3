"""An author's texts on one page, evaluated all at once, so that what all pages share of them is told from the rest."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial

from markupsafe import Markup
from msgspec import Struct

from generator.model import Source
from generator.render.content import ContentRenderer
from generator.render.partial.values import Value
from generator.render.text_program import Program, Unit, Wording


class Piece(Struct, frozen=True):
    """A piece of a text on one page; ``is_shared`` where other pages have it in the same place."""

    text: str
    is_html: bool
    is_shared: bool = False


class LocalTexts:
    """The texts of a topic's pages of one kind, as far as they are not the same on all of them.

    ``known`` are the names of texts as far as those pages share them.
    """

    def __init__(self, content: ContentRenderer, known: Mapping[str, Value]) -> None:
        self._content = content
        self._html = Program(content.html_environment, known, content.html_trees)
        self._text = Program(content.text_environment, known, content.text_trees)
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
            (self._html if is_html else self._text).add(Unit(number, tuple(wordings), pixels, size))
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
