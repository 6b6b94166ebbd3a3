"""A link to the site itself does not use its own `https://` address.

An `http:` link sends the reader over an unprotected connection first, or to an error; one that begins with `//` takes
the scheme of wherever it was copied to; one with `file:` leads into the author's own computer. Write such links from
the root of the site, `/like/this/`.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import BUILD, rule
from generator.errors import Finding

_SUSPECT = ("http:", "//", "file:")
GOOD = (
    Edit("With a needle.", '<a href="http://www.example.org/">Another site</a>'),
    Edit("With a needle.", '<a href="https://www.example.com/en-us/">Kaly</a>'),
    Edit("With a needle.", '<a href="/file:list/">A list</a> <a href="http://[">A slip</a>'),
    Edit("With a needle.", '<a href="https://example.org/?from=http://www.example.com/">Another site</a>'),
)
BAD = (
    Edit('href="/en-us/sciatica/"', 'href="http://www.example.com/en-us/sciatica/"'),
    Edit('href="/en-us/sciatica/"', 'href="HTTP://example.com/en-us/sciatica/"'),
    Edit('href="/en-us/sciatica/"', 'href="//www.example.com/en-us/sciatica/"'),
    Edit('href="/en-us/sciatica/"', 'href="file:///home/me/sciatica.html"'),
)


@rule(severity="error", evidence=BUILD, scope=Document, hints=_SUSPECT)
def link_insecure(document: Document) -> Iterator[Finding]:
    origin = document.published.origin.lower()
    own = origin.partition("://")[2].removeprefix("www.") if origin.startswith("https:") else ""
    wrong = [
        link.href
        for link in document.links
        if link.href and link.href.strip()[:5].lower().startswith(_SUSPECT) and _is_wrong(link.href.strip(), own)
    ]
    if wrong:
        what = f"a link leads to {quoted(wrong[0])}{as_in_others(len(wrong))}"
        yield Finding(document.path, what, "Begin the address with a single slash, or with https://.")


def _is_wrong(href: str, own: str) -> bool:
    if href.lower().startswith("file:"):
        return True
    try:
        host = urlsplit(href).netloc.lower()
    except ValueError:
        return False
    return host.removeprefix("www.") == own if href.lower().startswith("http:") else bool(host)
