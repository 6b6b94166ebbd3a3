"""The site of this repository, built whole: what must hold on every one of its pages, whatever ``content/`` says."""

from __future__ import annotations

import datetime
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

import pytest
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from generator.errors import Finding
from generator.ledger.cache import Cache
from generator.load.site import read_site
from generator.model import Place, Topic
from generator.model import Site as Content
from generator.plan.slugs import slugify
from tests.sites import REPOSITORY

TODAY = datetime.date(2026, 12, 1)
MOST_PAGES = 20_000
"""Of a larger selection, the largest places are enough."""
_ENTRY = re.compile(r"<url><loc>([^<]*)</loc>(.*?)</url>")
_ALTERNATE = re.compile(r'<xhtml:link rel="alternate" hreflang="([^"]*)" href="([^"]*)"/>')


@dataclass(frozen=True)
class Page:
    """What the tests need of one page."""

    canonical: str
    robots: str
    alternates: tuple[tuple[str, str], ...]
    references: frozenset[str]
    """Everything that the page links to or loads, as it is written."""
    links: frozenset[str]
    """What readers can click on."""
    ids: frozenset[str]
    repeated_ids: tuple[str, ...]


@dataclass(frozen=True)
class Site:
    content: Content
    output: str
    folder: Path
    pages: Mapping[str, Page]
    """By address."""
    expected: Mapping[str, frozenset[str]]
    """The addresses that the content asks for, with the languages that each should name as its alternates."""

    @property
    def base(self) -> str:
        return self.content.config.base_url

    def exists(self, address: str) -> bool:
        return (
            self.folder / f"{address}index.html"[1:] if address.endswith("/") else self.folder / address[1:]
        ).is_file()


def read_page(file: Path) -> Page:
    parser = LexborHTMLParser(file.read_bytes().decode())
    head = parser.head
    assert head is not None
    canonical = head.css_first("link[rel=canonical]")
    robots = head.css_first("meta[name=robots]")
    alternates = head.css("link[rel=alternate]")
    ids = [node.attributes["id"] or "" for node in parser.css("[id]")]
    references = [node.attributes.get(name) for name in ("href", "src") for node in parser.css(f"[{name}]")]
    references += [node.attributes.get("content") for node in head.css('meta[property="og:image"]')]
    return Page(
        canonical=(canonical.attributes["href"] or "") if canonical else "",
        robots=(robots.attributes["content"] or "") if robots else "",
        alternates=tuple((link.attributes["hreflang"] or "", link.attributes["href"] or "") for link in alternates),
        references=frozenset(reference or "" for reference in references),
        links=frozenset(link.attributes.get("href") or "" for link in parser.css("a[href]")),
        ids=frozenset(ids),
        repeated_ids=tuple(sorted({name for name in ids if ids.count(name) > 1})) if len(set(ids)) < len(ids) else (),
    )


def read_content() -> tuple[Content, list[str]]:
    """The content that is built, and the options that select it."""
    content = read_site(REPOSITORY, (), TODAY, Cache()).site
    assert content
    limit = max(MOST_PAGES // len(content.topics), 1)
    if len(content.places) <= limit:
        return content, []
    setting = f"places.limit={limit}"
    content = read_site(REPOSITORY, (setting,), TODAY, Cache()).site
    assert content
    return content, ["--set", setting]


def expected_pages(content: Content) -> Iterator[tuple[str, frozenset[str]]]:
    """The address of each page but the 404 page, and the languages of its alternates."""
    urls = content.config.urls
    homes = frozenset(locale.tag for locale in content.locales) | {"x-default"}
    yield "/", homes
    for locale in content.locales:
        yield urls.home.format(locale=locale.slug), homes
    served = {locale.tag: locale.countries for locale in content.locales}
    for topic in content.topics:
        versions = [other.locale for other in content.topics if other.id == topic.id]
        names = {"locale": topic.locale.lower(), "topic": topic.slug}
        yield urls.topic.format(**names), _cluster(content, versions)
        for place in content.places:
            if place.country in served[topic.locale]:
                languages = _cluster(content, [tag for tag in versions if place.country in served[tag]])
                yield urls.region.format(**names, **_names(place)), languages
                yield urls.place.format(**names, **_names(place), place=place.slug), languages


def _cluster(content: Content, tags: list[str]) -> frozenset[str]:
    if len(tags) == 1:
        return frozenset()
    return frozenset(tags) | ({"x-default"} if content.locales[0].tag in tags else set())


def _names(place: Place) -> dict[str, str]:
    region = place.region
    return {"country": place.country.lower(), "region": slugify(region.name) or region.code.lower()}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    content, options = read_content()
    output = tmp_path_factory.mktemp("default")
    done = subprocess.run(
        [sys.executable, "-m", "generator", "pages", "--output", str(output), "--now", str(TODAY), *options],
        capture_output=True, cwd=REPOSITORY, encoding="utf-8", check=False,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    folder = output / "site"
    # What an author publishes as it is need not be a page like the others.
    public = {folder / file.path[1:] for file in content.public_files}
    pages = {
        "/" + file.relative_to(folder).as_posix().removesuffix("index.html"): read_page(file)
        for file in sorted(folder.rglob("*.html"))
        if file not in public
    }
    return Site(content, done.stdout, folder, pages, dict(expected_pages(content)))


def test_it_has_a_page_of_each_topic_and_language_for_every_city_that_it_selects(site: Site) -> None:
    assert site.content.places
    assert site.content.topics
    assert set(site.pages) == {*site.expected, "/404.html"}


def test_its_only_warnings_are_those_of_its_content(site: Site) -> None:
    lines = site.output.splitlines()
    starts = [number for number, line in enumerate(lines) if re.fullmatch(r"[\d,]+ (warning|error)s?:", line)]
    findings = site.content.findings
    assert [lines[number] for number in starts] == ([_count(findings)] if findings else [])
    shown = [line.strip() for number in starts for line in lines[number + 1 : -1]]
    assert shown[:20] == [str(finding) for finding in findings[:20]]
    assert len(shown) == min(len(findings), 21)


def _count(findings: tuple[Finding, ...]) -> str:
    return f"{len(findings):,} warning{'s' if len(findings) > 1 else ''}:"


def test_it_warns_of_unread_translations_languages_without_a_topic_and_poor_tables_only(site: Site) -> None:
    content = site.content
    pending = [topic.source for topic in content.topics if _is_pending(topic)]
    empty = [locale.tag for locale in content.locales if not any(t.locale == locale.tag for t in content.topics)]
    said = {
        reason: [finding for finding in content.findings if reason in finding.what]
        for reason in ("translation is pending", "has no topic yet")
    }
    assert [finding.where for finding in said["translation is pending"]] == pending
    assert len(said["has no topic yet"]) == len(empty)
    tables = content.config.tables.values()
    poor = [str(table.file) for table in tables]
    poor += [f'"{name}"' for table in tables for name, column in table.columns.items() if column.max_age_days]
    others = [str(finding) for finding in content.findings if not any(finding in found for found in said.values())]
    assert [line for line in others if not any(name in line for name in poor)] == []


def _is_pending(topic: Topic) -> bool:
    _, front, _ = (REPOSITORY / topic.source).read_text("utf-8").split("---\n", 2)
    return re.search(r"""^translation: *["']?pending review""", front, re.MULTILINE) is not None


def test_every_page_is_its_own_canonical_address(site: Site) -> None:
    wrong = [path for path, page in site.pages.items() if page.canonical != site.base + path and path != "/404.html"]
    assert wrong == []


def test_every_page_names_itself_and_its_translations_among_its_alternates(site: Site) -> None:
    for path, page in site.pages.items():
        if path in {"/", "/404.html"}:
            continue
        languages = dict(page.alternates)
        assert len(languages) == len(page.alternates), path
        if languages:
            assert site.base + path in [address for tag, address in page.alternates if tag != "x-default"], path
        assert set(languages) == site.expected[path], path
    assert dict(site.pages["/"].alternates)["x-default"] == f"{site.base}/"


def test_alternates_name_each_other_and_only_pages_that_may_be_indexed(site: Site) -> None:
    for path, page in site.pages.items():
        for tag, address in page.alternates:
            other = site.pages[address.removeprefix(site.base)]
            assert other.alternates == page.alternates, (path, tag)
            assert "noindex" not in other.robots, (path, tag)


def test_every_link_leads_to_a_file_and_every_fragment_to_an_id(site: Site) -> None:
    known: dict[str, bool] = {}
    broken: list[tuple[str, str]] = []
    for path, page in site.pages.items():
        for reference in page.references:
            # Pages link to each other by path: an address in full is an author's, such as the button's.
            if reference in page.links and reference.startswith(site.base):
                continue
            address = urljoin(site.base + path, reference)
            if not address.startswith(f"{site.base}/"):
                continue
            target, _, fragment = address.removeprefix(site.base).partition("#")
            if target not in known:
                known[target] = site.exists(target)
            if not known[target] or (fragment and fragment not in site.pages[target].ids):
                broken.append((path, reference))
    assert broken == []


def test_no_page_repeats_an_id(site: Site) -> None:
    assert {path: page.repeated_ids for path, page in site.pages.items() if page.repeated_ids} == {}


def test_every_place_is_at_most_three_clicks_from_its_languages_home_page(site: Site) -> None:
    for locale in site.content.locales:
        home = site.content.config.urls.home.format(locale=locale.slug)
        reached, edge = {home}, {home}
        for _ in range(3):
            edge = {target for path in edge for target in site.pages[path].references if target in site.pages} - reached
            reached |= edge
        assert sorted(_pages_in(site, locale.tag) - reached) == []


def _pages_in(site: Site, tag: str) -> set[str]:
    """The addresses of a language."""
    content = site.content
    locales = tuple(locale for locale in content.locales if locale.tag == tag)
    topics = tuple(topic for topic in content.topics if topic.locale == tag)
    return {path for path, _ in expected_pages(replace(content, locales=locales, topics=topics))} - {"/"}


def test_the_sitemaps_hold_exactly_the_pages_that_may_be_indexed_with_their_alternates(site: Site) -> None:
    index = (site.folder / "sitemap.xml").read_text("utf-8")
    named = re.findall(r"<sitemap><loc>([^<]*)</loc></sitemap>", index)
    files = sorted((site.folder / "sitemaps").iterdir())
    assert sorted(named) == [f"{site.base}/sitemaps/{file.name}" for file in files]
    listed: dict[str, tuple[tuple[str, str], ...]] = {}
    for file in files:
        for address, links in _ENTRY.findall(file.read_text("utf-8")):
            assert address not in listed
            listed[address] = tuple((tag, unescape(href)) for tag, href in _ALTERNATE.findall(links))
    indexable = {site.base + path: page.alternates for path, page in site.pages.items() if "noindex" not in page.robots}
    assert listed == indexable


def test_the_404_page_is_the_only_one_that_must_not_be_indexed(site: Site) -> None:
    assert [path for path, page in site.pages.items() if "noindex" in page.robots] == ["/404.html"]


def test_the_tree_holds_nothing_but_what_a_host_needs(site: Site) -> None:
    names = {file.relative_to(site.folder).as_posix() for file in site.folder.rglob("*") if file.is_file()}
    files = {f"{path}index.html"[1:] if path.endswith("/") else path[1:] for path in site.pages}
    files |= {name for name in names if name.startswith(("assets/", "sitemaps/"))}
    needed = {"_headers", "_redirects", "favicon.ico", "robots.txt", "sitemap.xml"}
    assert names - files == needed | {file.path[1:] for file in site.content.public_files} - files
