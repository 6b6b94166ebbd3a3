"""An author's texts of one environment as one program, which works out what a page alone knows of them in one run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from gettext import NullTranslations

from jinja2 import Environment, nodes
from msgspec import Struct

from generator.model import Source
from generator.render.content import has_jinja, one_line, safe_html
from generator.render.partial.syntax import Parsed
from generator.render.partial.values import CannotInline, Part, Value, statements
from generator.render.specialize import Residual, Specializer, end_of_text, pieces_of
from generator.render.text_width import fits, text_units


class Wording(Struct, frozen=True):
    """A text and what is left of it where what all pages of its kind share is known.

    ``parts`` are None where it must be left to Jinja as a whole; ``shared`` is the text that all those pages have.
    """

    source: Source
    parts: tuple[Part, ...] | None
    shared: str | None = None


class Unit(Struct, frozen=True):
    """What stands for one placeholder: the first of ``wordings`` that is at most ``pixels`` wide, else the last."""

    number: int
    wordings: tuple[Wording, ...]
    pixels: float
    size: float


_Found = tuple[int, str, list[str]]
"""The number of a text, the text on a page, and its pieces."""


class _Recipe(Struct, frozen=True):
    """A wording as pieces that pages share and the numbers of values among them; ``width`` is that of the former.

    Its ``pieces`` are None where it is more than values between shared pieces; then it is the text ``number``.
    """

    wording: Wording
    pieces: tuple[str | int, ...] | None
    number: int = 0
    width: int = 0


class _Page:
    """What a program has found on one page: ``values``, and the pieces of whole ``texts``."""

    def __init__(self, values: list[str], texts: list[list[str]]) -> None:
        self._values = values
        self._texts = texts
        self._widths: dict[int, int] = {}

    def pieces(self, recipe: _Recipe) -> list[str]:
        if recipe.pieces is None:
            return self._texts[recipe.number]
        values = self._values
        return [piece if isinstance(piece, str) else values[piece] for piece in recipe.pieces]

    def width(self, recipe: _Recipe, text: str) -> int:
        """The width of the ``text`` that the pieces of ``recipe`` are, of which shared ones were measured before."""
        if recipe.pieces is None:
            return text_units(text)
        width = recipe.width
        for number in recipe.pieces:
            if isinstance(number, int):
                if number not in self._widths:
                    self._widths[number] = text_units(self._values[number])
                width += self._widths[number]
        return width


class Program:
    """Evaluates the texts of one environment one after another, in one run."""

    def __init__(self, environment: Environment, known: Mapping[str, Value], trees: dict[str, Parsed]) -> None:
        self._specializer = Specializer(environment, NullTranslations(), known, trees)
        self._is_html = bool(environment.autoescape)
        self.units: list[Unit] = []
        self._alone: dict[Wording, Residual] = {}
        self._region: object = None
        self._kept: dict[int, _Found] = {}

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

    def add(self, unit: Unit) -> None:
        self.units.append(unit)

    @cached_property
    def shared(self) -> frozenset[str]:
        """The pieces that all pages share, as they are printed, one after another without a break."""
        bodies = [statements(wording.parts or ()) for unit in self.units for wording in unit.wordings]
        outputs = [node for body in bodies for node in body if isinstance(node, nodes.Output)]
        return frozenset(part.data for node in outputs for part in node.nodes if isinstance(part, nodes.TemplateData))

    def run(self, names: Mapping[str, object]) -> Iterator[_Found]:
        """The number of each text, the text on the page of ``names``, and its pieces."""
        if not self.units:
            return
        regional = self._said_of_region(names)
        page = self._evaluated(self._local, names)
        for unit in self.units:
            yield regional.get(unit.number) or self._found(unit, self._local, page, names)

    @cached_property
    def _local(self) -> _Compiled:
        return _Compiled(self._specializer, [unit for unit in self.units if not _is_regional(unit)])

    @cached_property
    def _regional(self) -> _Compiled:
        return _Compiled(self._specializer, list(filter(_is_regional, self.units)))

    def _said_of_region(self, names: Mapping[str, object]) -> dict[int, _Found]:
        """Those texts that are the same for all places of a region, which come one after another."""
        region = getattr(names["page"], "region", None)
        if region is None or region is not self._region:
            page = self._evaluated(self._regional, names)
            units = self._regional.units
            self._kept = {unit.number: self._found(unit, self._regional, page, names) for unit in units}
            self._region = region
        return self._kept

    def _evaluated(self, compiled: _Compiled, names: Mapping[str, object]) -> _Page | None:
        if not compiled.units:
            return None
        try:
            printed = list(compiled.residual.pieces(names))
            texts = pieces_of(printed[compiled.values :], compiled.texts) if compiled.texts else []
        except Exception:  # noqa: BLE001 - perhaps of a wording that this page does not need
            return None
        return _Page(printed[: compiled.values], texts)

    def _alone_on(self, names: Mapping[str, object], wording: Wording) -> list[str]:
        if wording not in self._alone:
            self._alone[wording] = self._specializer.residual("text", wording.parts or ())
        return list(self._alone[wording].pieces(names))

    def _found(self, unit: Unit, compiled: _Compiled, page: _Page | None, names: Mapping[str, object]) -> _Found:
        recipes = compiled.recipes[unit.number]
        for recipe in recipes:
            pieces = page.pieces(recipe) if page else self._alone_on(names, recipe.wording)
            joined = "".join(pieces)
            if self._is_html:
                return unit.number, safe_html(joined, unit.wordings[0].source), pieces
            text = one_line(joined)
            if recipe is recipes[-1]:
                break
            width = page.width(recipe, text) if page and text == joined else text_units(text)
            if fits(width, unit.pixels, unit.size):
                break
        return unit.number, text, pieces


class _Compiled:
    """The program for ``units``: ``residual`` prints ``values``, one piece each, and then ``texts``, with ends."""

    def __init__(self, specializer: Specializer, units: list[Unit]) -> None:
        self._printed: dict[str, int] = {}
        self._values: list[nodes.Output] = []
        self._texts: list[Wording] = []
        self.units = units
        self.recipes = {unit.number: [self._recipe(wording) for wording in unit.wordings] for unit in units}
        self.values, self.texts = len(self._values), len(self._texts)
        self._specializer = specializer

    @cached_property
    def residual(self) -> Residual:
        ended = [part for wording in self._texts for part in (*(wording.parts or ()), end_of_text())]
        return self._specializer.residual("texts", [*self._values, *ended])

    def _recipe(self, wording: Wording) -> _Recipe:
        pieces: list[str | int] = []
        for node in statements(wording.parts or ()):
            # One that prints a single expression gives a single piece.
            if not isinstance(node, nodes.Output) or len(node.nodes) != 1:
                self._texts.append(wording)
                return _Recipe(wording, None, len(self._texts) - 1)
            (printed,) = node.nodes
            pieces.append(printed.data if isinstance(printed, nodes.TemplateData) else self._number(node))
        width = sum(text_units(piece) for piece in pieces if isinstance(piece, str))
        return _Recipe(wording, tuple(pieces), width=width)

    def _number(self, node: nodes.Output) -> int:
        """The number of the value that ``node`` prints; a value that several texts print is worked out once."""
        # A call may have another result each time.
        key = f"{len(self._values)}" if next(node.find_all(nodes.Call), None) else repr(node.nodes)
        if key not in self._printed:
            self._printed[key] = len(self._values)
            self._values.append(node)
        return self._printed[key]


def _is_regional(unit: Unit) -> bool:
    """Whether the texts of ``unit`` read nothing of a page but its region, so that all places there have the same."""
    parts = [part for wording in unit.wordings for part in wording.parts or () if not isinstance(part, str)]
    return all(map(_reads_region_only, parts))


def _reads_region_only(part: nodes.Stmt) -> bool:
    regions = [node.node for node in part.find_all(nodes.Getattr) if node.attr == "region"]
    owners = {id(node) for node in regions if isinstance(node, nodes.Name) and node.name in {"place", "page"}}
    # A call may have another result each time.
    return next(part.find_all(nodes.Call), None) is None and all(
        id(name) in owners for name in part.find_all(nodes.Name)
    )
