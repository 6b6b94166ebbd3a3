"""A text of the main part is there for crawlers, and made invisible for readers.

Google’s spam policies count text that is placed out of sight, made as small as nothing or given the colour of its
ground among the tricks that can cost a page its place. Show the text, or take it out. What opens on a click is no
trick, nor is what only screen readers are meant to read: found are only styles on the element itself that nothing
on the page can undo, around more than ten words, which is the project’s own number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.prose import find_passages
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

_FEW = 10
_DEEPEST = _LOOKED_AT = 100
"""Elements around one, and hidden ones, that are looked at: a hostile page may nest thousands."""

_OUT_OF_SIGHT = re.compile(r"(?:^|;)text-indent:-\d{3,}")
_NO_SIZE = re.compile(r"(?:^|;)font-size:0(?:px|em|rem|pt|%)?(?:;|!|$)")
_NOT_SHOWN = re.compile(r"(?:^|;)(?:display:none|visibility:hidden)")
_COLOUR = re.compile(r"(?:^|;)color:([^;!]+)")
_GROUND = re.compile(r"(?:^|;)background(?:-color)?:([^;!]+)")
_FOR_SCREEN_READERS = re.compile(r"sr-only|screen-?reader|visually-?hidden|a11y", re.IGNORECASE)
_OPENING = frozenset("dialog alertdialog menu listbox tabpanel tooltip alert status".split())
_LONG = "With a needle that is as thin as a hair and not as long as one may think"
GOOD = (
    Edit("<p>With a needle.</p>", f"<p>With a needle.</p><p class='sr-only' style='text-indent:-9999px'>{_LONG}.</p>"),
    Edit("<p>With a needle.</p>", f"<details><summary>How</summary><p>{_LONG}.</p></details>"),
    Edit("<p>With a needle.</p>", f"<p>A</p><dialog style='display:none'>{_LONG}</dialog><template>{_LONG}</template>"),
    Edit("<p>With a needle.</p>", f"<p id='a' style='display:none'>{_LONG}</p><script>show('a')</script>"),
    Edit("<p>With a needle.</p>", f"<div style='font-size: 0'> <p style='font-size:1rem'>{_LONG}.</p> </div>"),
    Edit("<p>With a needle.</p>", "<p>A</p><p style='display: none'>Only a few words.</p>"),
    Edit("<p>With a needle.</p>", f"<p style='text-indent:-2em; color:#fff; background:#000'>{_LONG}.</p>"),
    Edit("<p>With a needle.</p>", f"<p>A</p><p hidden id='b'>{_LONG}</p><input aria-label='c' aria-describedby='b'>"),
)
BAD = (
    Edit("<p>With a needle.</p>", f"<p>With a needle.</p><p style='display: none'>{_LONG}.</p>"),
    Edit("<p>With a needle.</p>", f"<p>With a needle.</p><p style='visibility:hidden'>{_LONG}.</p>"),
    Edit("<p>With a needle.</p>", f"<p>With a needle.</p><div hidden><p>{_LONG}.</p></div>"),
    Edit("<p>With a needle.</p>", f"<p>With a needle.</p><p style='text-indent: -9999px'>{_LONG}.</p>"),
    Edit("<p>With a needle.</p>", f"<p>With a needle.</p><p style='margin:0;font-size:0'>{_LONG}.</p>"),
    Edit(
        "<p>With a needle.</p>",
        f"<p>A</p><p style='color: #FFF; background-color: #fff'>{_LONG}.</p><script>a</script>",
    ),
)


@rule(
    severity="error",
    evidence=documented("https://developers.google.com/search/docs/essentials/spam-policies", "2026-11-22"),
    scope=Document,
    hints=(),
)
def hidden_text(document: Document) -> Iterator[Finding]:
    main = document.main
    nodes = main.css("[style], [hidden]") if main is not None else []
    if not nodes:
        return
    named = {
        name
        for node in document.css("[aria-describedby], [aria-labelledby], [aria-controls], [popovertarget]")
        for attribute in ("aria-describedby", "aria-labelledby", "aria-controls", "popovertarget")
        for name in (node.attributes.get(attribute) or "").split()
    }
    tricks = ((node, how) for node in nodes if (how := _trick(node, document)))
    found = [
        (how, said)
        for node, how in islice(tricks, _LOOKED_AT)
        if not _is_meant(node, named) and len((said := _text(node, how)).split()) > _FEW
    ]
    if found:
        how, said = found[0]
        shown = " ".join(said.split()[:_FEW])
        what = f"{quoted(shown)} is hidden by {how}{as_in_others(len(found))}"
        yield Finding(document.path, what, "Show the text to readers, or take it out.")


def _trick(node: LexborNode, document: Document) -> str:
    """What hides the text for good; empty where nothing does, or where a script may show it."""
    style = "".join((node.attributes.get("style") or "").lower().split())
    colour, ground = _COLOUR.search(style), _GROUND.search(style)
    if colour and ground and colour[1] == ground[1]:
        return f"“color: {colour[1]}” on the same ground"
    for pattern, name in ((_OUT_OF_SIGHT, "“text-indent”"), (_NO_SIZE, "“font-size: 0”")):
        if pattern.search(style):
            return name
    if document.has_scripts:
        return ""
    if "hidden" in node.attributes:
        return "the attribute “hidden”"
    return "its style" if _NOT_SHOWN.search(style) else ""


def _is_meant(node: LexborNode, named: set[str]) -> bool:
    """Whether the element, or one around it, opens on demand or is for screen readers."""
    here: LexborNode | None = node
    for _ in range(_DEEPEST):
        if here is None or not here.is_element_node:
            break
        said = here.attributes
        if here.tag in {"dialog", "template", "noscript", "svg"} or "popover" in said or said.get("id") in named:
            return True
        if (said.get("role") or "").lower() in _OPENING or _FOR_SCREEN_READERS.search(said.get("class") or ""):
            return True
        here = here.parent
    return False


def _text(node: LexborNode, how: str) -> str:
    if "font-size" in how:
        # What stands in elements of its own may have a size of its own.
        return node.text(deep=False)
    return " ".join(passage.text for passage in find_passages(node, ""))
