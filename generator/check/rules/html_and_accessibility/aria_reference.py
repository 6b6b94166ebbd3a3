"""An element names another one as its label, and there is none with that id.

The name or the explanation that a screen reader would have read out is lost, without a word. A heading was left out or
its id was changed: correct the id in `aria-labelledby`, `aria-describedby` or `aria-controls`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import BUILD, rule
from generator.errors import Finding

_REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls")
_REFERRING = "[aria-labelledby], [aria-describedby], [aria-controls]"
GOOD = (
    Edit("With a needle.", '<p aria-describedby="faq how-they-work">With a needle.</p>'),
    Edit("With a needle.", '<button aria-controls="menu" aria-expanded="false">Menu</button>'),
    Edit("With a needle.", '<button role="tab" aria-controls="later" aria-selected="false">Later</button>'),
    Edit("With a needle.", '<p aria-labelledby="" aria-controls>With a needle.</p>'),
)
BAD = (
    Edit(' id="faq"', ' id="questions"'),
    Edit("With a needle.", '<p aria-describedby="faq gone">With a needle.</p>'),
    Edit("With a needle.", '<button aria-controls="menu" aria-expanded="true">Menu</button>'),
    Edit("With a needle.", '<p aria-labelledby="FAQ">With a needle.</p>'),
)


@rule(severity="warning", evidence=BUILD, scope=Document)
def aria_reference(document: Document) -> Iterator[Finding]:
    known, wrong = set(document.ids), []
    referring = {node.mem_id: node.attributes for node in document.css(_REFERRING)}
    for said in referring.values():
        for name in (reference for reference in _REFERENCES if reference in said):
            # What is closed may be made by a script when it is opened.
            if name == "aria-controls" and "false" in {said.get("aria-expanded"), said.get("aria-selected")}:
                continue
            wrong += [(name, label) for label in (said[name] or "").split() if label not in known]
    if wrong:
        name, label = wrong[0]
        what = f"{name} names {quoted(label)}, and no element has that id{as_in_others(len(wrong))}"
        yield Finding(document.path, what, "Correct the id, or remove the attribute.")
