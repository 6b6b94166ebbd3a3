"""Sitemaps against the protocol's schema, and what a schema cannot say: every address exists, once, on this host.

Limits: https://www.sitemaps.org/protocol.html (50,000 addresses and 52,428,800 bytes a file, uncompressed; 50,000
files an index) and https://developers.google.com/search/docs/specialty/international/localized-versions
(alternates name the page itself and are reciprocal).
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

from generator.errors import Finding
from tests.verify.case import CannotRun, Case, Verdict
from tests.verify.host import HostedSite, read_site

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
MAX_ADDRESSES = 50_000
MAX_BYTES = 52_428_800
FILES_A_RUN = 500
INDEX_ELEMENTS = ("sitemapindex", "sitemap", "loc", "lastmod")
SCHEMA = Path(__file__).parent.parent / "sitemap-with-links.xsd"


@dataclass(frozen=True, slots=True)
class Entry:
    """One address of a sitemap with its alternates, as pairs of language and address."""

    file: str
    loc: str
    alternates: tuple[tuple[str, str], ...]


def judge(case: Case) -> Verdict:
    findings: list[Finding] = []
    index = case.tree / "sitemap.xml"
    files = _listed_files(case, index, findings)
    findings.extend(_not_listed(case.tree, files))
    findings.extend(_against_schema(case.tree, files))
    entries: list[Entry] = []
    for file in files:
        try:
            found = list(_entries(file, file.relative_to(case.tree).as_posix()))
        except ElementTree.ParseError as error:
            findings.append(_error(file.relative_to(case.tree).as_posix(), f"is no XML: {error}"))
            continue
        findings.extend(_over_limits(file.relative_to(case.tree).as_posix(), len(found), file.stat().st_size))
        entries.extend(found)
    site = read_site(case.tree)
    findings.extend(_bad_addresses(case, site, entries))
    findings.extend(_bad_alternates(case, site, entries))
    return Verdict(f"the index, {len(files)} sitemaps, {len(entries)} addresses", tuple(findings))


def _error(where: str, what: str, fix: str = "") -> Finding:
    return Finding(where, what, fix, "error")


def _listed_files(case: Case, index: Path, findings: list[Finding]) -> list[Path]:
    """The files that the index names, and what is wrong with the index."""
    if not index.is_file():
        findings.append(_error("sitemap.xml", "is missing"))
        return []
    try:
        root = ElementTree.parse(index).getroot()
    except ElementTree.ParseError as error:
        findings.append(_error("sitemap.xml", f"is no XML: {error}"))
        return []
    if root.tag != f"{SITEMAP}sitemapindex":
        findings.append(_error("sitemap.xml", f"is not a sitemap index but <{root.tag}>"))
    if strange := {child.tag for child in root.iter()} - {f"{SITEMAP}{n}" for n in INDEX_ELEMENTS}:
        findings.append(_error("sitemap.xml", f"has elements that an index may not have: {', '.join(sorted(strange))}"))
    locs = [element.text or "" for element in root.findall(f"{SITEMAP}sitemap/{SITEMAP}loc")]
    findings.extend(_over_limits("sitemap.xml", len(locs), index.stat().st_size))
    if not locs:
        findings.append(_error("sitemap.xml", "names no sitemap"))
    if len(locs) != len(root.findall(f"{SITEMAP}sitemap")):
        findings.append(_error("sitemap.xml", "has an entry without exactly one address"))
    robots = case.tree / "robots.txt"
    line = f"Sitemap: {case.base_url}/sitemap.xml"
    if not robots.is_file() or line not in robots.read_text("utf-8").splitlines():
        findings.append(_error("robots.txt", f'does not have the line "{line}"'))
    files: dict[Path, None] = {}
    for loc in locs:
        file = case.tree / unquote(loc.removeprefix(f"{case.base_url}/"))
        if not loc.startswith(f"{case.base_url}/"):
            findings.append(_error("sitemap.xml", f"{loc} is on another host than {case.base_url}"))
        elif file in files:
            findings.append(_error("sitemap.xml", f"names {loc} twice"))
        elif not file.is_file():
            findings.append(_error("sitemap.xml", f"names {loc}, which does not exist"))
        else:
            files[file] = None
    return list(files)


def _not_listed(tree: Path, files: Sequence[Path]) -> Iterator[Finding]:
    for file in sorted(set((tree / "sitemaps").glob("**/*.xml")) - set(files)):
        yield _error(file.relative_to(tree).as_posix(), "is in no index")


def _against_schema(tree: Path, files: Sequence[Path]) -> Iterator[Finding]:
    for start in range(0, len(files), FILES_A_RUN):
        command = ["xmllint", "--nonet", "--noout", "--schema", str(SCHEMA)]
        some = map(str, files[start : start + FILES_A_RUN])
        done = subprocess.run([*command, *some], capture_output=True, text=True)
        # Status 3 and 4 tell of faults in the documents, 1 of unreadable XML, 5 of the schema itself.
        if done.returncode not in {0, 1, 3, 4}:
            said = next(iter(done.stderr.strip().splitlines()), "nothing")
            raise CannotRun(f"xmllint failed with status {done.returncode}; it said: {said}")
        complaints = [line for line in done.stderr.splitlines() if ": " in line]
        for line in complaints:
            if done.returncode:
                yield _schema_finding(tree, line)
        if done.returncode and not complaints:
            yield _error("sitemaps", f"xmllint ended with status {done.returncode} without a word")


def _schema_finding(tree: Path, line: str) -> Finding:
    where, _, what = line.removeprefix(f"{tree}/").partition(": ")
    return _error(where, what.rstrip(". "))


def _entries(file: Path, name: str) -> Iterator[Entry]:
    for url in ElementTree.parse(file).getroot().iter(f"{SITEMAP}url"):
        links = url.findall(f"{XHTML}link")
        alternates = tuple((link.get("hreflang", ""), link.get("href", "")) for link in links)
        yield Entry(name, url.findtext(f"{SITEMAP}loc", ""), alternates)


def _over_limits(name: str, addresses: int, size: int) -> Iterator[Finding]:
    if addresses > MAX_ADDRESSES:
        yield _error(name, f"has {addresses:,} addresses; the limit is {MAX_ADDRESSES:,}")
    if size > MAX_BYTES:
        yield _error(name, f"has {size:,} bytes; the limit is {MAX_BYTES:,}")


def _bad_addresses(case: Case, site: HostedSite, entries: Sequence[Entry]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for entry in entries:
        if not entry.loc.startswith(f"{case.base_url}/"):
            yield _error(entry.file, f"{entry.loc} is on another host than {case.base_url}")
        elif not _is_page(site, entry.loc.removeprefix(case.base_url)):
            yield _error(entry.file, f"names {entry.loc}, which is not served as a page")
        if entry.loc in seen:
            yield _error(entry.file, f"names {entry.loc} again, after {seen[entry.loc]}")
        seen.setdefault(entry.loc, entry.file)


def _is_page(site: HostedSite, path: str) -> bool:
    return site.answer(path).status == 200


def _bad_alternates(case: Case, site: HostedSite, entries: Sequence[Entry]) -> Iterator[Finding]:
    by_loc = {entry.loc: entry for entry in entries}
    for entry in entries:
        if not entry.alternates:
            continue
        tags = [tag for tag, _ in entry.alternates]
        if len(set(tags)) != len(tags):
            yield _error(entry.file, f"{entry.loc} has two alternates of one language")
        if entry.loc not in {href for _, href in entry.alternates}:
            yield _error(entry.file, f"{entry.loc} is not among its own alternates")
        for tag, href in entry.alternates:
            other = by_loc.get(href)
            if tag == "x-default":
                if not href.startswith(f"{case.base_url}/") or not _is_page(site, href.removeprefix(case.base_url)):
                    yield _error(entry.file, f"{entry.loc} names {href} as {tag}, which is not served as a page")
            elif other is None:
                yield _error(entry.file, f"{entry.loc} names {href} as {tag}, which is in no sitemap")
            elif set(other.alternates) != set(entry.alternates):
                yield _error(entry.file, f"{entry.loc} and {href} do not name the same alternates")
