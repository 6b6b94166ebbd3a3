"""A link says “click here” or “read more” and not where it leads.

Google asks for link text that tells readers and Google something about the page behind it. People who go through a page
from link to link, by keyboard or by screen reader, hear nothing but “here, here, here”. Let the link be the words that
name its target: “what the treatment costs” instead of “more about the costs *here*”.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

_GENERIC = frozenset(
    {
        *("click", "click here", "click this", "here", "this", "link", "this link", "this page", "this article"),
        *("go", "go here", "see here", "more", "read more", "learn more", "see more", "find out more", "more info"),
        *("more information", "read on", "continue", "continue reading", "details", "more details"),
        *("aquí", "aqui", "acá", "clic aquí", "haga clic aquí", "haz clic aquí", "pulse aquí", "pulsa aquí"),
        *("más", "ver más", "leer más", "lee más", "saber más", "conocer más", "más información", "más info"),
        *("este enlace", "enlace", "esta página", "este artículo", "seguir leyendo", "continuar leyendo", "continuar"),
        *("ver", "detalles", "más detalles"),
    }
)
_AROUND = " .,:;!¡?¿…»«><→↗▸*()[]“”\"'"
GOOD = (
    Edit("With a needle.", '<a href="/en-us/">Read more about needles</a>'),
    Edit("With a needle.", '<a href="/en-us/" aria-label="Read more about needles">Read more</a>'),
    Edit("With a needle.", '<a href="/en-us/" aria-labelledby="faq">More</a>'),
    Edit("With a needle.", '<a href="/en-us/">More <span class="unseen">about needles</span></a>'),
    Edit("With a needle.", '<a id="here">Here</a> is how: click here.'),
)
BAD = (
    Edit("With a needle.", '<a href="/en-us/">here</a>'),
    Edit("With a needle.", '<a href="https://example.org/"> Read  More » </a>'),
    Edit("With a needle.", '<a href="/en-us/">Haga clic aquí.</a>'),
    Edit("With a needle.", '<a href="/en-us/"><img src="/favicon.ico" alt="Learn more" width="9" height="9"></a>'),
)


@rule(
    severity="warning",
    evidence=documented("https://developers.google.com/search/docs/crawling-indexing/links-crawlable", "2026-11-22"),
    scope=Document,
)
def link_text_generic(document: Document) -> Iterator[Finding]:
    generic = [
        link.text
        for link in document.links
        if link.href is not None and _is_generic(link.text) and _is_generic(document.name(link.node))
    ]
    if generic:
        what = f"a link says only {quoted(generic[0])}{as_in_others(len(generic))}"
        yield Finding(document.path, what, "Let it say where it leads.")


def _is_generic(text: str) -> bool:
    return text.strip(_AROUND).casefold() in _GENERIC
