"""Conversion of Markdown with Jinja to a list of HTML blocks, without either language reading the other's syntax.

Jinja constructs are lifted out before Markdown runs: each becomes a token of private-use characters, which
Markdown treats as a word. A statement alone on its line becomes a paragraph of its own, or an item of the
list that it stands in, and so wraps whole blocks when it is put back.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

import markdown
from jinja2 import Environment
from markdown.extensions.toc import slugify_unicode, unique
from markdown.treeprocessors import Treeprocessor
from msgspec import Struct

from generator.model import Source
from generator.templating.sandbox import content_environment

_OPEN, _CLOSE, _LINE_OPEN, _LINE_CLOSE, _BREAK = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
RESERVED = re.compile("[\ue000-\ue004\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Characters that a text may not contain: those that stand for lifted Jinja, and control characters."""

_TOKEN = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_LINE = re.compile(f"{_LINE_OPEN}([0-9]+){_LINE_CLOSE}")
_ALONE = re.compile(rf"[ \t]*(?:{_OPEN}[0-9]+{_CLOSE}[ \t]*)+")
_HEADING = re.compile(r"^(#{1,6}[ \t]*)(?=\S)", re.MULTILINE)
_ITEM = re.compile(r"([ \t]*)([-*+]|[0-9]+\.)[ \t]+")
_STATEMENT = re.compile(r"\{%[-+]?\s*(\w+)\s*(.*?)\s*[-+]?%\}", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_EXTENSIONS = ("attr_list", "sane_lists", "tables", "fenced_code")
_LEXER: Environment = content_environment(autoescape=True)


class Statement(Struct, frozen=True):
    """One ``{% keyword rest %}``."""

    keyword: str
    rest: str


class Block(Struct, frozen=True):
    """One top-level element of the text, its Jinja still lifted, or the statement that stands between two."""

    tag: str
    html: str
    line: int
    """The line of a heading or a statement; of other blocks that of the one before."""
    id: str = ""
    classes: frozenset[str] = frozenset()
    statement: Statement | None = None

    @property
    def level(self) -> int:
        """1 to 6 for a heading, else 0."""
        return int(self.tag[1]) if re.fullmatch("h[1-6]", self.tag) else 0


class Article(Struct, frozen=True):
    """The blocks of a text, and the Jinja to restore in them."""

    blocks: tuple[Block, ...]
    tokens: tuple[str, ...]
    lines: tuple[int, ...]
    """The line of the file on which each token stands."""

    def source(self, lifted: str, where: str) -> Source:
        """``lifted`` HTML as Jinja source, which begins at ``where`` in its file."""
        for element in ("p", "li"):
            alone = rf"<{element}>\s*(?:<p>)?((?:{_OPEN}[0-9]+{_CLOSE}\s*)+)(?:</p>)?\s*</{element}>"
            lifted = re.sub(alone, self._bare_statements, lifted)
        parts = _TOKEN.split(lifted.strip())
        line, lines = 1, dict[int, int]()
        for index, part in enumerate(parts):
            if index % 2:
                lines.setdefault(line, self.lines[int(part)])
                parts[index] = self.tokens[int(part)]
            line += parts[index].count("\n")
        return Source("".join(parts), where, tuple(lines.items()))

    def _bare_statements(self, match: re.Match[str]) -> str:
        """A wrapper made for statements alone goes; one that holds a value is the author's."""
        sources = [self.tokens[int(number)] for number in _TOKEN.findall(match[1])]
        return match[1].strip() if all(source.startswith(("{%", "{##")) for source in sources) else match[0]

    def statements(self, lifted: str) -> list[tuple[str, int]]:
        """Keyword and line of each statement within ``lifted``, in order."""
        numbers = [int(number) for number in _TOKEN.findall(lifted)]
        found = ((_STATEMENT.fullmatch(self.tokens[number]), self.lines[number]) for number in numbers)
        return [(match[1], line) for match, line in found if match]

    def text(self, lifted: str) -> str:
        """``lifted`` HTML as Jinja source of plain text."""
        return _TOKEN.sub(lambda match: self.tokens[int(match[1])], html.unescape(_TAG.sub("", lifted)).strip())


def read_markdown(source: str, first_line: int = 1) -> Article:
    """``source`` as blocks; ``first_line`` is the line of the file on which it begins.

    The source must be valid Jinja and hold no ``RESERVED`` character: the caller checks both.
    """
    numbered = _number_headings(source, first_line)
    lifted, tokens, lines = _lift(numbered, first_line)
    collector = _Collector()
    converter = markdown.Markdown(extensions=list(_EXTENSIONS), output_format="html")
    converter.treeprocessors.register(collector, "blocks", -10)
    parts = converter.convert(_set_statements_apart(lifted, tokens)).split(_BREAK)
    statements = {index: _STATEMENT.fullmatch(token) for index, token in enumerate(tokens)}
    blocks: list[Block] = []
    line = first_line
    for part, (tag, identifier, classes, own_line) in zip(parts, collector.found, strict=False):
        line = own_line or line
        text = _LINE.sub("", part).strip()
        alone = _alone_in_paragraph(tag, text, statements, lines)
        blocks.extend(alone or [Block(tag, text, line, identifier, classes)])
        line = blocks[-1].line
    return Article(tuple(blocks), tuple(tokens), tuple(lines))


def _alone_in_paragraph(
    tag: str, text: str, statements: dict[int, re.Match[str] | None], lines: Sequence[int]
) -> list[Block]:
    inner = text.removeprefix("<p>").removesuffix("</p>").strip()
    if tag != "p" or not _ALONE.fullmatch(inner.replace("\n", " ")):
        return []
    found = [(int(number), statements[int(number)]) for number in _TOKEN.findall(inner)]
    if any(match is None for _, match in found):
        return []
    return [
        Block("", f"{_OPEN}{number}{_CLOSE}", lines[number], statement=Statement(match[1], match[2]))
        for number, match in found
        if match
    ]


def _number_headings(source: str, first_line: int) -> str:
    """Each heading carries its line through Markdown, which keeps no positions."""
    lines = source.split("\n")
    return "\n".join(
        _HEADING.sub(rf"\g<1>{_LINE_OPEN}{first_line + index}{_LINE_CLOSE}", line) for index, line in enumerate(lines)
    )


def _lift(source: str, first_line: int) -> tuple[str, list[str], list[int]]:
    tokens: list[str] = []
    lines: list[int] = []
    text: list[str] = []
    pending: list[str] = []
    closing = ""
    for line, kind, value in _LEXER.lex(source):
        if closing:
            pending.append(value)
            if kind == closing:
                # A sign that takes the space after it comes with that space, which may part paragraphs.
                whole = "".join(pending).rstrip()
                after = value[len(value.rstrip()) :]
                # Comments stay the author's: they never reach a page's source.
                text.append(("" if closing == "comment_end" else f"{_OPEN}{len(tokens)}{_CLOSE}") + after)
                if closing != "comment_end":
                    tokens.append(_escaped_raw(whole) if closing == "raw_end" else whole)
                    lines.append(first_line + line - 1 - whole.count("\n"))
                closing, pending = "", []
        elif kind.endswith("_begin"):
            closing, pending = kind.removesuffix("begin") + "end", [value]
        else:
            text.append(value)
    return "".join(text), tokens, lines


def _escaped_raw(raw: str) -> str:
    """The content of ``{% raw %}``, escaped: it is text, not HTML."""
    start, end = raw.index("%}") + 2, raw.rindex("{%")
    return raw[:start] + html.escape(_LINE.sub("", raw[start:end])) + raw[end:]


def _set_statements_apart(lifted: str, tokens: Sequence[str]) -> str:
    lines = lifted.split("\n")
    alone = [index for index, line in enumerate(lines) if _ALONE.fullmatch(line) and _only_statements(line, tokens)]
    as_item = _statements_in_lists(lines, alone, tokens)
    apart: list[str] = []
    for index, line in enumerate(lines):
        if index in as_item:
            apart.append(f"{as_item[index]}{line.strip()}")
        elif index in alone:
            apart.extend(("", line, ""))
        else:
            apart.append(line)
    return "\n".join(apart)


def _only_statements(line: str, tokens: Sequence[str]) -> bool:
    return all(tokens[int(number)].startswith("{%") for number in _TOKEN.findall(line))


def _statements_in_lists(lines: Sequence[str], alone: Sequence[int], tokens: Sequence[str]) -> dict[int, str]:
    """Lines whose statement wraps some items of a list, or repeats them, with the item marker to use.

    A condition around a whole list stays outside it, so that no empty list is left when it does not hold.
    """
    markers: dict[int, str] = {}
    opened: list[list[int]] = []
    for index in alone:
        keywords = [_STATEMENT.fullmatch(tokens[int(number)]) for number in _TOKEN.findall(lines[index])]
        keyword = keywords[0][1] if len(keywords) == 1 and keywords[0] else ""
        if keyword in {"if", "for"}:
            opened.append([index])
        elif keyword in {"elif", "else"} and opened:
            opened[-1].append(index)
        elif keyword in {"endif", "endfor"} and opened:
            group = [*opened.pop(), index]
            body = _ITEM.match(_next_text(lines, group[0], alone))
            around = (_previous_text(lines, group[0], alone), _next_text(lines, group[-1], alone))
            if body and (keyword == "endfor" or any(_ITEM.match(line) for line in around)):
                markers.update(dict.fromkeys(group, f"{body[1]}{body[2]} "))
    return markers


def _next_text(lines: Sequence[str], index: int, alone: Sequence[int]) -> str:
    return next((line for at, line in enumerate(lines[index + 1 :], index + 1) if line.strip() and at not in alone), "")


def _previous_text(lines: Sequence[str], index: int, alone: Sequence[int]) -> str:
    """The first line of the paragraph or item before ``index``."""
    found = ""
    for at in range(index - 1, -1, -1):
        line = lines[at]
        if at in alone or (not line.strip() and not found):
            continue
        if not line.strip() or _ITEM.match(line):
            return line if line.strip() else found
        found = line
    return found


class _Collector(Treeprocessor):
    """Notes each top-level element, gives headings their ids, and marks where the serialised text divides."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, frozenset[str], int]] = []

    def run(self, root: Element) -> None:
        taken = {element.get("id", "") for element in root.iter()}
        for element in root:
            line = _LINE.search(element.text or "")
            identifier = element.get("id", "")
            if re.fullmatch("h[1-6]", element.tag) and not identifier:
                words = _LINE.sub("", _TOKEN.sub("", "".join(element.itertext())))
                identifier = unique(slugify_unicode(words, "-") or "section", taken)
                element.set("id", identifier)
            classes = frozenset((element.get("class") or "").split())
            self.found.append((element.tag, identifier, classes, int(line[1]) if line else 0))
            element.tail = _BREAK
