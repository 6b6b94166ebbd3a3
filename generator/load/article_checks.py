"""Checks for text that would be silently misread in an article: stray markers, conditions cut in two by a block."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.errors import Finding
from generator.load.markdown import Article, Block

QUESTION = "question"
FAQ = "faq"
PAGE_IDS = "page-"
"""The beginning of the ids that templates make."""

_BRACES = re.compile(r"\{[:#. ]*[^{}]*\}\s*$")
_PICTURE = re.compile(r'<img[^>]*\bsrc="([^"]*)"')
_ATTRIBUTE = re.compile(r'\s([^\s=<>"]+)(?:="[^"]*")?')
_MARKERS = "Write {#name} for an id, {.question} for a question."
_TAG = re.compile(r"<[^>]+>")
_ID = re.compile(r"[^\s\ue000-\ue004]+")
_OPENING = frozenset({"if", "for"})


def check_blocks(article: Article, shown: str) -> Iterator[Finding]:
    """Every fault of a single block."""
    for block in article.blocks:
        for what, fix in _faults(block):
            yield Finding(f"{shown}:{block.line}", what, fix)
        if not block.statement:
            for at in _cut(article, block):
                yield Finding(
                    f"{shown}:{at}",
                    "a condition or loop begins in one paragraph and ends in another",
                    "Give its {% … %} lines of their own, with an empty line around each.",
                )


def _faults(block: Block) -> Iterator[tuple[str, str]]:
    if not block.level:
        if re.search(r'<h[1-6][^>]*class="[^"]*question', block.html):
            yield "a question stands inside a list or a quotation", "Put it on a line of its own, at the margin."
        for picture in _PICTURE.findall(block.html):
            if not re.match("https?://", picture):
                fix = "Texts cannot hold pictures; the key image in the front matter can."
                yield f'the picture "{picture}" would not be published', fix
        return
    if block.id.casefold() == FAQ and (block.id != FAQ or block.level != 2):
        yield "this heading does not begin the FAQ section", "Write it as ## … {#faq}."
    if block.id.startswith(PAGE_IDS):
        yield f'ids that begin with "{PAGE_IDS}" belong to the templates', "Choose another id."
    if not _ID.fullmatch(block.id):
        yield "the id of a heading cannot hold Jinja", "Write it out."
    for name in sorted(block.classes - {QUESTION}):
        yield f'"{{.{name}}}" marks nothing', "Only {.question} has a meaning here."
    if QUESTION in block.classes and block.level == 2:
        yield "a heading with two signs # begins a section and cannot be a question", "Write it with ###."
    for name in _ATTRIBUTE.findall(block.html.partition(">")[0]):
        if name not in {"id", "class"}:
            yield f'"{{{name}}}" marks nothing', _MARKERS
    if marker := _BRACES.search(_TAG.sub("", block.html)):
        yield f'"{marker[0].strip()}" would be printed in the heading', _MARKERS


def _cut(article: Article, block: Block) -> Iterator[int]:
    """The lines of statements whose other half is not in the block."""
    opened: list[int] = []
    for keyword, line in article.statements(block.html):
        if keyword in _OPENING:
            opened.append(line)
        elif keyword.startswith("end") and keyword[3:] in _OPENING:
            if opened:
                opened.pop()
            else:
                yield line
    yield from opened
