"""A page that may be indexed says that nothing was found.

Whoever comes to such a page by a search is disappointed, and Google treats it as an error page that was sent by
mistake as a real one. Remove the page, or give it the content that its address promises. Titles and main headings
in English and Spanish are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import quoted
from generator.check.rule import documented, rule
from generator.errors import Finding
from generator.plan.routes import NOT_FOUND

_PARTS = re.compile(r"\s+[|·•»—–:-]+\s+|:\s")
_ENGLISH = (
    r"(?:http )?(?:error )?404(?: error)?(?:[ ,:-]*(?:page |file )?not found)?|(?:page |file |error )?not found"
    r"|(?:this|that|the|your)? ?page (?:was not|wasn't|could not be|couldn't be|cannot be"
    r"|can't be|is not|isn't) (?:found|available)"
    r"|we (?:can't|cannot|couldn't|could not) find (?:that|the|this|your) page"
    r"|(?:this|that|the) page (?:doesn't|does not|no longer) exists?"
    r"|(?:no|0|zero) (?:search )?(?:results?|matches|listings?|pages?|entries)(?: were| was)?(?: found)?"
)
_SPANISH = (
    r"(?:error )?404(?: error)?[ ,:-]*(?:página )?no encontrada|(?:página|archivo|error) no encontrad[ao]"
    r"|no encontrad[ao]|no (?:encontramos|se encontró|se ha encontrado) (?:esa|esta|la) página"
    r"|(?:esa|esta|la) página no (?:existe|se ha encontrado|se encontró|está disponible)"
    r"|(?:no hay|sin|0) resultados|no se encontraron resultados"
)
_NOTHING = re.compile(rf"(?:(?:oops|ups|sorry|lo sentimos)[,!.: ]+)?(?:{_ENGLISH}|{_SPANISH})[.!… 1]*", re.IGNORECASE)

_IN_VALUES = (
    *"found Found encontr exist vailable isponible esult atches isting entries annot".split(),
    *("can't", "can’t", "\n404", " 404", "(404"),
)
"""One of them stands in whatever says that nothing was found; a number that ends in 404 is none."""

_TITLE = "<title>.*?</title>"
_H1 = "<h1>.*?</h1>"
GOOD = (
    Edit(_TITLE, "<title>When a Cause Is Not Found | Kaly</title>"),
    Edit(_TITLE, "<title>Area Code 404: Atlanta | Error 404 Explained in Detail</title>"),
    Edit(_H1, "<h1>Lost and Found: No Results After Six Weeks?</h1>"),
    Edit(_H1, "<h1>Sin resultados tras la cirugía: ¿qué hacer?</h1>"),
    Edit('<meta name="robots" content="noindex, follow">', "", "not_found"),
    Edit("<title>(.*?)max-image-preview:large", '<title>Not Found</title><meta name="robots" content="noindex'),
)
BAD = (
    Edit(_TITLE, "<title>Page Not Found | Kaly</title>"),
    Edit(_TITLE, "<title>Kaly - Error 404 (Not Found)!!1</title>"),
    Edit(_TITLE, "<title>404: Not Found</title>"),
    Edit(_H1, "<h1>Sorry, we couldn’t find that page.</h1>"),
    Edit(_H1, "<h1>Oops! Page not found</h1>"),
    Edit(_H1, "<h1>No results found</h1>"),
    Edit(_H1, "<h1>Página no encontrada</h1>"),
    Edit(_H1, "<h1>No encontramos esa página</h1>"),
)


@rule(
    severity="error",
    evidence=documented(
        "https://developers.google.com/search/docs/crawling-indexing/http-network-errors", "2026-11-22"
    ),
    scope=Document,
    hints=_IN_VALUES,
)
def soft_404(document: Document) -> Iterator[Finding]:
    # A host sends this page with the status that says it, in each language.
    if not document.is_indexable or document.path.endswith((NOT_FOUND, "/404/")):
        return
    for name, text in (("title", document.title), ("main heading", document.h1)):
        if _says_nothing_found(text):
            yield Finding(document.path, f"its {name} is {quoted(text)}", "Remove the page, or say noindex.")
            return


def _says_nothing_found(text: str) -> bool:
    plain = text.replace("’", "'").replace("(", "").replace(")", "")
    return any(_NOTHING.fullmatch(part.strip()) for part in (plain, *_PARTS.split(plain)))
