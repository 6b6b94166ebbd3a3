"""The site of this repository, built whole: what must hold on every one of its pages."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.sites import REPOSITORY

BASE = "https://www.kaly.com"
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
    ids: frozenset[str]
    repeated_ids: tuple[str, ...]


@dataclass(frozen=True)
class Site:
    output: str
    folder: Path
    pages: Mapping[str, Page]
    """By address."""

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
        ids=frozenset(ids),
        repeated_ids=tuple(sorted({name for name in ids if ids.count(name) > 1})) if len(set(ids)) < len(ids) else (),
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    output = tmp_path_factory.mktemp("default")
    done = subprocess.run(
        [sys.executable, "-m", "generator", "pages", "--output", str(output), "--now", "2026-12-01"],
        capture_output=True, cwd=REPOSITORY, encoding="utf-8", check=False,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    folder = output / "site"
    pages = {
        "/" + file.relative_to(folder).as_posix().removesuffix("index.html"): read_page(file)
        for file in sorted(folder.rglob("*.html"))
    }
    return Site(done.stdout, folder, pages)


def test_it_has_a_page_of_each_language_for_every_city_that_it_selects(site: Site) -> None:
    english = [path for path in site.pages if path.startswith("/en-us/")]
    spanish = [path for path in site.pages if path.startswith("/es-us/")]
    assert len(english) == len(spanish) > 3000
    assert "/en-us/trigger-point-injections-for-sciatica/texas/waco/" in site.pages


def test_its_only_warning_is_the_translation_that_a_person_must_still_read(site: Site) -> None:
    findings = [line.strip() for line in site.output.splitlines() if "content/" in line]
    assert len(findings) == 1
    assert findings[0].startswith("content/topics/trigger-point-injections-for-sciatica/es-US.md: the translation is ")


def test_every_page_is_its_own_canonical_address(site: Site) -> None:
    wrong = [path for path, page in site.pages.items() if page.canonical != BASE + path and path != "/404.html"]
    assert wrong == []


def test_every_page_names_itself_and_a_default_among_its_alternates(site: Site) -> None:
    for path, page in site.pages.items():
        if path in {"/", "/404.html"}:
            continue
        languages = dict(page.alternates)
        assert len(languages) == len(page.alternates), path
        assert BASE + path in [address for tag, address in page.alternates if tag != "x-default"], path
        assert set(languages) == {"en-US", "es-US", "x-default"}, path
    assert dict(site.pages["/"].alternates)["x-default"] == f"{BASE}/"


def test_alternates_name_each_other_and_only_pages_that_may_be_indexed(site: Site) -> None:
    for path, page in site.pages.items():
        for tag, address in page.alternates:
            other = site.pages[address.removeprefix(BASE)]
            assert other.alternates == page.alternates, (path, tag)
            assert "noindex" not in other.robots, (path, tag)


def test_every_link_leads_to_a_file_and_every_fragment_to_an_id(site: Site) -> None:
    known: dict[str, bool] = {}
    broken: list[tuple[str, str]] = []
    for path, page in site.pages.items():
        for reference in page.references:
            address = urljoin(BASE + path, reference)
            if not address.startswith(f"{BASE}/"):
                continue
            target, _, fragment = address.removeprefix(BASE).partition("#")
            if target not in known:
                known[target] = site.exists(target)
            if not known[target] or (fragment and fragment not in site.pages[target].ids):
                broken.append((path, reference))
    assert broken == []


def test_no_page_repeats_an_id(site: Site) -> None:
    assert {path: page.repeated_ids for path, page in site.pages.items() if page.repeated_ids} == {}


def test_every_place_is_at_most_three_clicks_from_its_languages_home_page(site: Site) -> None:
    for home in ("/en-us/", "/es-us/"):
        reached, edge = {home}, {home}
        for _ in range(3):
            edge = {target for path in edge for target in site.pages[path].references if target in site.pages} - reached
            reached |= edge
        missing = [path for path in site.pages if path.startswith(home) and path not in reached]
        assert missing == []


def test_the_sitemaps_hold_exactly_the_pages_that_may_be_indexed_with_their_alternates(site: Site) -> None:
    index = (site.folder / "sitemap.xml").read_text("utf-8")
    named = re.findall(r"<sitemap><loc>([^<]*)</loc></sitemap>", index)
    files = sorted((site.folder / "sitemaps").iterdir())
    assert sorted(named) == [f"{BASE}/sitemaps/{file.name}" for file in files]
    listed: dict[str, tuple[tuple[str, str], ...]] = {}
    for file in files:
        for address, links in _ENTRY.findall(file.read_text("utf-8")):
            assert address not in listed
            listed[address] = tuple((tag, unescape(href)) for tag, href in _ALTERNATE.findall(links))
    indexable = {BASE + path: page.alternates for path, page in site.pages.items() if "noindex" not in page.robots}
    assert listed == indexable


def test_the_404_page_is_the_only_one_that_must_not_be_indexed(site: Site) -> None:
    assert [path for path, page in site.pages.items() if "noindex" in page.robots] == ["/404.html"]


def test_the_tree_holds_nothing_but_what_a_host_needs(site: Site) -> None:
    names = {file.relative_to(site.folder).as_posix() for file in site.folder.rglob("*") if file.is_file()}
    files = {f"{path}index.html"[1:] if path.endswith("/") else path[1:] for path in site.pages}
    files |= {name for name in names if name.startswith(("assets/", "sitemaps/"))}
    assert names - files == {"_headers", "_redirects", "favicon.ico", "robots.txt", "sitemap.xml"}
