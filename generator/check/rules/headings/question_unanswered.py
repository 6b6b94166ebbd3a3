"""A question of the page has no answer, or what is marked as a question asks nothing.

A reader who opens a question and finds nothing has been called for no purpose, and structured data that names a
question must match what the page shows. Answer it, or leave it out; and phrase each question of a FAQ as one, with a
question mark. The wording is looked at in English and Spanish only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Literal

from selectolax.lexbor import LexborNode

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.markup import words
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import BUILD, rule
from generator.errors import Finding

_MARK = re.compile(r"\?")
_ASKS = re.compile(
    r"\W*(?:who|whom|whose|what|which|when|where|why|how|is|are|am|was|were|do|does|did|has|have|had|can|could|will"
    r"|would|shall|should|may|might|must|qué|que|quién|quiénes|cuál|cuáles|cuándo|dónde|cómo|cuánto|cuánta|cuántos"
    r"|cuántas|por qué|para qué|es|son|puedo|puede|debo|hay|tengo|necesito)\b",
    re.IGNORECASE,
)
_ASKED = "h2, h3, h4, h5, h6, dt, button"
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SILENT = frozenset({"script", "style", "template", "noscript"})
# An answer may be a map, a film or a form.
_SHOWN = "img, picture, svg, video, audio, iframe, object, canvas, input, textarea, select"

_LAST = "<p>Ask us.</p>"
_HURTS = r"<p>A <em>little</em>\.</p>\n<section class=.call.(.*?)</section>"
GOOD = (
    Edit(_LAST, '<img src="/prices.svg" alt="Prices">'),
    Edit("<p>With a needle.</p>", "<ul><li>Does it hurt?</li><li>How long does it last?</li></ul>"),
    Edit(r"<p>A <em>little</em>\.</p>", "<div hidden>A little.</div>"),
    Edit(r"<p>A <em>little</em>\.</p>", "<h4>In short</h4><p>A little.</p>"),
    Edit(
        "<p>With a needle.</p>(.*?)<section class=.call",
        "<dl><dt>Does it hurt?</dt><dt>And afterwards?</dt><dd>A little.</dd></dl><section class='call",
    ),
    Edit('"name":"Does it hurt.",', '"name":"Tell me: does it hurt? (Part 1)",'),
    Edit("What does it cost.", "How much does it cost"),
)
BAD = (
    Edit(_LAST, ""),
    Edit('<div class="answer" id="how-long-does-it-last"><p>Some weeks.</p></div>', ""),
    Edit(_HURTS, ""),
    Edit(_HURTS, "<h3>Now something else</h3><p>Text.</p>"),
    Edit("What does it cost.", "Costs and insurance"),
)


@rule(severity="warning", evidence=BUILD, scope=Document)
def question_unanswered(document: Document) -> Iterator[Finding]:
    names = dict.fromkeys(_questions(document))
    unanswered = [*_empty_details(document), *_left_open(document, names)]
    if unanswered:
        what = f"{quoted(unanswered[0])} has no answer{as_in_others(len(unanswered))}"
        yield Finding(document.path, what, "Answer it, or leave it out.")
    if document.language[:2].lower() in {"en", "es"}:
        told = [name for name in names if not _MARK.search(name) and not _ASKS.match(name)]
        if told:
            what = f"{quoted(told[0])} is marked as a question and asks nothing{as_in_others(len(told))}"
            yield Finding(document.path, what, "Phrase it as a question.")


def _questions(document: Document) -> Iterator[str]:
    """The questions of the page's FAQs, as its structured data has them."""
    for node in document.typed.get("FAQPage", ()):
        held = node.get("mainEntity")
        for question in held if isinstance(held, list) else [held]:
            name = question.get("name") if isinstance(question, dict) else None
            if isinstance(name, str) and name.strip():
                yield " ".join(name.split())


def _empty_details(document: Document) -> Iterator[str]:
    for summary in document.css("details > summary"):
        others = chain(_siblings(summary, "next"), _siblings(summary, "prev"))
        if not any(_text(other).strip() or _shows(other) for other in others):
            yield words(summary)


def _left_open(document: Document, names: dict[str, None]) -> Iterator[str]:
    """Questions that the page shows, and wherever they stand nothing follows but the next one."""
    answered: dict[str, bool] = {}
    for node in document.css(_ASKED) if names else ():
        # What stands in details is an answer or not, whatever it is called.
        if node.parent is not None and node.parent.tag == "summary":
            continue
        name = words(node)
        if name in names and not answered.get(name):
            answered[name] = _is_answered(node, names)
    yield from (name for name, is_answered in answered.items() if not is_answered)


def _is_answered(node: LexborNode, names: dict[str, None]) -> bool:
    level = _level(node)
    here: LexborNode | None = node
    while here is not None and here.tag not in {"main", "body", "html", "details"}:
        for after in _siblings(here, "next"):
            if here.tag == after.tag == "dt":
                continue  # One answer may follow several questions.
            said = _text(after)
            if said.strip():
                return not _is_next_question(after, " ".join(said.split()), level, names)
            if _shows(after):
                return True
        here = here.parent
        if here is not None:
            level = _level(here) or level
    # Empty details are looked for by themselves.
    return here is not None and here.tag == "details"


def _siblings(node: LexborNode, way: Literal["next", "prev"]) -> Iterator[LexborNode]:
    sibling = getattr(node, way)
    while sibling is not None:
        yield sibling
        sibling = getattr(sibling, way)


def _text(node: LexborNode) -> str:
    if node.is_text_node:
        return node.text_content or ""
    return node.text(deep=True) if node.is_element_node and node.tag not in _SILENT else ""


def _shows(node: LexborNode) -> bool:
    return node.is_element_node and node.css_matches(_SHOWN)


def _is_next_question(after: LexborNode, said: str, level: int, names: dict[str, None]) -> bool:
    if any(said.startswith(name) for name in names):
        return True
    if not after.is_element_node:
        return False
    heading = after if after.tag in _HEADINGS else after.css_first(", ".join(_HEADINGS))
    if heading is None or not said.startswith(words(heading)):
        return False
    return not level or _level(heading) <= level


def _level(node: LexborNode) -> int:
    return int((node.tag or "h0")[1]) if node.tag in _HEADINGS else 0
