"""In its text a page links to a page in another language, though that page exists in its own.

Somebody who reads Spanish follows a link and finds English. Such links are left over when a text is translated and its
addresses are not. Put the address of the translation into the link; a link that is meant to change the language says so
with `hreflang`, or stands in the page's navigation. Pages of one top folder are taken to be of one language.
"""

from __future__ import annotations

from collections.abc import Iterator

from babel.core import Locale, UnknownLocaleError
from selectolax.lexbor import LexborNode

from generator.check.document import Document, Link, read_document
from generator.check.examples import Edit
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import BUILD, rule
from generator.errors import Finding

GOOD = (
    Edit("With a needle.", '<a href="/es-us/ciatica/texas/dallas/" hreflang="es-US">In Dallas</a>'),
    Edit("With a needle.", '<a href="/es-us/ciatica/texas/dallas/"><span lang="es">En Dallas</span></a>'),
    Edit("With a needle.", '<a href="/es-us/ciatica/texas/dallas/">Español</a>'),
    Edit("With a needle.", '<a href="/es-us/ciatica/texas/waco/">Read this in Spanish</a>'),
    Edit('<a class="wordmark" href="/en-us/">', '<a class="wordmark" href="/es-us/">'),
    Edit("With a needle.", '<a href="/es-us/nowhere/">In Dallas</a>'),
    Edit("</article>", '<p><a href="/">Kaly</a></p></article>', "/es-us/ciatica/texas/waco/"),
)
BAD = (
    Edit("</article>", '<p><a href="/en-us/">Kaly</a></p></article>', "/es-us/ciatica/texas/waco/"),
    Edit('href="/en-us/sciatica/texas/dallas/"><bdi>', 'href="/es-us/ciatica/texas/dallas/"><bdi>'),
    Edit("With a needle.", '<a href="https://www.example.com/es-us/ciatica/">Injections</a>'),
)


@rule(severity="warning", evidence=BUILD, scope=Document)
def link_wrong_language(document: Document) -> Iterator[Finding]:
    language, folder = document.language.lower(), _folder(document.path)
    if not language:
        return
    leaving = [
        (link, link.target.path)
        for link in document.links
        if link.target
        and not link.target.path.startswith(folder)
        and link.is_in_main
        and not _changes_language(link.node)
    ]
    translations = {path: _translation(path, document, language) for path in {path for _, path in leaving}}
    wrong = [(link, translations[path]) for link, path in leaving if translations[path]]
    wrong = [(link, to) for link, to in wrong if not _is_called_by_language(link, document)]
    if wrong:
        link, translation = wrong[0]
        what = f"the link {quoted(link.text)} leads to {quoted(link.href or '')}, in another language"
        yield Finding(document.path, what + as_in_others(len(wrong)), f"Let it lead to {quoted(translation)}.")


def _translation(path: str, document: Document, language: str) -> str:
    """The address in ``language`` of the page at ``path``; empty where a link to that may stay as it is."""
    page = read_document(document.published, path) if path.endswith(("/", ".html", ".htm")) else None
    if page is None or page.language.lower() in {"", language}:
        return ""
    versions = {
        code.lower(): address.path
        for code, href in page.alternates
        if code.lower() != "x-default" and (address := page.published.local(href, page.path))
    }
    # A page that offers languages is not itself in any of them.
    found = versions.get(language, "") if page.path in versions.values() else ""
    return found if found != document.path else ""


def _is_called_by_language(link: Link, document: Document) -> bool:
    """Whether the words of the link are the name of the language to which it leads, in that language."""
    page = read_document(document.published, link.target.path) if link.target else None
    try:
        own = Locale.parse(page.language, sep="-").get_language_name() or "" if page else ""
    except (ValueError, UnknownLocaleError, TypeError):
        return False
    return bool(own) and own.casefold() in link.text.casefold()


def _changes_language(node: LexborNode) -> bool:
    return bool({"hreflang", "lang"} & node.attributes.keys() or node.css("[lang]"))


def _folder(path: str) -> str:
    """The top folder of a page, ``/en-us/``; that of a page without one holds nothing."""
    top, slash, _ = path[1:].partition("/")
    return f"/{top}/" if slash else "//"
