"""A button does not say what it does.

A screen reader says “button” and nothing else. Most such buttons hold only a sign such as × or ☰: write the action
into the button, or into its `aria-label`.
"""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.markup import is_shown
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

_BUTTONS = 'button, input[type="button" i], input[type="submit" i], input[type="reset" i], [role="button" i]'
GOOD = (
    Edit("With a needle.", '<button>Open</button><button aria-label="Open"><svg></svg></button><input type="submit">'),
    Edit(
        "With a needle.", '<button><img src="/favicon.ico" alt="Open"></button><button aria-labelledby="faq"></button>'
    ),
    Edit("With a needle.", '<button><svg><title>Open</title></svg></button><input type="button" value="Open">'),
    Edit("With a needle.", '<button hidden></button><div aria-hidden="true"><button></button></div>'),
    Edit("With a needle.", '<div role="button" tabindex="0" title="Open"></div>'),
)
BAD = (
    Edit("With a needle.", '<button class="menu"><span></span></button>'),
    Edit("With a needle.", '<button><i aria-hidden="true">×</i></button>'),
    Edit("With a needle.", '<button><img src="/favicon.ico" alt=""></button>'),
    Edit("With a needle.", '<input type="Button"><input type="submit" value="">'),
    Edit("With a needle.", '<span role="button" tabindex="0"></span>'),
)


@rule(
    severity="error",
    evidence=documented("https://www.w3.org/WAI/standards-guidelines/act/rules/97a4e1/", "2026-11-22"),
    scope=Document,
    hints=(),
)
def button_name(document: Document) -> Iterator[Finding]:
    buttons = {node.mem_id: node for node in document.css(_BUTTONS)}
    nameless = [node for node in buttons.values() if not _name(node, document) and is_shown(node)]
    if nameless:
        said = nameless[0].attributes
        sign = said.get("class") or said.get("id") or said.get("name") or ""
        button = f"the button {quoted(sign)}" if sign else f"a button ({nameless[0].tag})"
        what = f"{button} does not say what it does{as_in_others(len(nameless))}"
        yield Finding(document.path, what, "Write the action into it, or into its aria-label.")


def _name(node: LexborNode, document: Document) -> str:
    said = node.attributes
    if node.tag == "input" and "value" not in said and (said.get("type") or "").strip().lower() in {"submit", "reset"}:
        return "Submit"  # Browsers write a word of their own on it.
    return (said.get("value") or "").strip() if node.tag == "input" and said.get("value") else document.name(node)
