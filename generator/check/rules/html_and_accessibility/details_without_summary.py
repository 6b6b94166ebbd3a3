"""Something that can be unfolded does not say what is in it.

A `details` element without a `summary` that has words is labelled “Details” by the browser, in the browser's language:
nobody knows which question is answered there. Begin it with a `summary`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.markup import words
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

GOOD = (
    Edit("<p>With a needle.</p>", "<details><summary>How</summary><details><summary>Why</summary></details></details>"),
    Edit("<p>With a needle.</p>", '<details><summary><img src="/favicon.ico" alt="How"></summary>A needle.</details>'),
)
BAD = (
    Edit("<summary>.*?</summary>", ""),
    Edit("<summary><h3>What does it cost.</h3></summary>", "<summary> </summary>"),
    Edit("<p>With a needle.</p>", "<details>A needle.<details><summary>Why</summary></details></details>"),
    Edit("<p>With a needle.</p>", "<details><div><summary>How</summary></div>A needle.</details>"),
)


@rule(
    severity="warning",
    evidence=documented(
        "https://html.spec.whatwg.org/multipage/interactive-elements.html#the-details-element", "2026-11-22"
    ),
    scope=Document,
)
def details_without_summary(document: Document) -> Iterator[Finding]:
    folded = document.css("details:not(:has(> summary))")
    summaries = document.css("details > summary")
    folded += [node for node in summaries if not words(node) and not document.name(node)]
    if folded:
        beginning = words(folded[0]) or words(folded[0].parent or folded[0])
        what = f"{quoted(beginning)} is folded up without a summary{as_in_others(len(folded))}"
        yield Finding(document.path, what, "Begin it with a summary that says what is in it.")
