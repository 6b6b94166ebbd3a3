"""Words stand in capitals throughout, as data often do.

“Clinics in SAINT PAUL” shows a row of data as it came, and capitals are harder to read; some screen readers spell
them out. Write names as people write them, and leave capitals for emphasis to the style sheet. Found are two or more
words in a row of four or more letters each, none of them a known abbreviation or a Roman numeral; both numbers are
the project’s own, so that abbreviations such as “FDA” and “MRI CT” are none.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import HEURISTIC, rule
from generator.check.wording import SHOUTED, is_shouted
from generator.errors import Finding

GOOD = (
    Edit(
        "<p>With a needle.</p>",
        "<p>The FDA and HIPAA COBRA rules, MRI CT scans, Louis XVIII XIII, NSAID HTML JSON and AT&amp;T.</p>",
    ),
    Edit(
        "<p>With a needle.</p>",
        "<p>TAKE it with FOOD.</p><svg><text>SAINT PAUL</text></svg><code>SELECT FROM</code>",
    ),
)
BAD = (
    Edit("<p>With a needle.</p>", "<p>Clinics in SAINT PAUL.</p>"),
    Edit("<h1>.*?</h1>", "<h1>INJECTIONS NEAR WACO</h1>"),
    Edit("<p>With a needle.</p>", '<p lang="es">CLÍNICAS CERCANAS</p>'),
)


@rule(severity="warning", evidence=HEURISTIC, scope=Document)
def shouting(document: Document) -> Iterator[Finding]:
    runs = document.written(dict.fromkeys(document.prose, SHOUTED))
    found = [(passage, match) for passage, match in runs if is_shouted(match[0])]
    if found:
        passage, match = found[0]
        around = passage.around(*match.span(), 15)
        what = f"{quoted(match[0])} stands {passage.where} in capitals: {quoted(around)}{as_in_others(len(found))}"
        yield Finding(document.path, what, "Write it as one would in a sentence.")
