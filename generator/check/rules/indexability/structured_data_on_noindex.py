"""A page that is not to be indexed describes itself to search engines in structured data.

Structured data is there for search results, and this page is to be in none. Either the page was hidden by mistake, or
the data costs bytes for nothing. What every page of a site may carry, as its publisher, is not spoken of.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.json_ld import types_of
from generator.check.rule import HEURISTIC, rule
from generator.errors import Finding

_OF_THE_SITE = frozenset({"Organization", "WebSite", "WebPage", "BreadcrumbList", "ListItem", "ImageObject"})

_SITE = '{"@context":"https://schema.org","@type":"Organization","name":"Kaly"}'
GOOD = (
    Edit("</body>", f'<script type="application/ld+json">{_SITE}</script></body>', "not_found"),
    Edit("</body>", '<script type="application/ld+json">{"@context":</script></body>', "not_found"),
    Edit("max-image-preview:large", "max-image-preview:none"),
)
BAD = (
    Edit("max-image-preview:large", "noindex"),
    Edit(
        "</body>",
        '<script type="application/ld+json">{"@context":"https://schema.org","@type":["FAQPage"]}</script></body>',
        "not_found",
    ),
)


@rule(severity="info", evidence=HEURISTIC, scope=Document)
def structured_data_on_noindex(document: Document) -> Iterator[Finding]:
    if document.is_indexable:
        return
    tops = (top for block in document.json_ld for node in block.nodes for top in (node, *_graph(node.get("@graph"))))
    kinds = [kind for top in tops for kind in types_of(top) if kind not in _OF_THE_SITE]
    if kinds:
        what = f"the page says noindex and has structured data: “{', '.join(dict.fromkeys(kinds))}”"
        yield Finding(document.path, what, "Leave the data out, or let the page be indexed.")


def _graph(held: object) -> list[dict[str, object]]:
    return [node for node in held if isinstance(node, dict)] if isinstance(held, list) else []
