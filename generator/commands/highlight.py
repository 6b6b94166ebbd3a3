"""A page as HTML in which the text that is its own is highlighted."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from html import escape
from pathlib import Path

from generator.render.local_words import has_own_words
from generator.render.piece import Piece
from generator.write.paths import page_file

_RAW = frozenset({"script", "style", "title", "textarea"})
"""Elements in which a tag would be text."""

_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_ADDRESS = re.compile(r'(\s(?:href|src|action|poster)=")(/[^"]*)(?=")')
_SET = re.compile(r'(?<=\ssrcset=")[^"]*(?=")')
_SCRIPT = re.compile(r"<script\b[^>]*\ssrc=.*?</script>", re.DOTALL)
_STYLE = """<style>
mark.own-words { background: #ffe14d !important; color: #1a1a1a !important; padding: 0 .1em; }
mark.own-name { background: #cfd8e3 !important; color: #1a1a1a !important; padding: 0 .1em; }
.own-legend { background: #1a1a1a; color: #fff; font: 16px/1.5 system-ui, sans-serif; padding: .75rem 1rem; }
.own-legend p { margin: .2rem 0; max-width: none; color: #fff; }
</style>"""


class _Marker:
    """Puts marks around the text of pieces, wherever in the page they begin and end."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = names
        self._tag = ""
        self._quote = ""
        self._raw = ""
        self._is_in_body = False
        self.title = ""

    def marked(self, pieces: Iterable[Piece]) -> Iterator[str]:
        for piece in pieces:
            kind = "" if piece.is_shared else "own-words" if has_own_words(piece, self._names) else "own-name"
            rest = piece.text
            while rest:
                part, rest, is_text = self._next(rest)
                shown = f'<mark class="{kind}">{part}</mark>' if kind and is_text and part.strip() else part
                if is_text and self._raw == "title":
                    self.title += shown
                yield shown if is_text and not self._raw and self._is_in_body else part

    def _next(self, text: str) -> tuple[str, str, bool]:
        """The first part of ``text``, the rest, and whether the part is text and no tag."""
        if self._tag:
            return self._in_tag(text)
        end = text.lower().find(f"</{self._raw}") if self._raw and self._raw != "--" else text.find("<")
        if self._raw == "--":
            end = text.find("-->")
            if end >= 0:
                self._raw = ""
                return text[: end + 3], text[end + 3 :], False
        if end < 0:
            return text, "", self._raw != "--"
        if end:
            return text[:end], text[end:], self._raw != "--"
        if text.startswith("<!--"):
            self._raw = "--"
            return text[:4], text[4:], False
        self._tag = "<"
        return "<", text[1:], False

    def _in_tag(self, text: str) -> tuple[str, str, bool]:
        for at, char in enumerate(text):
            if self._quote:
                self._quote = "" if char == self._quote else self._quote
            elif char in "\"'":
                self._quote = char
            elif char == ">":
                self._close(self._tag + text[: at + 1])
                return text[: at + 1], text[at + 1 :], False
        self._tag += text
        return text, "", False

    def _close(self, tag: str) -> None:
        self._tag = ""
        found = _NAME.match(tag)
        name = found[1].lower() if found else ""
        if name in _RAW:
            self._raw = "" if tag.startswith("</") else name
        elif name == "body":
            self._is_in_body = not tag.startswith("</")


def marked_page(pieces: Iterable[Piece], names: Collection[str], said: Iterable[str], tree: Path) -> str:
    """The page of ``pieces`` as HTML to open from a file; ``names`` are the words of its place's names.

    ``said`` stands above it. Its styles, its pictures and its links are those of the site in the folder ``tree``; what
    counts visits is left out.
    """
    marker = _Marker(names)
    html = "".join(marker.marked(pieces))
    legend = "".join(f"<p>{escape(line)}</p>" for line in said)
    legend = f'<div class="own-legend">{legend}<p>Title: {marker.title}</p></div>'
    html = _SCRIPT.sub("", html)
    html = html.replace("</head>", f"{_STYLE}</head>", 1)
    html = re.sub(r"<body\b[^>]*>", lambda body: body[0] + legend, html, count=1)
    html = _ADDRESS.sub(lambda found: found[1] + _in_tree(found[2], tree), html)
    return _SET.sub(lambda found: _candidates(found[0], tree), html)


def _in_tree(address: str, tree: Path) -> str:
    """The address of the file that answers in ``tree``; what has none there stays."""
    path, mark, fragment = address.partition("#")
    file = tree / page_file(path)[1:]
    return f"{file.absolute().as_uri()}{mark}{fragment}" if file.is_file() else address


def _candidates(srcset: str, tree: Path) -> str:
    parts = (part.strip().partition(" ") for part in srcset.split(", "))
    return ", ".join(f"{_in_tree(address, tree)}{space}{size}" for address, space, size in parts)
