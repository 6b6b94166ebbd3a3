"""Before it shows anything, a page waits for a script or for another host.

A script in the head without `defer` or `async` stops the browser until it has been fetched and run; a style sheet from
another host costs a connection of its own first, and the page stays blank when that host is down. Add `defer` to the
script, and serve the style sheet from this site.
"""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import HEURISTIC, rule
from generator.errors import Finding

_SCRIPTS = frozenset({"", "text/javascript", "application/javascript", "application/x-javascript", "text/ecmascript"})
_LATER = frozenset({"async", "defer", "nomodule"})
GOOD = (
    Edit("<style>", '<script defer src="/a.js"></script><script async src="https://example.org/a.js"></script><style>'),
    Edit("<style>", '<script type="module" src="/a.js"></script><script nomodule src="/b.js"></script><style>'),
    Edit("<style>", '<script>let a</script><script type="application/json" src="/a.json"></script><style>'),
    Edit(
        "<style>", '<link rel="stylesheet" href="/a.css"><link rel="preload" as="style" href="https://e.org/"><style>'
    ),
    Edit("<style>", '<link rel="stylesheet" media="print" href="https://example.org/a.css"><style>'),
    Edit("<style>", '<link rel="alternate stylesheet" href="https://example.org/a.css"><link rel="stylesheet"><style>'),
    Edit("</body>", '<script src="/a.js"></script></body>'),
)
BAD = (
    Edit("<style>", '<script src="/a.js"></script><style>'),
    Edit("<style>", '<script type="text/javascript" src="https://example.org/a.js"></script><style>'),
    Edit("<style>", '<link rel="stylesheet" href="https://fonts.example.org/css?family=A"><style>'),
    Edit("<style>", '<link rel="StyleSheet" media="screen" href="//fonts.example.org/a.css"><style>'),
)


@rule(severity="warning", evidence=HEURISTIC, scope=Document)
def render_blocking(document: Document) -> Iterator[Finding]:
    scripts = [node.attributes.get("src") or "" for node in document.css("head script[src]") if _stops(node)]
    if scripts:
        what = f"it waits for the script {quoted(scripts[0])}{as_in_others(len(scripts))}"
        yield Finding(document.path, what, "Add defer to the script.")
    styles = [href for node in document.css('head link[rel~="stylesheet" i]') if (href := _foreign(node, document))]
    if styles:
        what = f"it waits for the style sheet {quoted(styles[0])} of another host{as_in_others(len(styles))}"
        yield Finding(document.path, what, "Serve the style sheet from this site.")


def _stops(node: LexborNode) -> bool:
    said = node.attributes
    return (said.get("type") or "").strip().lower() in _SCRIPTS and not _LATER & said.keys()


def _foreign(node: LexborNode, document: Document) -> str:
    said = node.attributes
    href = (said.get("href") or "").strip()
    if not href or href[:5].lower() == "data:" or "disabled" in said:
        return ""
    if "alternate" in (said.get("rel") or "").lower().split() or (said.get("media") or "").strip().lower() == "print":
        return ""
    return "" if document.published.local(href, document.path) else href
