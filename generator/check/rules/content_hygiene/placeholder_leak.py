"""A word shows that a value was missing, or that a template was not filled in.

“Clinics in None” or a bare `{{ city }}` tells every reader that nobody looked at the page. Such words come from an
empty cell, a misspelt name or a note to oneself; the page must not be published with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.rule import BUILD, rule
from generator.errors import Finding

_LEAK = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\{\{|\{%"  # a template's own marks
    r"|(?<![\w%])%(?:s\b|d\b|\(\w+\)[sd])"
    r"|\[(?:CITY|STATE|REGION|PLACE|NAME|COUNTY|INSERT[^\]]*|YOUR[^\]]*)\]|\bTODO\b|\bFIXME\b|\bXXX\b"
    r"|\blorem ipsum\b"
    r"|\bundefined\b|\bNaN\b|(?<![\w-])nan(?![\w-])|\bNone\b(?!,? of\b)|\[object Object\]",
)
_ALONE = re.compile(r"(?:^|[\s(,;:])(null|N/A|n/a|#N/A|#REF!)(?=$|[\s),;:.!?])")
GOOD = (
    Edit("<p>With a needle.</p>", "<p>None of these last. Nana’s 100% safe? Ask Nan-Ling in Nulltown.</p>"),
    Edit("<p>With a needle.</p>", "<script>let x = null; // undefined</script>"),
)
BAD = (
    Edit("<p>With a needle.</p>", "<p>Clinics in None.</p>"),
    Edit("<p>With a needle.</p>", "<p>Clinics in {{ place.name }}.</p>"),
    Edit("<p>With a needle.</p>", "<p>About %s people.</p>"),
    Edit("<p>With a needle.</p>", "<p>Board: null.</p>"),
    Edit("<p>With a needle.</p>", '<p><img src="/a.png" alt="A street in nan" width="1" height="1"></p>'),
    Edit('(<meta name="description" content=")[^"]*', '<meta name="description" content="Clinics in [CITY]'),
)


@rule(severity="stop", evidence=BUILD, scope=Document)
def placeholder_leak(document: Document) -> Iterator[Finding]:
    texts = [("title", document.title), *document.attribute_texts, *(("", text) for text in document.blocks)]
    for name, text in texts:
        match = _LEAK.search(text) or _ALONE.search(text)
        if match:
            leak = match[0].strip(" (,;:\n")
            where = f"in its {name}" if name else "in its text"
            around = _around(text, match)
            yield Finding(
                document.path, f"“{leak}” stands {where}: “{around}”", "Fill in the value, or leave the sentence out."
            )


def _around(text: str, match: re.Match[str]) -> str:
    start, end = max(0, match.start() - 30), min(len(text), match.end() + 30)
    return " ".join(text[start:end].split())
