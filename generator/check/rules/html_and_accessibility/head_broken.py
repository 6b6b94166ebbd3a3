"""What is meant for search engines stands in the body of a page instead of its head.

Google reads description, robots, canonical address and translations in the head only. A browser and Google end the
head at the first element that does not belong there, such as `div` or `img`, and all that follows it counts as body: a
picture within `noscript` is enough. Move that element into the body.
"""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

_NAMES = frozenset({"description", "robots", "googlebot", "bingbot"})
GOOD = (
    Edit(
        "With a needle.",
        '<span itemscope><meta itemprop="name" content="A needle"><link itemprop="url" href="/"></span>',
    ),
    Edit("With a needle.", '<link rel="stylesheet" href="/a.css"><meta name="twitter:card" content="summary">'),
    Edit("<title>", '<noscript><link rel="stylesheet" href="/a.css"><style>a {}</style></noscript><title>'),
    Edit("</head>", "</head><div></div>"),
    Edit("<head>", ""),
)
BAD = (
    Edit("<title>", "<div></div><title>"),
    Edit('<link rel="canonical"', '<img src="/favicon.ico" alt="" width="9" height="9"><link rel="canonical"'),
    Edit("<title>", '<noscript><img src="https://example.org/p" alt=""></noscript><title>'),
    Edit("<title>", "Hello <title>"),
    Edit("With a needle.", '<meta name="Robots" content="noindex">'),
    Edit("With a needle.", '<link rel="alternate" hreflang="es-US" href="https://www.example.com/es-us/">'),
)


@rule(
    severity="warning",
    evidence=documented(
        "https://developers.google.com/search/docs/crawling-indexing/valid-page-metadata", "2026-11-22"
    ),
    scope=Document,
)
def head_broken(document: Document) -> Iterator[Finding]:
    astray = [kind for node in document.css("body meta[name], body link[rel]") if (kind := _kind(node))]
    if astray:
        what = f"{astray[0]} stands in the body{as_in_others(len(astray))}"
        yield Finding(document.path, what, "Move whatever ended the head before it into the body.")


def _kind(node: LexborNode) -> str:
    said = node.attributes
    name, rel = (said.get("name") or "").strip().lower(), (said.get("rel") or "").lower().split()
    if node.tag == "meta":
        return f"<meta name={quoted(name)}>" if name in _NAMES else ""
    if "canonical" in rel:
        return "<link rel=“canonical”>"
    return "<link hreflang>" if "alternate" in rel and "hreflang" in said else ""
