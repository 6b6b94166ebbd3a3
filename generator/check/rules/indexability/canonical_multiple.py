"""The page names more than one canonical address.

Google's advice says that it ignores them all where there are two. The second one mostly comes from a template and a
part of it that both write one: remove either, also where both say the same today.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

GOOD = (
    Edit("</title>", '</title><link rel="shortlink" href="https://www.example.com/w/">'),
    Edit("</title>", '</title><!-- <link rel="canonical" href="https://www.example.com/w/"> -->'),
)
BAD = (
    Edit("</title>", '</title><link rel="canonical" href="https://www.example.com/en-us/sciatica/">'),
    Edit("<article>", '<article><link rel="canonical" href="https://www.example.com/en-us/sciatica/texas/waco/">'),
)


@rule(
    severity="error",
    evidence=documented(
        "https://developers.google.com/search/blog/2013/04/5-common-mistakes-with-relcanonical", "2026-11-22"
    ),
    scope=Document,
    hints=(),
)
def canonical_multiple(document: Document) -> Iterator[Finding]:
    found = document.canonicals
    if len(found) > 1:
        other = next((address for address in found if address != found[0]), "")
        said = f"{quoted(found[0])} and {quoted(other)} among them" if other else f"each {quoted(found[0])}"
        yield Finding(document.path, f"the page names {len(found):,} canonical addresses, {said}", "Keep one.")
