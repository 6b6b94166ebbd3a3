"""Two elements of a page have the same id.

A link, a label or a script that names the id finds the first of them only, so that the reader lands in the wrong
section or a field is read out by the wrong name. Give each its own id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

GOOD = (
    Edit("With a needle.", '<b id="FAQ"></b><b id=""></b><b id=""></b><a name="faq"></a>'),
    Edit("With a needle.", '<template><b id="faq"></b></template><script>"<b id=\'faq\'>"</script>'),
)
BAD = (
    Edit("With a needle.", '<b id="faq">With a needle.</b>'),
    Edit("With a needle.", '<svg><g id="a"></g></svg><svg><g id="a"></g></svg>'),
)


@rule(
    severity="warning",
    evidence=documented("https://html.spec.whatwg.org/multipage/dom.html#the-id-attribute", "2026-11-22"),
    scope=Document,
)
def duplicate_id(document: Document) -> Iterator[Finding]:
    if len(set(document.ids)) == len(document.ids):
        return
    several = [(name, count) for name, count in Counter(document.ids).items() if count > 1 and name]
    if several:
        name, count = several[0]
        what = f"{count:,} elements have the id {quoted(name)}{as_in_others(len(several))}"
        yield Finding(document.path, what, "Give each element its own id.")
