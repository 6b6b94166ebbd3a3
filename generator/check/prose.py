"""Prose of a page, passage by passage, for rules about sentences."""

from __future__ import annotations

from typing import NamedTuple

from selectolax.lexbor import LexborNode

from generator.check.languages import primary

OBJECT = "\ufffc"
"""Placeholder in a passage for a part that is none of its words: code, or words of another language."""

_SILENT = frozenset({"script", "style", "template", "noscript", "head", "svg", "math", "textarea"})
_QUOTED = frozenset({"code", "kbd", "samp", "var", "pre"})
_RUNNING = frozenset(
    "a abbr b bdi bdo br cite code data del dfn em font i ins kbd label mark q s samp small span strong sub sup time u"
    " var wbr".split()
)
_BREAK = "\u2028"
_END = "\0"
"""Separator of passages that are searched at once: the parser lets no page contain it."""


class Passage(NamedTuple):
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
        """Excerpt from ``start`` to ``end``, with ``reach`` characters on either side."""
        return " ".join(self.text[max(0, start - reach) : end + reach].split())


def find_passages(body: LexborNode | None, language: str) -> tuple[Passage, ...]:
    """The passages below ``body``, whose language is ``language``; code and what is hidden are left out."""
    if body is None:
        return ()
    marked = {node.mem_id for node in body.css("[lang], [hidden]")}
    texts: list[str] = []
    languages: list[str] = []

    def end(words: list[str], language: str) -> None:
        text = "".join(words).strip()
        words.clear()
        if text and text != OBJECT:
            texts.append(text)
            languages.append(language)

    # One list for the words of each stretch of one language; a stretch ends with its block.
    words: list[str] = []
    # For each element around: what follows it, the stretch and the language that go on there, and whether it runs on.
    around: list[tuple[LexborNode | None, list[str], str, bool]] = []
    child = body.first_child
    while child is not None or around:
        if child is None:
            child, outer, spoken, is_running = around.pop()
            if words and (not is_running or outer is not words):
                end(words, language)
            words, language = outer, spoken
            continue
        if not words and child.is_empty_text_node:
            child = child.next  # Most texts are the white space between two blocks.
            continue
        if (text := child.text_content) is not None:
            words.append(text)
            child = child.next
            continue
        tag = child.tag
        is_running = tag in _RUNNING
        own = language
        if marked and child.mem_id in marked:
            said = child.attributes
            own = primary(said["lang"] or "") if "lang" in said else language
            if "hidden" in said:
                child = child.next
                continue
        if not is_running and (tag in _SILENT or not child.is_element_node):
            child = child.next
            continue
        if words and not is_running:
            end(words, language)
        if tag in _QUOTED:
            words.append(OBJECT)
            child = child.next
            continue
        following, outer, spoken = child.next, words, language
        if own != language:
            if is_running:
                words.append(OBJECT)
            words, language = [], own
        elif tag == "br":
            words.append(_BREAK)
        around.append((following, outer, spoken, is_running))
        child = child.first_child
    end(words, language)
    return tuple(map(Passage, _as_shown(texts), languages))


def _as_shown(texts: list[str]) -> list[str]:
    """The texts as browsers show them, all in one go: each by itself would take several times as long."""
    whole = _END.join(texts)
    for space in "\t\r\n\f":
        whole = whole.replace(space, " ")
    while "  " in whole:
        whole = whole.replace("  ", " ")
    return whole.replace(_BREAK, "\n").split(_END)
