"""A page as HTML in which the text that is its own is highlighted."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from html import escape
from pathlib import Path

from generator.render.local_words import has_own_words
from generator.render.piece import Piece
from generator.write.paths import page_file

_MARKUP = re.compile(
    r"(<!--.*?-->|<(script|style|textarea)\b.*?</\2[^>]*>|<(?:[^\"'>]|\"[^\"]*\"|'[^']*')*>)", re.DOTALL | re.IGNORECASE
)
"""Markup, in which no text can be marked: comments, elements in which a tag would be text, and tags."""

_KINDS = {"\1": "", "\2": "own-name", "\3": "own-words"}
"""Control characters, which no page holds, as signs that a text of each kind begins, with its class."""
_SIGN = re.compile("([\1\2\3])")

_ADDRESS = re.compile(r'(\s(?:href|src|action|poster)=")(/[^"]*)(?=")')
_SET = re.compile(r'(?<=\ssrcset=")[^"]*(?=")')
_SCRIPT = re.compile(r"<script\b[^>]*\ssrc=.*?</script>", re.DOTALL)
_STYLE = """<style>
mark.own-words { background: #ffe14d !important; color: #1a1a1a !important; padding: 0 .1em; }
mark.own-name { background: #cfd8e3 !important; color: #1a1a1a !important; padding: 0 .1em; }
.own-legend { background: #1a1a1a; color: #fff; font: 16px/1.5 system-ui, sans-serif; padding: .75rem 1rem; }
.own-legend p { margin: .2rem 0; max-width: none; color: #fff; }
</style>"""


def _signed(pieces: Sequence[Piece], names: Collection[str]) -> str:
    """The page with a sign before each piece, wherever that begins."""
    signs = ("\1" if piece.is_shared else "\3" if has_own_words(piece, names) else "\2" for piece in pieces)
    return "".join(f"{sign}{piece.text}" for sign, piece in zip(signs, pieces, strict=True))


def _marked(signed: str) -> tuple[str, str]:
    """The page with marks around the texts of its body, and its title with marks, which a page's head cannot have."""
    found: list[str] = []
    title: list[str] = []
    kind = tag = ""
    is_in_body = False
    parts = _MARKUP.split(signed)
    # Of each three parts the last is the name of an element that was left out whole.
    for text, following in zip(parts[::3], [*parts[1::3], ""], strict=True):
        for run in _SIGN.split(text):
            if run in _KINDS:
                kind = _KINDS[run]
                continue
            shown = f'<mark class="{kind}">{run}</mark>' if kind and run.strip() else run
            # A title may also be that of a drawing, in the body.
            is_title = tag.startswith("<title")
            found.append(shown if is_in_body and not is_title else run)
            if is_title and not is_in_body:
                title.append(shown)
        for sign in _SIGN.findall(following):
            kind = _KINDS[sign]
        markup = _SIGN.sub("", following)
        found.append(markup)
        tag = markup[:7].lower()
        is_in_body = (is_in_body or tag.startswith("<body")) and not tag.startswith("</body")
    return "".join(found), "".join(title)


def marked_page(pieces: Sequence[Piece], names: Collection[str], said: Iterable[str], tree: Path) -> str:
    """The page of ``pieces`` as HTML to open from a file; ``names`` are the words of its place's names.

    ``said`` stands above it. Its styles, its pictures and its links are those of the site in the folder ``tree``; what
    counts visits is left out.
    """
    html, title = _marked(_signed(pieces, names))
    legend = "".join(f"<p>{escape(line)}</p>" for line in said)
    legend = f'<div class="own-legend">{legend}<p>Title: {title}</p></div>'
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
