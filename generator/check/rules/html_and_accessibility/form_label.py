"""A field of a form has no label.

A screen reader says “edit text” and leaves it open what is to be written there. A placeholder does not help: it is gone
with the first letter. Give each field a `label` that names it with `for`, or that stands around it.
"""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.markup import is_shown, words
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

_UNLABELLED = frozenset({"hidden", "submit", "reset", "button", "image"})
"""Kinds of input that nobody fills in."""
GOOD = (
    Edit("With a needle.", '<label for="q">Your city</label> <input id="q"><input type="HIDDEN"><input type="submit">'),
    Edit("With a needle.", "<label>Your city <select><option>Waco</option></select></label>"),
    Edit(
        "With a needle.",
        '<input aria-label="Your city"><textarea aria-labelledby="faq"></textarea><input title="City">',
    ),
    Edit("With a needle.", '<div aria-hidden="true"><input tabindex="-1"></div><input style="display:none">'),
)
BAD = (
    Edit("With a needle.", '<input name="city">'),
    Edit("With a needle.", '<input type="search" placeholder="Your city">'),
    Edit("With a needle.", '<label for="p">Your city</label> <input id="q">'),
    Edit("With a needle.", "<label><select><option>Waco</option></select></label>"),
    Edit("With a needle.", '<label for="q"> </label><textarea id="q"></textarea>'),
)


@rule(
    severity="error",
    evidence=documented("https://www.w3.org/WAI/tutorials/forms/labels/", "2026-11-22"),
    scope=Document,
    hints=(),
)
def form_label(document: Document) -> Iterator[Finding]:
    fields = [node for tag in ("input", "select", "textarea") for node in document.css(tag) if _is_filled_in(node)]
    if not fields:
        return
    labelled = {node.attributes.get("for") for node in document.css("label[for]") if document.name(node)}
    nameless = [field for field in fields if not _has_name(field, document, labelled) and is_shown(field)]
    if nameless:
        said = nameless[0].attributes
        name = said.get("name") or said.get("placeholder") or said.get("id") or ""
        field = f"the field {quoted(name)}" if name else f"a field ({nameless[0].tag})"
        yield Finding(document.path, f"{field} has no label{as_in_others(len(nameless))}", "Give it a label element.")


def _is_filled_in(node: LexborNode) -> bool:
    return node.tag != "input" or (node.attributes.get("type") or "").strip().lower() not in _UNLABELLED


def _has_name(field: LexborNode, document: Document, labelled: set[str | None]) -> bool:
    said = field.attributes
    if said.get("id") and said["id"] in labelled:
        return True
    if any((said.get(label) or "").strip() for label in ("aria-label", "title")):
        return True
    if any(label in document.anchors for label in (said.get("aria-labelledby") or "").split()):
        return True
    around = field.parent
    while around is not None and around.tag != "label":
        around = around.parent
    return around is not None and document.name(around) not in {"", words(field)}
