"""A line of robots.txt says nothing to crawlers.

They pass over what they do not know, so a slip of the pen lets in what was to be kept out. A rule must name its
crawler first and begin with a slash; `noindex` has to stand in the page itself; only the first 500 KiB are sure to
be read. Correct the line, or leave it out.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from generator.check.examples import Edit
from generator.check.published import Published
from generator.check.quoting import quoted
from generator.check.robots import MOST_BYTES, RobotsLine, crawler_name, robots_lines
from generator.check.rule import documented, rule
from generator.errors import Finding

_ROBOTS = "/robots.txt"
_READ = ("user-agent", "allow", "disallow", "sitemap")
_OTHERS = frozenset("crawl-delay host clean-param request-rate visit-time content-signal content-usage license".split())
"""What only some crawlers read; it harms nobody else."""

_META = frozenset(("noindex", "nofollow", "noarchive", "nosnippet"))

GOOD = (
    Edit("$", "\nUSER-AGENT : Bingbot # Bing\nCrawl-delay: 5\nDisallow: *.pdf$\nAllow:\n", _ROBOTS),
    Edit(r"\A", "\ufeff# Disallow all\r\n\r\n", _ROBOTS),
    Edit("Disallow:", "Content-Signal: search=yes, ai-train=no\nDisallow:", _ROBOTS),
    Edit(r"\A.*\Z", "", _ROBOTS),
)
BAD = (
    Edit("Disallow:", "Dissalow: /private/", _ROBOTS),
    Edit("Disallow:", "Disallow /private/", _ROBOTS),
    Edit("Disallow:", "Disallow: private/", _ROBOTS),
    Edit("Disallow:", "Noindex: /private/\nDisallow:", _ROBOTS),
    Edit("User-agent: \\*", "Disallow: /private/\nUser-agent: *", _ROBOTS),
    Edit("User-agent: \\*", "User-agent:", _ROBOTS),
    Edit("Sitemap: https://www.example.com", "Sitemap: ", _ROBOTS),
    Edit(r"\A.*\Z", "<!doctype html>\n<title>Not found</title>\n", _ROBOTS),
)


@rule(severity="error", evidence=documented("https://www.rfc-editor.org/rfc/rfc9309", "2026-11-22"), scope=Published)
def robots_syntax(published: Published) -> Iterator[Finding]:
    text = published.text(_ROBOTS)
    size = published.size(_ROBOTS)
    if size > MOST_BYTES:
        what = f"it is {size:,} bytes long, and crawlers may read only the first {MOST_BYTES:,}"
        yield Finding(_ROBOTS, what, "Shorten it.")
    if text.lstrip("\ufeff \t\r\n").startswith("<"):
        yield Finding(_ROBOTS, "it is a page and no robots.txt", "Publish a text file there.")
        return
    # A file may have thousands of wrong lines; the first of each kind stands for them.
    faults: dict[tuple[str, str], list[RobotsLine]] = {}
    has_crawler = False
    for line in robots_lines(text):
        has_crawler = has_crawler or line.key == "user-agent"
        if fault := _fault(line, has_crawler):
            faults.setdefault(fault, []).append(line)
    for (why, fix), lines in faults.items():
        first = lines[0]
        said = quoted(f"{first.key}: {first.value}" if first.key else first.value)
        others = f", as does line {lines[1].number}" if len(lines) == 2 else f", as do {len(lines) - 1:,} others"
        yield Finding(_ROBOTS, f"line {first.number}, {said}, {why}{others if len(lines) > 1 else ''}", fix)


def _fault(line: RobotsLine, has_crawler: bool) -> tuple[str, str] | None:
    if not line.key:
        return "has no colon", "Write a word, a colon and a value."
    if line.key in _META:
        return "is not read in robots.txt", "Say it in a robots meta element of the page."
    if line.key not in _READ:
        if line.key in _OTHERS:
            return None
        near = get_close_matches(line.key, _READ, n=1)
        return "begins with an unknown word", f"Did you mean {near[0]}?" if near else "Leave the line out."
    if line.key == "user-agent":
        return None if crawler_name(line.value) else ("names no crawler", "Name one, or * for all.")
    if line.key == "sitemap":
        is_whole = line.value.lower().startswith(("http://", "https://"))
        return None if is_whole else ("has no whole address", "Begin it with https:// and the host.")
    if not has_crawler:
        return "stands before any user-agent", "Say first which crawler it is for."
    if line.value and line.value[0] not in "/*$":
        return "has a path that does not begin with a slash", f"Write /{line.value[:70]}."
    return None
