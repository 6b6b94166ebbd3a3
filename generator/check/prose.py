"""What is written on a page, passage by passage, as rules about sentences read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

OBJECT = "\ufffc"
"""Stands in a passage for a part that is none of its words: code, or words of another language."""

_SILENT = frozenset({"script", "style", "template", "noscript", "head", "svg", "math", "textarea"})
_QUOTED = frozenset({"code", "kbd", "samp", "var", "pre"})
_RUNNING = frozenset(
    "a abbr b bdi bdo br cite code data del dfn em font i ins kbd label mark q s samp small span strong sub sup time u"
    " var wbr".split()
)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BREAK = "\u2028"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, heading, item or cell, with its white space as browsers show it: a line ends where the page says so.

    ``language`` is the one of its text in two or three small letters; empty where nothing says so. ``part`` names
    what the passage is when it is none of the visible text: ``title`` or ``description``.
    """

    text: str
    language: str
    part: str = ""

    @property
    def where(self) -> str:
        return f"in its {self.part}" if self.part else "in its text"

    def around(self, start: int, end: int, reach: int = 30) -> str:
        """What stands at ``start`` to ``end``, with ``reach`` characters on either side."""
        return " ".join(self.text[max(0, start - reach) : end + reach].split())


def primary(language: str) -> str:
    """The language of a BCP 47 tag, without script, region and variants."""
    return language.replace("_", "-").partition("-")[0].lower()


def find_passages(body: LexborNode | None, language: str) -> Iterator[Passage]:
    """The passages below ``body``, whose language is ``language``; code and what is hidden are left out."""
    if body is None:
        return
    marked = {node.mem_id for node in body.css("[lang], [hidden]")}
    # One list for the words of each stretch of one language; a stretch ends with its block.
    words: list[str] = []
    waiting: list[tuple[LexborNode | None, list[str], str]] = [(body.first_child, words, language)]
    while waiting:
        child, words, language = waiting.pop()
        if child is None:
            if words:
                yield from _ended(words, language)
            continue
        if (following := child.next) is not None:
            waiting.append((following, words, language))
        if child.is_text_node:
            words.append(child.text_content or "")
            continue
        tag = child.tag
        if not child.is_element_node or tag in _SILENT:
            continue
        own = language
        if child.mem_id in marked:
            said = child.attributes
            if "hidden" in said:
                continue
            own = primary(said["lang"] or "") if "lang" in said else language
        is_running = tag in _RUNNING
        if not is_running and words:
            yield from _ended(words, language)
        if tag in _QUOTED:
            words.append(OBJECT)
            continue
        if own != language:
            words.append(OBJECT if is_running else "")
            words, language = [], own
            waiting.append((None, words, own))
        elif not is_running:
            waiting.append((None, words, language))
        elif tag == "br":
            words.append(_BREAK)
        if (first := child.first_child) is not None:
            waiting.append((first, words, language))
    yield from _ended(words, language)


def _ended(words: list[str], language: str) -> Iterator[Passage]:
    text = "".join(words).strip()
    words.clear()
    if text and text != OBJECT:
        yield Passage(_SPACES.sub(" ", text).replace(_BREAK, "\n").strip(), language)
