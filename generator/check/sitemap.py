"""Reads sitemaps as crawlers do: from robots.txt and the usual place, and from there wherever they lead."""

from __future__ import annotations

from typing import NamedTuple
from xml.etree import ElementTree

from generator.check.published import Published
from generator.check.robots import robots_lines

USUAL = "/sitemap.xml"
_IGNORED = ("priority", "changefreq")


class Entry(NamedTuple):
    """One address of a sitemap; ``path`` is None where it is none of this site, ``others`` are tags of no effect."""

    loc: str
    path: str | None
    lastmod: str
    others: str


class SitemapFacts(NamedTuple):
    """One file: a ``urlset`` of pages or a ``sitemapindex`` of other files; ``fault`` says why it is neither."""

    path: str
    kind: str
    size: int
    entries: tuple[Entry, ...]
    fault: str = ""

    @property
    def named(self) -> tuple[str, ...]:
        """The sitemaps that an index lists."""
        return tuple(entry.path for entry in self.entries if entry.path) if self.kind == "sitemapindex" else ()


def first_sitemaps(published: Published) -> list[str]:
    """The sitemaps that robots.txt names, and the one in the usual place."""
    named = (line.value for line in robots_lines(published.text("/robots.txt")) if line.key == "sitemap")
    announced = [address.path for value in named if (address := published.local(value))]
    return list(dict.fromkeys([*announced, *([USUAL] if published.has(USUAL) else [])]))


def read_sitemap(path: str, published: Published) -> SitemapFacts:
    """The sitemap at ``path``."""
    body = published.read(path)
    if body is None:
        return SitemapFacts(path, "", 0, (), "there is no such file")
    try:
        root = ElementTree.fromstring(body)  # noqa: S314 - expat limits what an entity may grow to
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        # The last two are what an unknown encoding, or one of several bytes a letter, ends in.
        return SitemapFacts(path, "", len(body), (), f"it is no XML: {error}")
    kind = _local(root.tag)
    if kind not in {"urlset", "sitemapindex"}:
        return SitemapFacts(path, kind, len(body), (), f"it begins with <{kind}>")
    return SitemapFacts(path, kind, len(body), tuple(_entry(node, published) for node in root))


def _entry(node: ElementTree.Element, published: Published) -> Entry:
    said = {_local(child.tag): (child.text or "").strip() for child in node}
    loc = said.get("loc", "")
    # An address in a sitemap is a whole one; any other leads nowhere.
    address = published.local(loc) if loc.startswith(("http://", "https://")) else None
    others = ", ".join(name for name in _IGNORED if name in said)
    return Entry(loc, address.path if address else None, said.get("lastmod", ""), others)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
