"""Sentences of texts as digests with their number of words, in which the names of a page's place make no difference."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from html import unescape

from generator.render.local_words import said_texts, words_of
from generator.render.pages import PageText

_INLINE = "a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|time|u|var|wbr"
_TAG = re.compile(r"<[^<>]*>?")
_TAG_OF_BLOCK = re.compile(rf"<(?!/?(?:{_INLINE})\b)[^<>]*>?", re.IGNORECASE)
_END_OF_TAG = re.compile(r"^[^<>]*>?")
_END = re.compile(r"\0|(?<=[.!?…؟।])\s+|(?<=[\u3002\uff01\uff1f])")
"""Ends of sentences, and of blocks, which ``_plain`` marks."""
_OF_WHOLE_TEXTS = 1 << 63
"""Tells the digest of a sentence of a page's whole text from that of the same words as a piece of a traced one."""

Digested = Mapping[int, int]
"""Numbers of words by 64-bit digests; a sentence that a page has twice stands there once."""


def own_pieces(page: PageText) -> Digested:
    """Pieces that the traces of a page call its own: values, texts of passages under a condition, and its facts.

    Constants are cut into their sentences, so that a passage within another one does not change what the pieces are.
    """
    found: dict[int, int] = {}
    for text in dict.fromkeys(_own_texts(page)):
        if text not in page.own_names:
            _count(_sentences(_without(text, page.own_names)), page.names, found)
    return found


def whole_sentences(page: PageText) -> Digested:
    """All sentences of a page's main text, and its facts; comparable with those of other pages only."""
    found: dict[int, int] = {}
    texts = [_plain(text) if is_html else text for text, is_html in page.whole or ()]
    for text in (*texts, *said_texts(page.facts)):
        # Whole texts do not come again, so they are not kept.
        _count(_sentences.__wrapped__(_without(text, page.own_names)), page.names, found)
    return {digest ^ _OF_WHOLE_TEXTS: words for digest, words in found.items()}


def outside_tags(text: str, is_in_tag: bool) -> tuple[str, bool]:
    """HTML without the rest of a tag that began before it, and whether it ends within one."""
    if is_in_tag:
        text = _END_OF_TAG.sub(" ", text) if ">" in text else ""
    return text, text.rfind("<") > text.rfind(">") if text else is_in_tag


def _own_texts(page: PageText) -> Iterator[str]:
    is_in_tag = False
    for piece in page.main or ():
        text = piece.text
        if piece.is_html and (is_in_tag or "<" in text):
            text, is_in_tag = _outside_tags(text, is_in_tag)
        if text and not piece.is_shared:
            yield _plain(text) if piece.is_html else text
    yield from said_texts(page.facts)


@lru_cache(maxsize=16_384)
def _outside_tags(text: str, is_in_tag: bool) -> tuple[str, bool]:
    return outside_tags(text, is_in_tag)


def _plain(html: str) -> str:
    """Visible text of HTML, with a mark between blocks."""
    if "<" in html:
        html = _TAG.sub("", _TAG_OF_BLOCK.sub("\0", html))
    return unescape(html) if "&" in html else html


_Sentence = tuple[int, tuple[str, ...]]
"""The digest of a sentence, and its words."""


@lru_cache(maxsize=16_384)
def _sentences(text: str) -> tuple[_Sentence, ...]:
    return tuple([_digested(sentence) for sentence in _END.split(text)])


@lru_cache(maxsize=65_536)
def _digested(sentence: str) -> _Sentence:
    words = words_of(sentence)
    digest = blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little"), words


def _count(sentences: Iterable[_Sentence], names: frozenset[str], found: dict[int, int]) -> None:
    """Add the numbers of words of ``sentences`` to ``found``, those of ``names`` left out."""
    for digest, words in sentences:
        count = len(words) if names.isdisjoint(words) else sum(word not in names for word in words)
        if count:
            found[digest] = count


def _without(text: str, names: Sequence[str]) -> str:
    """``text`` without ``names``, so that the same sentence with another place's name is the same.

    Of ``names`` a longer one stands before those that it begins with. They are taken as they are spelled: Reading is a
    city, and "reading" a word like any other.
    """
    for name in names:
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            is_word = not text[at - 1 : at].isalnum() and not text[end : end + 1].isalnum()
            text = f"{text[:at]} {text[end:]}" if is_word else text
            at = text.find(name, at + 1)
    return text
