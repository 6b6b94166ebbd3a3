"""The page may be shown in search results and says that another address is the one to show.

A search engine that believes it drops this page in favour of the other. Host, scheme, letters and the slash at the end
all count: “/waco” is not “/waco/”. Let the page name its own address, or say `noindex` where it is not to be found.
Pages that only send their reader on are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.addresses import Address, aim_of
from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import quoted
from generator.check.rule import BUILD, rule
from generator.errors import Finding
from generator.plan.routes import NOT_FOUND

_HREF = 'rel="canonical" href="[^"]*"'
GOOD = (
    Edit(_HREF, 'rel="canonical" href="HTTPS://WWW.Example.COM:443/en-us/sciatica/texas/%77aco/"'),
    Edit(_HREF, 'rel="canonical" href=""'),
    Edit(_HREF, 'rel="canonical" href="http://["'),
    Edit(f"<link {_HREF}>", '<meta http-equiv="refresh" content="0; URL=/"><link rel="canonical" href="/">'),
    Edit(
        'rel="canonical" href="[^"]*"(.*?)max-image-preview:large',
        'rel="canonical" href="/"><meta name="robots" content="noindex',
    ),
)
BAD = (
    Edit(_HREF, 'rel="canonical" href="https://example.com/en-us/sciatica/texas/waco/"'),
    Edit(_HREF, 'rel="canonical" href="http://www.example.com/en-us/sciatica/texas/waco/"'),
    Edit(_HREF, 'rel="canonical" href="https://www.example.com/en-us/sciatica/texas/Waco/"'),
    Edit(_HREF, 'rel="canonical" href="https://www.example.com/en-us/sciatica/texas/waco"'),
    Edit(_HREF, 'rel="canonical" href="https://www.example.com/en-us/sciatica/texas/"'),
    Edit(_HREF, 'rel="canonical" href="https://www.example.com/en-us/sciatica/texas/waco/#top"'),
)


@rule(severity="error", evidence=BUILD, scope=Document, hints=(":", "?", "#", "%"))
def canonical_elsewhere(document: Document) -> Iterator[Finding]:
    if not document.canonical or not document.is_indexable or document.sends_on or document.path == NOT_FOUND:
        return
    base = document.url
    if document.canonical == base and "#" not in base:
        return  # Most pages name their own: to take two addresses apart takes a hundred times as long.
    aim, own = aim_of(document.canonical, base), aim_of("", base)
    # What is no address at all leads nowhere; canonical_relative speaks of it.
    if aim is None or own is None:
        return
    difference = _difference(aim, own, is_known=bool(document.published.origin))
    if difference:
        what = f"the canonical address is {quoted(document.canonical)}: {difference}"
        yield Finding(document.path, what, f"Name the page's own address, {document.url}, or say noindex.")


def _difference(aim: Address, own: Address, *, is_known: bool) -> str:
    if is_known and aim.origin != own.origin:
        is_scheme = aim.origin.partition("://")[2] == own.origin.partition("://")[2]
        return "another scheme" if is_scheme else "another host"
    # Many hosts answer to /about with the file about.html.
    if own.path not in {aim.path, f"{aim.path}.html"}:
        if aim.path.rstrip("/") == own.path.rstrip("/"):
            return "the slash at the end differs"
        return "only letters differ" if aim.path.lower() == own.path.lower() else "another page"
    return "it names a part of the page" if aim.fragment else ""
