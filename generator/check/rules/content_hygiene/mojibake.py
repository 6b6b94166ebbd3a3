"""Letters are garbled, because a text was read in another encoding than it was written in.

“ClÃ­nica” for “Clínica” cannot be read, is not found by anybody who searches, and is read out as nonsense. Save the
file or the table that it comes from as UTF-8, and tell the program that exports it to write UTF-8.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import BUILD, rule
from generator.check.wording import GARBLED, GARBLED_HINTS
from generator.errors import Finding

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_UTF_8 = frozenset({b"utf-8", b"utf8"})
GOOD = (
    Edit(
        "<p>With a needle.</p>",
        "<p>“MAÇÃ”, MANHÃ – MANHÃ de ÂNGELA, CHÂTEAU, “HÂ”; Ã and Â; 25 °C, naïve, señor, 5€, “â”.</p>",
    ),
    Edit("<p>With a needle.</p>", "<p>In a wrong encoding é becomes <code>Ã©</code>.</p>"),
)
BAD = (
    Edit("<p>With a needle.</p>", "<p>Una clÃ­nica en EspaÃ±a.</p>"),
    Edit("<p>With a needle.</p>", "<p>ESPAÃ\u2018A</p>"),
    Edit("<p>With a needle.</p>", "<p>Itâ€™s a needle.</p>"),
    Edit("<p>With a needle.</p>", "<p>At 25Â°C.</p>"),
    Edit("<p>With a needle.</p>", "<p>With a ne\ufffddle.</p>"),
    Edit("<p>With a needle.</p>", '<p><img src="/a.png" alt="Una clÃ­nica" width="1" height="1"></p>'),
    Edit("<title>.*?</title>", "<title>ClÃ­nicas en Waco</title>"),
)


@rule(severity="error", evidence=BUILD, scope=Document, hints=GARBLED_HINTS)
def mojibake(document: Document) -> Iterator[Finding]:
    if not any(hint[0] in document.html for hint in GARBLED_HINTS) or _is_in_another_encoding(document):
        return
    texts = [
        (f"in its {passage.part}" if passage.part else "in its text", passage.text) for passage in document.passages
    ]
    texts += [(f"in its {name}", text) for name, text in document.attribute_texts if name != "description"]
    found = [(where, text, match) for where, text in texts if (match := GARBLED.search(text))]
    if found:
        where, text, match = found[0]
        around = " ".join(text[max(0, match.start() - 20) : match.end() + 20].split())
        what = f"{quoted(match[0])} stands {where}: {quoted(around)}{as_in_others(len(found))}"
        yield Finding(document.path, what, "Save the text as UTF-8, where it comes from.")


def _is_in_another_encoding(document: Document) -> bool:
    """Whether the page says so itself: then it is no UTF-8, as which it was read here."""
    declared = _DECLARED.search(document.body[:1024])
    return declared is not None and declared[1].lower() not in _UTF_8
