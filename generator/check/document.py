"""A page, parsed once, as rules read it."""

from __future__ import annotations

from bisect import bisect_right
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from re import Match, Pattern
from typing import Any, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.check.addresses import Address
from generator.check.json_ld import JsonLd, nested, read_json_ld, types_of
from generator.check.languages import primary
from generator.check.markup import UNREAD, enclosing, name_of, said, seen_text, spoken_text, words
from generator.check.prose import Passage, find_passages
from generator.check.published import Published
from generator.check.resources import LOADING, Resource, find_resources

_UNTITLED = UNREAD - {"head"}
"""Elements whose titles are their own, such as drawings."""

_ASIDE = frozenset({"nav", "footer", "aside"})
# Each by its name: the parser finds only children behind a list in ":is(…)" at the beginning.
_ASIDE_HEADINGS = ", ".join(f"{name} :is(h1, h2, h3, h4, h5, h6)" for name in ("nav", "footer", "aside"))
_UTF_16_MARKS = (BOM_UTF16_LE, BOM_UTF16_BE)
_MARKS = (*_UTF_16_MARKS, BOM_UTF8)
_BETWEEN = "\n\n"
"""Separator of the passages of a page in one text."""

_REMEMBERED = 32
"""Parsed pages that are kept: a page and its translations are asked for one after another. Some weigh megabytes."""

_SPOKEN = ("alt", "title", "aria-label", "placeholder")


class Link:
    """An anchor, ``node``; all but its ``href`` is looked up when it is first asked for, and most never is."""

    def __init__(self, node: LexborNode, path: str, published: Published) -> None:
        self.node = node
        self.href = node.attributes.get("href")
        self._path = path
        self._published = published

    @cached_property
    def text(self) -> str:
        """Link text: its words, or else its label or the text of its pictures."""
        return name_of(self.node)

    @property
    def rel(self) -> frozenset[str]:
        return frozenset(said(self.node, "rel").lower().split())

    @cached_property
    def target(self) -> Address | None:
        """Target on this site; None for a link that leads elsewhere, or nowhere."""
        return None if self.href is None else self._published.local(self.href.strip(), self._path)

    @property
    def is_in_main(self) -> bool:
        """Whether it is part of what the page is about; a header within the main part is, one around it is not."""
        around = list(enclosing(self.node))
        return not _ASIDE.intersection(around) and ("main" in around or "header" not in around)


class Heading(NamedTuple):
    """A heading; ``text`` is its name, as for a link."""

    level: int
    text: str
    node: LexborNode


class Document:
    """The page at ``path``; every view of it is made when it is first asked for."""

    def __init__(self, path: str, body: bytes, published: Published) -> None:
        self.path = path
        self.body = body
        self.published = published

    @cached_property
    def html(self) -> str:
        # To a parser a byte order mark is text, with which the body of the page would begin.
        return self.body.decode("utf-16" if self.body[:2] in _UTF_16_MARKS else "utf-8-sig", "replace")

    @cached_property
    def tree(self) -> LexborHTMLParser:
        # Bytes that are UTF-8 as they stand need not be written down once more.
        is_plain = not self.body.startswith(_MARKS) and "\ufffd" not in self.html
        return LexborHTMLParser(self.body if is_plain else self.html)

    def css(self, selector: str) -> list[LexborNode]:
        """The elements that ``selector`` means, in order; one that several of its parts mean is given as often."""
        return self.tree.css(selector)

    @property
    def url(self) -> str:
        """The published address; only the path where the host is unknown."""
        return self.published.origin + self.path

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """Every title of the head; those of drawings are none."""
        return tuple(words(node) for node in self.css("title") if _UNTITLED.isdisjoint(enclosing(node)))

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
        """Content of the first meta element of this name; empty when there is none."""
        return next((content for known, content in self.metas if known == name), "")

    @property
    def description(self) -> str:
        return self.meta("description")

    @cached_property
    def robots(self) -> frozenset[str]:
        """Robots directives for all crawlers, in lower case."""
        told = (content for name, content in self.metas if name == "robots")
        return frozenset(part.strip().lower() for content in told for part in content.split(",") if part.strip())

    @property
    def is_indexable(self) -> bool:
        return not self.robots & {"noindex", "none"}

    @cached_property
    def sends_on(self) -> bool:
        """Whether the page only redirects its reader, so that its text is never read."""
        return bool(self.css('meta[http-equiv="refresh" i][content*="url=" i]'))

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
        return tuple((said(node, "hreflang"), said(node, "href")) for node in nodes)

    @cached_property
    def language(self) -> str:
        node = self.tree.css_first("html")
        return said(node, "lang") if node else ""

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        nodes = self.css("h1, h2, h3, h4, h5, h6")
        return tuple(Heading(int((node.tag or "h1")[1]), words(node) or name_of(node), node) for node in nodes)

    @cached_property
    def outline(self) -> tuple[Heading, ...]:
        """The headings that have a text and are not those of navigation, footer or a note."""
        aside = {node.mem_id for node in self.css(_ASIDE_HEADINGS)}
        return tuple(heading for heading in self.headings if heading.text and heading.node.mem_id not in aside)

    @property
    def h1(self) -> str:
        return next((heading.text for heading in self.headings if heading.level == 1), "")

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every anchor, with or without a target."""
        return tuple(Link(node, self.path, self.published) for node in self.css("a"))

    @cached_property
    def queried(self) -> tuple[Link, ...]:
        """The links within the site whose address has a query."""
        may_be = (link for link in self.links if link.href and ("?" in link.href or "?" in self.url))
        return tuple(link for link in may_be if link.target and link.target.query)

    @cached_property
    def images(self) -> tuple[LexborNode, ...]:
        return tuple(self.css("img"))

    @cached_property
    def ids(self) -> tuple[str, ...]:
        return tuple(value for node in self.css("[id]") if (value := node.attributes.get("id")) is not None)

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Fragments that a link may name behind ``#``: ids, and the names of anchors."""
        return frozenset((*self.ids, *(said(node, "name") for node in self.css("a[name]"))))

    @cached_property
    def _by_id(self) -> Mapping[str, LexborNode]:
        return {said(node, "id"): node for node in reversed(self.css("[id]"))}

    def name(self, node: LexborNode) -> str:
        """Accessible name of an element: its labels, or else its content, or else its title.

        After https://www.w3.org/TR/accname-1.2/, as far as that can be told without styles and scripts.
        """
        labels = (self._by_id.get(label) for label in said(node, "aria-labelledby").split())
        labelled = " ".join(spoken_text(label) for label in labels if label is not None).strip()
        return labelled or said(node, "aria-label") or spoken_text(node) or said(node, "title")

    @cached_property
    def main(self) -> LexborNode | None:
        """The ``main`` element; the body where there is none."""
        return self.tree.css_first("main") or self.tree.body

    @cached_property
    def main_text(self) -> str:
        """The words of the main part, a space between each two, without navigation and notes aside."""
        return seen_text(self.main, UNREAD | {"nav", "aside"}) if self.main else ""

    @cached_property
    def visible_text(self) -> str:
        """All words that a reader may see, a space between each two."""
        return seen_text(self.tree.body, UNREAD) if self.tree.body else ""

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The page's title, its description and what is written on it, each passage with its language."""
        language = primary(self.language)
        parts = (("title", self.title), ("description", self.description))
        named = (Passage(text, language, part) for part, text in parts if text)
        return (*named, *find_passages(self.tree.body, language))

    @cached_property
    def writing(self) -> str:
        """The passages in one piece, each on lines of its own; also the first one begins behind the end of a line."""
        return "\n".join(["", *(passage.text for passage in self.passages)])

    @cached_property
    def prose(self) -> Mapping[str, str]:
        """The passages of each language in one piece, each on lines of its own."""
        languages = dict.fromkeys(passage.language for passage in self.passages)
        return {
            language: _BETWEEN.join(passage.text for passage in self.passages if passage.language == language)
            for language in languages
        }

    def written(self, patterns: Mapping[str, Pattern[str]]) -> list[tuple[Passage, Match[str]]]:
        """Matches of ``patterns``, one for each language that they know, in the passages; ``^`` must mean any line."""
        found: dict[int, Pattern[str]] = {}
        for language in self.prose.keys() & patterns.keys():
            starts, numbers = self._places[language]
            for match in patterns[language].finditer(self.prose[language]):
                # A match across two passages may hide one within either.
                first, last = (bisect_right(starts, place) for place in match.span())
                found |= dict.fromkeys(numbers[first - 1 : last], patterns[language])
        chosen = ((self.passages[number], found[number]) for number in sorted(found))
        return [(passage, match) for passage, pattern in chosen for match in pattern.finditer(passage.text)]

    @cached_property
    def _places(self) -> Mapping[str, tuple[list[int], list[int]]]:
        """Where each passage of a language begins in its ``prose``, and which of all passages it is."""
        found: dict[str, tuple[list[int], list[int]]] = {language: ([0], []) for language in self.prose}
        for number, passage in enumerate(self.passages):
            starts, numbers = found[passage.language]
            starts.append(starts[-1] + len(passage.text) + len(_BETWEEN))
            numbers.append(number)
        return found

    @cached_property
    def resources(self) -> tuple[Resource, ...]:
        """Resources that a browser loads from elsewhere, or may send data to, without following a link."""
        return tuple(find_resources(self.css(LOADING), self.url))

    @cached_property
    def has_scripts(self) -> bool:
        """Whether scripts run that may show, or fill, elements that the file leaves hidden or empty."""
        kinds = (said(node, "type").lower() for node in self.css("script"))
        return any(kind in {"", "module"} or kind.endswith("javascript") for kind in kinds)

    @cached_property
    def attribute_texts(self) -> tuple[tuple[str, str], ...]:
        """Attribute values for readers or search engines, each with its name: titles, labels, descriptions."""
        found = [(name, content) for name, content in self.metas if content]
        # An element that has two of them is given twice.
        nodes = {node.mem_id: node for node in self.css("[alt], [title], [aria-label], [placeholder]")}
        for node in nodes.values():
            attributes = node.attributes
            found += [(name, text) for name in _SPOKEN if (text := attributes.get(name))]
        return tuple(found)

    @cached_property
    def json_ld(self) -> tuple[JsonLd, ...]:
        scripts = self.css('script[type="application/ld+json" i]')
        return tuple(read_json_ld(node.text(deep=True)) for node in scripts)

    @cached_property
    def nodes(self) -> tuple[Mapping[str, Any], ...]:
        """Every node of the structured data, with the nodes within nodes."""
        return tuple(inner for block in self.json_ld for node in block.nodes for inner in nested(node))

    @cached_property
    def typed(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """The same nodes by their types, each type where the first of its nodes stands."""
        found: dict[str, list[Mapping[str, Any]]] = {}
        for node in self.nodes:
            for kind in dict.fromkeys(types_of(node)):
                found.setdefault(kind, []).append(node)
        return found


@lru_cache(_REMEMBERED)
def read_document(published: Published, path: str) -> Document | None:
    """The page of ``published`` at ``path``; None where there is none."""
    body = published.read(path)
    return None if body is None else Document(path, body, published)
