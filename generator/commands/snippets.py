"""One-line snippets of an author's text around a page's own words."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from msgspec.structs import replace

from generator.model import Source
from generator.plan.routes import Route
from generator.render.local_words import has_own_words
from generator.render.piece import Piece
from generator.render.renderer import Renderer

_BEFORE, _AFTER = 60, 60
"""Characters shown around a page's own words."""


def _text(pieces: Sequence[Piece]) -> str:
    """Pieces of one text as a reader sees them, on one line."""
    joined = "".join(piece.text for piece in pieces)
    is_html = any(piece.is_html for piece in pieces)
    return Markup(joined).striptags() if is_html else " ".join(joined.split())  # noqa: S704 - its tags are taken away


def own_passages(renderer: Renderer, route: Route) -> list[tuple[Source, str]]:
    """The author's texts that have words of their own on a page, each with a snippet of it."""
    names = renderer.page_text(route).names
    return [
        (source, _snippet(pieces, names))
        for source, pieces in renderer.own_texts(route)
        if any(has_own_words(piece, names) for piece in pieces)
    ]


def _snippet(pieces: Sequence[Piece], names: frozenset[str]) -> str:
    """A text, the page's own words between « and », cut to the surroundings of the first such part."""
    first = next(number for number, piece in enumerate(pieces) if has_own_words(piece, names))
    last = first
    while last + 1 < len(pieces) and not pieces[last + 1].is_shared:
        last += 1
    opening, closing = pieces[first], pieces[last]
    space = opening.text[: len(opening.text) - len(opening.text.lstrip())]
    marked = list(pieces)
    marked[first] = replace(opening, text=f"{space}«{opening.text.lstrip()}")
    end = marked[last].text.rstrip()
    marked[last] = replace(marked[last], text=f"{end}»{closing.text[len(closing.text.rstrip()) :]}")
    before, mark, after = _text(marked).partition("«")
    said, end, rest = after.partition("»")
    head = f"…{before[-_BEFORE:]}" if len(before) > _BEFORE else before
    tail = f"{rest[:_AFTER]}…" if len(rest) > _AFTER else rest
    return f"{head}{mark}{said}{end}{tail}"
