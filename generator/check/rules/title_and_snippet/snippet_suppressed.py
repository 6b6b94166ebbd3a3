"""The page forbids search engines to show a piece of its text.

With `nosnippet` or `max-snippet:0` a result has a title and an address, and nothing that says why to choose it.
`data-nosnippet` does the same for a part of a page; the rule speaks where that is more than half of the main text,
which is a house number. Remove it, unless a contract or a law asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.markup import words
from generator.check.quoting import quoted
from generator.check.rule import documented, rule
from generator.errors import Finding
from generator.plan.routes import NOT_FOUND

_CRAWLERS = frozenset({"robots", "googlebot"})
_SUPPRESSED = ("nosnippet", "max-snippet:0")
# Google heeds the attribute on these elements only.
_WITHHELD = ":is(div, span, section)[data-nosnippet]"
_SHARE = 0.5

_ROBOTS = 'content="max-image-preview:large"'
_PROSE = '<div class="prose">'
GOOD = (
    Edit(_ROBOTS, 'content="max-snippet:-1, max-image-preview:none"'),
    Edit(_ROBOTS, 'content="noindex, nosnippet"'),
    Edit("<p>With a needle.</p>", "<div data-nosnippet>With a needle.</div>"),
    Edit('<main id="page-main">', '<main id="page-main" data-nosnippet>'),
    Edit("</title>", '</title><meta name="googlebot-news" content="nosnippet">'),
)
BAD = (
    Edit(_ROBOTS, 'content="NoSnippet"'),
    Edit(_ROBOTS, 'content="index, max-snippet: 0"'),
    Edit("</title>", '</title><meta name="googlebot" content="nosnippet">'),
    Edit("<article>", "<article><section data-nosnippet>"),
    Edit('<main id="page-main">', '<div data-nosnippet><main id="page-main">'),
)


@rule(
    severity="warning",
    evidence=documented("https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag", "2026-11-22"),
    scope=Document,
)
def snippet_suppressed(document: Document) -> Iterator[Finding]:
    if not document.is_indexable or document.path == NOT_FOUND:
        return
    said = {part for name, content in document.metas if name in _CRAWLERS for part in _parts(content)}
    for part in _SUPPRESSED:
        if part in said:
            yield Finding(
                document.path, f"its robots meta says {quoted(part)}", "Remove it, so that results can say more."
            )
    share = _withheld(document)
    if share > _SHARE:
        what = f"data-nosnippet withholds {share:.0%} of the main text"
        yield Finding(document.path, what, "Withhold only what must not be shown.")


def _parts(content: str) -> list[str]:
    return ["".join(part.split()) for part in content.lower().split(",")]


def _withheld(document: Document) -> float:
    """The share of the main text that stands in withheld elements."""
    nodes = document.css(_WITHHELD)
    main = document.main
    if not nodes or main is None:
        return 0
    if document.css(f"{_WITHHELD} main"):
        return 1
    within = {node.mem_id for node in document.css(f"{_WITHHELD} {_WITHHELD}")}
    outer = (node for node in main.css(_WITHHELD) if node.mem_id not in within)
    return sum(map(_letters, outer)) / max(1, _letters(main))


def _letters(node: LexborNode) -> int:
    return len(words(node))
