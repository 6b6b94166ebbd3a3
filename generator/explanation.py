"""Why one page is as it is, as it is told."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from msgspec import Struct

_WIDTH = 110
"""Characters of a line, where words allow it."""


class Explanation(Struct, frozen=True):
    """What is known of an address: ``sections`` have a name and their lines.

    ``page`` is its page with what is its own marked, as HTML, where somebody asked for that.
    """

    address: str
    title: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    page: str = ""


def explanation_lines(explanation: Explanation) -> Iterator[str]:
    """The explanation for a terminal."""
    yield explanation.address
    if explanation.title:
        yield explanation.title
    for name, lines in explanation.sections:
        if lines:
            yield ""
            yield name
            for line in lines:
                # An address or a file's name stays in one piece, so that it can be copied.
                parts = wrap(line, _WIDTH, break_long_words=False, break_on_hyphens=False)
                yield from (f"  {part}" if number == 0 else f"    {part}" for number, part in enumerate(parts))
