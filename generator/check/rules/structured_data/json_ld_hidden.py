"""The structured data says something that readers of the page do not see.

Google asks that what is marked up can be seen on the page, and may take manual action against a site that marks up
what is not. Questions and answers count as seen when a reader can unfold them. Show the text, or take it out of the
data. Spaces, punctuation and capitals may differ.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.json_ld import types_of
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import documented, rule
from generator.check.search_features import specialised
from generator.check.structured_data import Node, letters, nodes_in, text_in, top_nodes
from generator.errors import Finding

_ARTICLES = specialised("Article")
_TITLED = specialised(*"WebPage MedicalWebPage Product Event Recipe Course JobPosting".split())
"""Types of which the page shows the name, or the title, when it is about one."""

_REMEMBERED = 500
"""Texts whose words are kept: the pages of a topic share most of their questions and answers."""

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--[^<>]*-->")

_COST = '<summary><h3>What does it cost\\?</h3></summary>\n<div class="answer" id="what-does-it-cost"><p>Ask us.</p>'
GOOD = (
    Edit("<p>Some weeks.</p></div>", "<p>Some  <b>weeks</b>.</p></div>"),
    Edit('"name":"Does it hurt\\?"', '"name":"Does it&nbsp;hurt ?"'),
    Edit(_COST, "<summary>WHAT does it cost?</summary><div>Ask us!"),
    Edit('"@type":"MedicalTherapy"(.*?)"name":"Injection"', '"@type":"MedicalTherapy","name":"Dry needling"'),
    Edit('"name":"Injections in Waco, Texas"', '"name":"Injections in Waco, TX"'),
)
BAD = (
    Edit(_COST, "<summary><h3>What does it cost?</h3></summary><div>"),
    Edit(_COST, "<summary>How much?</summary><div>Ask us."),
    Edit("<details>", "<details hidden>"),
    Edit('"name":"Injections in Waco, Texas"', '"name":"The best injections of all"'),
    Edit('"@type":"MedicalWebPage"', '"@type":"BlogPosting","headline":"The best injections of all"'),
)


@rule(
    severity="error",
    evidence=documented(
        "https://developers.google.com/search/docs/appearance/structured-data/sd-policies", "2026-11-22"
    ),
    scope=Document,
    hints=(),
)
def json_ld_hidden(document: Document) -> Iterator[Finding]:
    said = [(what, _spoken(value)) for what, value in _said(document)]
    if not said:
        return
    # Most texts are a passage as it stands; only for what is no part of any the page is compared letter by letter.
    passages = frozenset(passage.text for passage in document.passages)
    said = [(what, value) for what, value in said if value not in passages]
    text = f"{document.visible_text} {document.title}" if said else ""
    doubtful = [(what, value) for what, value in said if value not in text]
    if not doubtful:
        return
    pictures = " ".join(text for name, text in document.attribute_texts if name == "alt")
    seen = letters(text + pictures)
    hidden = [(what, value) for what, value in doubtful if letters(value) not in seen]
    if hidden:
        what, value = hidden[0]
        yield Finding(
            document.path,
            f"the {what} {quoted(value)} of the structured data is not on the page{as_in_others(len(hidden))}",
            "Show the text on the page, or take it out of the data.",
        )


def _said(document: Document) -> Iterator[tuple[str, str]]:
    for node in document.nodes:
        kinds = types_of(node)
        if "Question" in kinds:
            yield from _texts("question", node, "name")
            for answer in nodes_in(node.get("acceptedAnswer")):
                yield from _texts("answer", answer, "text")
        elif not _ARTICLES.isdisjoint(kinds):
            yield from _texts("headline", node, "headline")
    for node in top_nodes(document):
        if not _TITLED.isdisjoint(types_of(node)):
            yield from _texts("name", node, "name")


def _texts(what: str, node: Node, name: str) -> Iterator[tuple[str, str]]:
    if text := text_in(node.get(name)):
        yield what, text


@lru_cache(_REMEMBERED)
def _spoken(text: str) -> str:
    """The words of a text that may hold tags and entities, a space between each two."""
    return " ".join(html.unescape(_TAG.sub(" ", text) if "<" in text else text).split())
