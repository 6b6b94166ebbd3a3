"""A block of structured data cannot be read.

One missing comma, and search engines and other programs see nothing of the whole block. Such a block must be JSON
without remarks, without a comma too many, and with `<\\/` in place of `</` where a text speaks of a tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.json_ld import JsonLd
from generator.check.quoting import quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

_PLACE = re.compile(r": line \d+ column \d+ \(char (\d+)\)$")
_AROUND = 25
"""Characters that are shown before and after the place at which it cannot be read on."""

_BLOCK = '(?<=<script type="application/ld.json">){"@context":"https://schema.org","@type":"FAQPage",'
GOOD = (
    Edit(
        '{"@context":"https://schema.org","@type":"FAQPage",',
        '\n{ "@context": "https://schema.org",\n"@type": "FAQPage",',
    ),
    Edit("</body>", '<script type="application/ld+json">[]</script><script>{no json}</script></body>'),
    Edit("Ask us.", "Ask <\\/script> us."),
)
BAD = (
    Edit(_BLOCK, '{"@context":"https://schema.org","@type":"FAQPage",,'),
    Edit(_BLOCK, '{"@context":"https://schema.org","@type":"FAQPage", /* questions */'),
    Edit(_BLOCK, '{"@context":"https://schema.org","@type":"FAQPage","position":NaN,'),
    Edit(_BLOCK, '{"@context":"https://schema.org","@type":"FAQPage","name":"</script>",'),
    Edit("</body>", '<script type="application/ld+json"></script></body>'),
    Edit("</body>", '<script type="application/ld+json">"https://schema.org"</script></body>'),
)


@rule(
    severity="error",
    evidence=documented("https://www.w3.org/TR/json-ld11/#embedding-json-ld-in-html-documents", "2026-11-22"),
    scope=Document,
    hints=(),
)
def json_ld_invalid(document: Document) -> Iterator[Finding]:
    for number, block in enumerate(document.json_ld, 1):
        if block.fault:
            which = f"block {number} of {len(document.json_ld)}" if len(document.json_ld) > 1 else "the block"
            what = f"{which} of structured data cannot be read: {_fault(block)}"
            yield Finding(document.path, what, "Correct it, or leave the block out.")


def _fault(block: JsonLd) -> str:
    if not block.source.strip():
        return "it is empty"
    place = _PLACE.search(block.fault)
    if place is None:
        return block.fault
    at = int(place[1])
    around = block.source[max(0, at - _AROUND) : at + _AROUND]
    return f"{block.fault[: place.start()]}, near {quoted(around)}"
