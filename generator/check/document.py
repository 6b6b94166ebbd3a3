"""One page, parsed once, as rules read it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

if TYPE_CHECKING:
    from generator.check.published import Address, Published

_UNREAD = frozenset({"script", "style", "template", "noscript", "head", "svg"})
"""Elements whose text nobody reads."""

_INLINE = frozenset(
    "a abbr b bdi bdo br cite code data dfn em i kbd label mark q s samp small span strong sub sup time u var"
    " wbr".split()
)
_AROUND = "nav, header, footer, aside"


@dataclass(frozen=True, slots=True)
class Link:
    """An anchor. ``text`` is what it is called by: its words, or else its label or the text of its pictures.

    ``target`` is where it leads on this site; None where it leads elsewhere, or nowhere.
    """

    href: str | None
    text: str
    rel: frozenset[str]
    target: Address | None
    is_in_main: bool


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class JsonLd:
    """A block of structured data: its nodes, or what is wrong with it."""

    source: str
    nodes: tuple[Mapping[str, Any], ...]
    fault: str = ""


class Document:
    """The page at ``path``; every view of it is made when it is first asked for."""

    def __init__(self, path: str, body: bytes, published: Published) -> None:
        self.path = path
        self.body = body
        self.published = published

    @cached_property
    def html(self) -> str:
        return self.body.decode("utf-8", "replace")

    @cached_property
    def tree(self) -> LexborHTMLParser:
        return LexborHTMLParser(self.html)

    def css(self, selector: str) -> list[LexborNode]:
        return self.tree.css(selector)

    @property
    def url(self) -> str:
        """The address as it is published; only the path where nobody knows the host."""
        return self.published.origin + self.path

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """Every title of the head; those of drawings are none."""
        return tuple(words(node) for node in self.css("title") if not _is_within(node, _UNREAD - {"head"}))

    @property
    def title(self) -> str:
        return self.titles[0] if self.titles else ""

    @cached_property
    def metas(self) -> tuple[tuple[str, str], ...]:
        """Names or properties of the meta elements in small letters, with what they say."""
        found = []
        for node in self.css("meta"):
            attributes = node.attributes
            name = attributes.get("name") or attributes.get("property") or ""
            if name:
                found.append((name.lower(), (attributes.get("content") or "").strip()))
        return tuple(found)

    def meta(self, name: str) -> str:
        """What the first meta element of this name says; empty when there is none."""
        return next((content for known, content in self.metas if known == name), "")

    @property
    def description(self) -> str:
        return self.meta("description")

    @cached_property
    def robots(self) -> frozenset[str]:
        """What all crawlers are told, in small letters."""
        said = (content for name, content in self.metas if name == "robots")
        return frozenset(part.strip().lower() for content in said for part in content.split(",") if part.strip())

    @property
    def is_indexable(self) -> bool:
        return not self.robots & {"noindex", "none"}

    @cached_property
    def canonicals(self) -> tuple[str, ...]:
        return tuple((node.attributes.get("href") or "").strip() for node in self.css('link[rel~="canonical" i]'))

    @property
    def canonical(self) -> str:
        return self.canonicals[0] if self.canonicals else ""

    @cached_property
    def alternates(self) -> tuple[tuple[str, str], ...]:
        """The codes of the page's translations, with their addresses, in order; its own among them."""
        nodes = self.css('link[rel~="alternate" i][hreflang]')
        return tuple((_said(node, "hreflang"), _said(node, "href")) for node in nodes)

    @cached_property
    def language(self) -> str:
        node = self.tree.css_first("html")
        return _said(node, "lang") if node else ""

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        return tuple(Heading(int((node.tag or "h1")[1]), words(node)) for node in self.css("h1, h2, h3, h4, h5, h6"))

    @property
    def h1(self) -> str:
        return next((heading.text for heading in self.headings if heading.level == 1), "")

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every anchor that leads somewhere, or means to."""
        return tuple(self._link(node) for node in self.css("a"))

    def _link(self, node: LexborNode) -> Link:
        href = node.attributes.get("href")
        target = self.published.local(href.strip(), self.path) if href is not None else None
        rel = frozenset(_said(node, "rel").lower().split())
        return Link(href, _name(node), rel, target, not _is_within(node, _AROUND_TAGS))

    @cached_property
    def ids(self) -> tuple[str, ...]:
        return tuple(value for node in self.css("[id]") if (value := node.attributes.get("id")) is not None)

    @cached_property
    def main(self) -> LexborNode | None:
        """The element that holds what the page is about; the body where nothing says so."""
        return self.tree.css_first("main") or self.tree.body

    @cached_property
    def main_text(self) -> str:
        """The words of the main part, a space between each two, without navigation and notes aside."""
        return " ".join(text for node in [self.main] if node for text in _texts(node, _UNREAD | {"nav", "aside"}))

    @cached_property
    def visible_text(self) -> str:
        """All words that a reader may see, a space between each two."""
        body = self.tree.body
        return " ".join(_texts(body, _UNREAD)) if body else ""

    @cached_property
    def blocks(self) -> tuple[str, ...]:
        """The text of each paragraph, heading, item or cell of the page as it is read: in one piece, spaces kept."""
        body = self.tree.body
        return tuple(_blocks(body)) if body else ()

    @cached_property
    def attribute_texts(self) -> tuple[tuple[str, str], ...]:
        """What attributes say to readers or search engines, each with its name: titles, labels, descriptions."""
        found = [(name, content) for name, content in self.metas if content]
        for node in self.css("[alt], [title], [aria-label], [placeholder]"):
            said = node.attributes
            found += [(name, text) for name in _SPOKEN if (text := said.get(name))]
        return tuple(found)

    @cached_property
    def json_ld(self) -> tuple[JsonLd, ...]:
        scripts = self.css('script[type="application/ld+json" i]')
        return tuple(_json_ld(node.text(deep=True)) for node in scripts)

    @cached_property
    def nodes(self) -> tuple[Mapping[str, Any], ...]:
        """Every node of the structured data, with the nodes within nodes."""
        return tuple(inner for block in self.json_ld for node in block.nodes for inner in _nested(node))


_SPOKEN = ("alt", "title", "aria-label", "placeholder")
_AROUND_TAGS = frozenset(_AROUND.split(", "))


def words(node: LexborNode) -> str:
    """The text of ``node`` with one space between words."""
    return " ".join(node.text(deep=True).split())


def types_of(node: Mapping[str, Any]) -> tuple[str, ...]:
    """The schema.org types of a node of structured data."""
    said = node.get("@type", ())
    return (said,) if isinstance(said, str) else tuple(kind for kind in said if isinstance(kind, str))


def _said(node: LexborNode, name: str) -> str:
    return (node.attributes.get(name) or "").strip()


def _name(node: LexborNode) -> str:
    label = _said(node, "aria-label")
    pictures = " ".join(_said(image, "alt") for image in node.css("img"))
    return label or words(node) or pictures.strip() or _said(node, "title")


def _is_within(node: LexborNode, tags: frozenset[str]) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag in tags:
            return True
        parent = parent.parent
    return False


def _texts(node: LexborNode, unread: frozenset[str]) -> Iterator[str]:
    # With a stack of its own: a hostile page may nest thousands of elements.
    waiting = [node.first_child]
    while waiting:
        child = waiting.pop()
        if child is None:
            continue
        waiting.append(child.next)
        if child.is_text_node:
            if text := " ".join((child.text_content or "").split()):
                yield text
        elif child.is_element_node and child.tag not in unread and not _is_hidden(child):
            waiting.append(child.first_child)


def _blocks(node: LexborNode) -> Iterator[str]:
    piece: list[str] = []
    waiting: list[LexborNode | None] = [node.first_child]
    while waiting:
        child = waiting.pop()
        if child is None:
            # An element that is no part of a sentence ends here, or the whole does.
            yield from _whole(piece)
            piece = []
            continue
        if child.next is not None:
            waiting.append(child.next)
        if child.is_text_node:
            piece.append(child.text_content or "")
        elif child.is_element_node and child.tag not in _UNREAD and not _is_hidden(child):
            if child.tag in _INLINE and not _has_block(child):
                piece.append("\n" if child.tag == "br" else child.text(deep=True))
            else:
                yield from _whole(piece)
                piece = []
                waiting += [None, child.first_child]
    yield from _whole(piece)


def _whole(piece: Sequence[str]) -> Iterator[str]:
    if text := "".join(piece).strip():
        yield text


def _has_block(node: LexborNode) -> bool:
    return any(inner.tag not in _INLINE for inner in node.css("*"))


def _is_hidden(node: LexborNode) -> bool:
    return "hidden" in node.attributes


def _json_ld(source: str) -> JsonLd:
    try:
        found = json.loads(source)
    except ValueError as error:
        return JsonLd(source, (), str(error))
    nodes = found if isinstance(found, list) else [found]
    if not all(isinstance(node, dict) for node in nodes):
        return JsonLd(source, (), "it is no object of names and values")
    return JsonLd(source, tuple(nodes))


def _nested(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _nested(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _nested(inner)
