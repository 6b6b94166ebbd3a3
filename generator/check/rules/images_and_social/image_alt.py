"""A picture has no text that could stand in its place.

People who do not see the picture, and search engines, depend on its `alt`: without one, some screen readers read out
the name of the file. Say in it what the picture shows. A picture that only decorates gets an empty one, `alt=""`.
"""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.markup import is_shown, words
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

_PICTURES = 'img:not([alt]), input[type="image" i]:not([alt]), area[href]:not([alt]), [role="img" i]:not(img)'
_LABELS = ("aria-label", "aria-labelledby", "title")
GOOD = (
    Edit("With a needle.", '<img src="/favicon.ico" alt="" width="9" height="9"><img src="/favicon.ico" alt>'),
    Edit("With a needle.", '<img src="/favicon.ico" role="presentation"><img src="/favicon.ico" aria-hidden="true">'),
    Edit("With a needle.", '<span aria-hidden="true"><img src="/favicon.ico"><svg role="img"></svg></span>'),
    Edit("With a needle.", '<svg role="img"><title>A needle</title></svg><svg><path d="M0 0"></path></svg>'),
    Edit(
        "With a needle.", '<svg role="img" aria-labelledby="faq"></svg><span role="img" aria-label="A needle">†</span>'
    ),
    Edit("With a needle.", '<img src="/favicon.ico" aria-label="A needle">'),
    Edit("</body>", '<noscript><img src="https://example.com/p" style="display: none"></noscript></body>'),
)
BAD = (
    Edit("With a needle.", '<img src="/favicon.ico" width="9" height="9">'),
    Edit("With a needle.", '<img src="/favicon.ico" data-alt="A needle" title="">'),
    Edit("With a needle.", '<svg role="img"><path d="M0 0"></path></svg>'),
    Edit("With a needle.", '<form><input type="image" src="/favicon.ico" value="Go"></form>'),
    Edit("With a needle.", '<map name="us"><area href="/en-us/" shape="default"></map>'),
    Edit("With a needle.", '<i role="img" class="icon-needle"></i>'),
)


@rule(
    severity="error",
    evidence=documented("https://www.w3.org/WAI/WCAG22/Understanding/non-text-content.html", "2026-11-22"),
    scope=Document,
    hints=(),
)
def image_alt(document: Document) -> Iterator[Finding]:
    nameless = [node for node in document.css(_PICTURES) if _is_nameless(node)]
    if nameless:
        said = nameless[0].attributes
        source = said.get("src") or said.get("href") or said.get("class") or ""
        picture = f"the picture {quoted(source)}" if source else f"a picture ({nameless[0].tag})"
        fix = 'Say in its alt what it shows; where it only decorates, write alt="".'
        yield Finding(document.path, f"{picture} has no text in its place{as_in_others(len(nameless))}", fix)


def _is_nameless(node: LexborNode) -> bool:
    said = node.attributes
    if any((said.get(label) or "").strip() for label in _LABELS) or (said.get("role") or "") in {
        "presentation",
        "none",
    }:
        return False
    return is_shown(node) and not any(words(title) for title in node.css("title"))
