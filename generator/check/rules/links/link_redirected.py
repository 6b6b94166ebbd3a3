"""A link leads to an address that only sends the reader on to another one.

Every click and every visit of a crawler makes a detour, and the link breaks when the redirect is cleared away.
Redirects are for links on other people's sites; link to the new address.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

import numpy as np

from generator.check.examples import Edit
from generator.check.links import Links
from generator.check.quoting import as_on_others, quoted
from generator.check.redirects import RedirectMap
from generator.check.rule import BUILD, rule
from generator.errors import Finding

GOOD = (
    Edit(r"\A", "/en-us/old/ /en-us/ 301\n", "/_redirects"),
    Edit(r"\A", "/en-us/sciatica/ /en-us/sciatica/texas/ 200\n", "/_redirects"),
    Edit(r"\A", "# /en-us/sciatica/ /en-us/ 301\n", "/_redirects"),
)
BAD = (
    Edit(r"\A", "/en-us/sciatica/ /en-us/ 301\n", "/_redirects"),
    Edit(r"\A", "/en-us/sciatica/ /en-us/old/\n/en-us/old/ /en-us/sciatica/\n", "/_redirects"),
)


@rule(severity="warning", evidence=BUILD, scope=Links)
def link_redirected(links: Links) -> Iterator[Finding]:
    for old, (source, count) in sorted(_linked(links).items()):
        new = _end(old, links.published.redirects)
        where = f", which only sends on to {quoted(new)}" if new else ", which sends on and on"
        fix = f"Let it lead to {quoted(new)} at once." if new else "Correct the redirect: it leads in a circle."
        yield Finding(source, f"a link leads to {quoted(old)}{where}{as_on_others(count)}", fix)


def _linked(links: Links) -> dict[str, tuple[str, int]]:
    """The redirected addresses that pages link to: the first of these pages, and how many they are."""
    known = links.published.redirects
    found = {target: (source, count) for target, source, count in links.astray if _sends_on(target, known)}
    for redirect in known.redirects:
        at = bisect_left(links.pages, redirect.source)
        is_page = at < len(links.pages) and links.pages[at] == redirect.source
        if is_page and _sends_on(redirect.source, known):
            sources = links.sources[links.targets == at]
            if sources.size:
                found[redirect.source] = (links.pages[int(np.min(sources))], int(sources.size))
    return found


def _sends_on(path: str, known: RedirectMap) -> bool:
    found = known.find(path)
    return found is not None and found.is_redirect


def _end(old: str, known: RedirectMap) -> str:
    """Where a redirect leads in the end; empty where that is nowhere."""
    seen, here = {old}, known.after(old)
    if here is None:
        found = known.find(old)
        return found.shown if found else ""
    while step := known.after(here[1]):
        if here[1] in seen:
            return ""
        seen.add(here[1])
        here = step
    last = known.find(here[1])
    return last.shown if last and last.is_redirect else here[1]
