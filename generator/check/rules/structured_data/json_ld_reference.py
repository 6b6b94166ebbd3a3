"""The structured data points to a thing that is described nowhere.

An `@id` is the name by which parts of the data find one another. One that names a part of this page which is not
there leads nowhere; one without https:// and host means something else on every page. Names of things that other
pages or sites describe are in order.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import HEURISTIC, rule
from generator.check.structured_data import id_of, is_reference
from generator.errors import Finding

_ABOUT = '"about":{"@id":"https://www.example.com/en-us/sciatica/texas/waco/#about"}'
GOOD = (
    Edit(_ABOUT, '"about":{"@id":"#about"}'),
    Edit(_ABOUT, '"about":{"@id":"https://www.wikidata.org/entity/Q12184"}'),
    Edit(_ABOUT, '"about":{"@id":"https://www.example.com/en-us/sciatica/#about"}'),
    Edit(_ABOUT, '"about":{"@id":"https://www.example.com/en-us/sciatica/texas/waco/"}'),
    Edit(_ABOUT, '"about":{"@id":"_:b0","name":"Injection"},"mentions":{"@id":"_:b0"}'),
)
BAD = (
    Edit(_ABOUT, '"about":{"@id":"https://www.example.com/en-us/sciatica/texas/waco/#abuot"}'),
    Edit(_ABOUT, '"about":{"@id":"#abuot"}'),
    Edit(_ABOUT, '"about":{"@id":"_:b0"}'),
    Edit(_ABOUT, '"about":{"@id":"www.example.com/en-us/sciatica/#about"}'),
    Edit('{"@type":"MedicalTherapy","@id":"[^"]*",', '{"@type":"MedicalTherapy","@id":"injection",'),
)


@rule(severity="warning", evidence=HEURISTIC, scope=Document)
def json_ld_reference(document: Document) -> Iterator[Finding]:
    named = {identifier: None for node in document.nodes if (identifier := id_of(node))}
    nodes = (node for node in document.nodes if not is_reference(node))
    described = {_whole(identifier, document.url) for node in nodes if (identifier := id_of(node))}
    partial = [identifier for identifier in named if not _is_whole(identifier)]
    if partial:
        what = f"the @id {quoted(partial[0])} in the structured data is no whole address{as_in_others(len(partial))}"
        yield Finding(document.path, what, "Begin it with https:// and the host.")
    here = (identifier for identifier in named if _is_whole(identifier) and _is_here(identifier, document))
    missing = [identifier for identifier in here if _whole(identifier, document.url) not in described]
    if missing:
        others = as_in_others(len(missing))
        what = f"the structured data points to {quoted(missing[0])}, and nothing on the page is called so{others}"
        yield Finding(document.path, what, "Describe the thing on this page, or correct its @id.")


def _is_whole(identifier: str) -> bool:
    """Whether it means the same wherever it stands, or plainly a part of this page."""
    scheme, colon, _ = identifier.partition(":")
    return identifier[0] == "#" or (bool(colon and scheme) and not any(mark in scheme for mark in "/?#."))


def _is_here(identifier: str, document: Document) -> bool:
    """Whether it names a part of this page: the page as such need not be described."""
    page, mark, _ = _whole(identifier, document.url).partition("#")
    return identifier.startswith("_:") or (bool(mark) and page in {document.url, document.canonical})


def _whole(identifier: str, url: str) -> str:
    if identifier[0] != "#":
        return identifier
    try:
        return urljoin(url, identifier) if urlsplit(url).scheme else url + identifier
    except ValueError:
        return identifier
