"""A link leads to a part of a page that is not there.

The page opens, and the reader stands at its top instead of at the section that the link promised. A heading was
renamed or a section left out: correct what stands behind the `#`, or give the section that id again.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from generator.check.addresses import Address
from generator.check.document import Document, read_document
from generator.check.examples import Edit
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import BUILD, rule
from generator.errors import Finding

_PAGES = ("/", ".html", ".htm")
_NO_PLACE = ("/", "!")
"""How fragments begin that scripts read as addresses of their own."""
GOOD = (
    Edit('href="#faq"', 'href="#Top"'),
    Edit('href="#faq"', 'href="#"'),
    Edit('href="#faq"', 'href="#:~:text=With%20a%20needle"'),
    Edit('href="#faq"', 'href="#/search"'),
    Edit('<a href="#faq">', '<a name="old-questions"></a><a href="#old-questions">'),
    Edit('<a href="#faq">', '<b id="ciática"></b><a href="#ci%C3%A1tica">'),
    Edit('href="/en-us/sciatica/"', 'href="/en-us/sciatica/#how-they-work"'),
    Edit('href="/en-us/sciatica/"', 'href="/guide.pdf#page=3"'),
)
BAD = (
    Edit('href="#how-they-work"', 'href="#how-it-works"'),
    Edit('id="faq"', 'id="questions"'),
    Edit('href="/en-us/sciatica/"', 'href="/en-us/sciatica/#price"'),
    Edit('href="/en-us/sciatica/"', 'href="https://www.example.com/en-us/sciatica/#Faq"'),
)


@rule(severity="error", evidence=BUILD, scope=Document, hints=())
def link_fragment(document: Document) -> Iterator[Finding]:
    targets = dict.fromkeys(link.target for link in document.links if "#" in (link.href or "") and link.target)
    missing = [target for target in targets if target and target.fragment and _is_missing(target, document)]
    if missing:
        path = missing[0].path
        page = "" if path == document.path else path
        what = f"a link leads to {quoted(f'{page}#{missing[0].fragment}')}, and no element there has that id"
        yield Finding(
            document.path, what + as_in_others(len(missing)), "Correct the link, or give its section that id."
        )


def _is_missing(target: Address, document: Document) -> bool:
    named = target.fragment.partition(":~:")[0]
    if not named or named.lower() == "top" or named.startswith(_NO_PLACE) or not target.path.endswith(_PAGES):
        return False
    page = document if target.path == document.path else read_document(document.published, target.path)
    return page is not None and page.anchors.isdisjoint((named, unquote(named)))
